package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderDeployments;
import io.jenkins.plugins.projectdeployer.jenkins.config.InfrastructureConfig;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.beans.Introspector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.kohsuke.stapler.DataBoundSetter;

@WithOneJenkins
@Tag("smoke")
class ConfigurationAsCodeTest {

    private static final String ALL = """
            unclassified:
              projectDeployer:
                stages:
                  - {name: Test, description: Try it}
                  - name: Production
                    gate:
                      approvals: 2
                      approvers: [{group: release}, {user: carol}]
                      excludeEditorsWithin: 7d
                      timeLimit: 36h
                      promoteFrom: Test
                      promoteAfter: 24h
                      promoteHealth: HEALTHY
                      freezes:
                        - {name: calm, start: "2026-12-20T00:00", end: "2027-01-04T06:00", rrule: FREQ=YEARLY, zone: Europe/Paris, infrastructures: [prod], projects: ["CHURN*"]}
                      webhooks: [{url: "https://chat.example.com/in", credentialsId: k5}]
                infrastructures:
                  - id: prod
                    stage: Production
                    nodes:
                      - {url: "https://prod-1.example.com:10000", credentialsId: k1, certificates: "PEM", trustAll: true}
                      - {url: "https://prod-2.example.com:10000", credentialsId: k2}
                    externalUrl: https://dss.example.com
                    grants: [{group: release, right: DEPLOY}, {user: alice, right: ADMIN}]
                    connections: [{source: a, target: b}]
                    codeEnvs: [{source: c, target: d}]
                    containerExecs: [{source: e, target: f}]
                    codeEnvsBehavior: {importTimeMode: DO_NOTHING, envImportSpecificationMode: ACTUAL}
                    policies: {permissionsPropagation: Limited, deployAsUser: u1, scenariosRunAsUser: u2, webAppsRunAsUser: u3}
                    hooks:
                      - {name: one, phase: PRE, text: "pass", codeEnv: py311, user: alice, secrets: [{name: token, credentialsId: k3}]}
                    allowedJobs: ["team/*", other]
                  - {id: grown, seed: true, stage: Test, nodes: [{url: "https://test.example.com:10000", credentialsId: k1}]}
                projects:
                  - {pattern: "CHURN*", grants: [{group: churn, right: WRITE}], creators: [{group: churn}, {user: bob}]}
                codeEnvs:
                  - {name: py311, interpreter: /opt/py/bin/python, owner: alice, usableByAll: false, grants: [{group: churn, right: USE}]}
                designNodes: [{id: design, node: {url: "https://design.example.com:10000", credentialsId: k4}}]
                loginMapping: {table: [{user: alice, login: a.smith}], pattern: "{user}@example.com"}
                hookLimits: {permits: 5, preWaitSeconds: 1, postWaitSeconds: 2, timeLimitSeconds: 3, launcher: [/usr/bin/sudo, "--"]}
                bundleStorage: {directory: /bundles, freeSpaceFloor: 1, quotaPerProject: 2, keepPerProject: 3, keepPerStage: 4, keepDetailsDays: 5}
                technicalUsers: [{jobs: "team/nightly/*", user: svc_nightly}]
                nodesInHealth: true
            """
            .replace("PEM", new HeldCertificate.Builder().build().certificatePem().replace("\n", "\\n"));

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void the_demo_file_means_the_same_to_jenkins_and_to_the_engine() throws Exception {
        String demo = Files.readString(Path.of("demo/jenkins.yaml"));
        SecretSource variables = new SecretSource() {
            @Override
            public Optional<String> reveal(String name) {
                return name.endsWith("_KEY") || name.endsWith("_PASSWORD") ? Optional.of("value-of-" + name) : Optional.empty();
            }
        };
        ExtensionList.lookup(SecretSource.class).add(0, variables);
        try {
            Scene.code(demo);
        } finally {
            ExtensionList.lookup(SecretSource.class).remove(variables);
        }
        assertThat(configuration()).isEqualTo(read(demo));
        assertThat(SystemCredentialsProvider.getInstance().getCredentials()).allSatisfy(key -> {
            assertThat(key.getScope()).isEqualTo(CredentialsScope.SYSTEM);
            assertThat(((StringCredentials) key).getSecret().getPlainText()).startsWith("value-of-").endsWith("_KEY");
        }).extracting(key -> ((StringCredentials) key).getId()).containsExactlyInAnyOrder("dev-key", "test-key", "prod-key");
        JenkinsRule.WebClient alice = jenkins.createWebClient().login("alice", "value-of-ALICE_PASSWORD");
        assertThat(alice.goTo("").asNormalizedText()).contains("alice");
    }

    @Test
    void every_setting_means_the_same_to_jenkins_and_to_the_engine() throws Exception {
        Scene.code(ALL);
        assertThat(configuration()).isEqualTo(read(ALL));
    }

    @Test
    void every_setting_is_among_them() {
        assertThat(new ClassFileImporter().importPackages(ProjectDeployerConfiguration.class.getPackageName()).stream()
                        .filter(type -> !type.isEquivalentTo(FolderDeployments.class))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(DataBoundSetter.class))
                        .map(method -> Introspector.decapitalize(method.getName().substring("set".length()))))
                .hasSizeGreaterThan(40)
                .allMatch(setting -> ALL.contains(setting + ":"));
    }

    @Test
    void what_is_exported_means_the_same_when_it_is_imported() throws Exception {
        Scene.code(ALL);
        Configuration before = configuration();
        String exported = export();
        Scene.code("unclassified: {projectDeployer: {infrastructures: [], stages: [], projects: [], codeEnvs: [], designNodes: [], technicalUsers: [],"
                + " loginMapping: {table: [], pattern: ''}, hookLimits: {}, bundleStorage: {}, nodesInHealth: false}}");
        new Caller(jenkins, "anonymous").post("project-deployer/infrastructure/grown/settings/doDelete");
        assertThat(configuration()).isEqualTo(Configuration.EMPTY);
        Scene.code("unclassified:\n" + exported);
        assertThat(configuration()).isEqualTo(before);
        assertThat(ProjectDeployerConfiguration.get().getInfrastructures()).extracting(InfrastructureConfig::isSeed, InfrastructureConfig::isByCode)
                .containsExactly(tuple(false, true), tuple(true, false));
    }

    @Test
    void who_may_only_read_the_system_exports_digests_of_hooks() throws Exception {
        Scene.code(ALL.replace("pass", "pass # of nobody else"));
        Jenkins.SYSTEM_READ.setEnabled(true);
        try {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy().grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("bob"));
            try (ACLContext bob = ACL.as2(User.getById("bob", true).impersonate2())) {
                assertThat(export()).contains("prod-1.example.com", "which you may not see, has the SHA-256").doesNotContain("of nobody else");
            }
        } finally {
            Jenkins.SYSTEM_READ.setEnabled(false);
        }
        assertThat(export()).contains("of nobody else");
    }

    @Test
    void everything_is_there_again_when_it_is_read_from_disk() throws Exception {
        Scene.code(ALL);
        Configuration before = configuration();
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
    }

    @Test
    void code_with_something_wrong_in_it_is_refused_by_name_and_changes_nothing() throws Exception {
        Scene.code(ALL);
        Configuration before = configuration();
        assertThatThrownBy(() -> Scene.code(ALL.replace("stage: Production", "stage: Prodution").replace("Try it", "Changed")))
                .hasStackTraceContaining("infrastructure \"prod\": stage \"Prodution\" is none of the stages Production, Test");
        assertThatThrownBy(() -> Scene.code(ALL.replace("right: ADMIN", "right: ADMN")))
                .hasStackTraceContaining("infrastructure \"prod\": right \"ADMN\" is none of READ, DEPLOY, ADMIN");
        assertThat(configuration()).isEqualTo(before);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
        Scene.code("unclassified: {projectDeployer: {designNodes: []}}");
        assertThat(configuration().stages()).as("nothing of the refused code is left over").isEqualTo(before.stages());
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    private static Configuration read(String yaml) throws Exception {
        JsonNode document = new YAMLMapper().readTree(yaml.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1"));
        return Json.MAPPER.treeToValue(document.at("/unclassified/projectDeployer"), Configuration.class);
    }

    /** Our part of the export. */
    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        JsonNode ours = new YAMLMapper().readTree(out.toString(StandardCharsets.UTF_8)).at("/unclassified/projectDeployer");
        return "  projectDeployer: " + Json.MAPPER.writeValueAsString(ours);
    }
}

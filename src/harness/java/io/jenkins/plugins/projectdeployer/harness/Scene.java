package io.jenkins.plugins.projectdeployer.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.DummySecurityRealm;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** People, a node and a configuration to begin with: alice may deploy project CHURN to {@code dev}, bob and carol may not. */
final class Scene {

    static final String KEY = "key-of-the-node-8f14e45fceea167a";

    private Scene() {}

    static EmbeddedNode node() {
        return node("dev");
    }

    static EmbeddedNode node(String place) {
        return EmbeddedNode.builder().nodeId(place + "-node").key(KEY).world(DemoWorld::standard).start();
    }

    /** admin administers, alice, bob and carol may read and build; alice is in data-team. */
    static void people(JenkinsRule jenkins) {
        DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "data-team");
        realm.addGroups("carol", "release");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, hudson.model.Item.READ, hudson.model.Item.BUILD, hudson.model.Item.CANCEL).everywhere()
                .to("alice", "bob", "carol"));
    }

    /** alice alone, in a realm that is there again after Jenkins was started anew as a process of its own. */
    static void lastingPeople(JenkinsRule jenkins) throws IOException {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        realm.createAccount("alice", "alice");
        jenkins.jenkins.setSecurityRealm(realm);
        GlobalMatrixAuthorizationStrategy rights = new GlobalMatrixAuthorizationStrategy();
        rights.add(Jenkins.READ, PermissionEntry.group("authenticated"));
        jenkins.jenkins.setAuthorizationStrategy(rights);
        jenkins.jenkins.save();
    }

    static void credential(String id, CredentialsScope scope, String secret) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(new StringCredentialsImpl(scope, id, null, Secret.fromString(secret)));
        provider.save();
    }

    /** Updates of the deployment of this id, newest first; none where there is no such deployment. */
    static List<Update> history(String deployment) {
        return Engine.get().records().deployment(deployment).stream().flatMap(Engine.get().records()::history).toList();
    }

    /** One infrastructure {@code dev} with this node. */
    static void configure(String url) throws Exception {
        configure(url, "group: data-team");
    }

    /** The same for other people than data-team. */
    static void configure(String url, String who) throws Exception {
        configure(Map.of("dev", url), who);
    }

    /** Infrastructures of one node each, id to URL. */
    static void configure(Map<String, String> nodes, String who) throws Exception {
        credential("dev-key", CredentialsScope.SYSTEM, KEY);
        String infrastructures = nodes.entrySet().stream()
                .map(node -> """
                              - id: %s
                                stage: Development
                                nodes: [{url: "%s", credentialsId: dev-key}]
                                grants: [{%s, right: DEPLOY}]
                                policies: {deployAsUser: svc_deploy}
                                allowedJobs: [deploy-for-others]
                        """.formatted(node.getKey(), node.getValue(), who))
                .collect(Collectors.joining());
        code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Development}]
                    infrastructures:
                %1$s
                    projects:
                      - pattern: "*"
                        grants: [{%2$s, right: WRITE}, {%2$s, right: DEPLOY}]
                        creators: [{%2$s}]
                """.formatted(infrastructures, who));
    }

    /** Configures Jenkins as code. */
    static void code(String yaml) throws Exception {
        Path file = Files.createTempFile("configuration", ".yaml");
        Files.writeString(file, yaml);
        try {
            ConfigurationAsCode.get().configure(file.toUri().toString());
        } finally {
            Files.delete(file);
        }
    }

    static Path bundle(Path directory, String id) throws IOException {
        return BundleZip.of("CHURN", id).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").scenario("TRAIN")
                .owner("alice").writeTo(directory.resolve(id + ".zip"));
    }

    /** Puts a bundle of CHURN onto the controller, as alice. */
    static void publish(Path directory, String id) throws IOException {
        try (InputStream archive = Files.newInputStream(bundle(directory, id))) {
            Engine.get().publish("alice", "CHURN", id, archive, id + ".zip", null);
        }
    }

    /** A build that alice started and that deploys this bundle of CHURN to {@code dev}; it has ended. */
    static WorkflowRun deploy(JenkinsRule jenkins, String job, String bundle) throws Exception {
        String script = "deployProject project: 'CHURN', bundle: '" + bundle + "', infrastructure: 'dev'";
        return job(jenkins, job, script).scheduleBuild2(0, by("alice")).get();
    }

    static CauseAction by(String user) {
        return new CauseAction(new Cause.UserIdCause(user));
    }

    static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}

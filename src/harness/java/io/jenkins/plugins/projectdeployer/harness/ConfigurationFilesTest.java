package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.assertj.core.api.AbstractStringAssert;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the configuration is on disk: a file for each infrastructure, and one for what they share. */
@WithOneJenkins
class ConfigurationFilesTest {

    private static final String SHARED = ProjectDeployerConfiguration.class.getName() + ".xml";

    private static final String STEP = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.step.DeployProjectStep/";
    private static final String FOLDER = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.FolderDeployments/";

    private static final String INFRASTRUCTURE = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.InfrastructureConfig/";

    private static final String SEEDS = """
            unclassified:
              projectDeployer:
                stages: [{name: Test}, {name: Production}]
                infrastructures:
                  - {id: Prod-EU, seed: true, stage: Production, nodes: [{url: "http://127.0.0.1:19999", credentialsId: k}]}
                  - {id: acceptance, seed: true, stage: Test, nodes: [{url: "http://127.0.0.1:19998", credentialsId: k}]}
            """;

    private JenkinsRule jenkins;
    private Path home;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        home = jenkins.jenkins.getRootDir().toPath();
        Scene.people(jenkins);
        Scene.code(SEEDS);
    }

    @Test
    void each_infrastructure_has_a_file_and_a_page_writes_no_other() throws Exception {
        Map<String, String> before = files();
        assertThat(before).containsOnlyKeys(SHARED, "infrastructure-prod-eu.xml", "infrastructure-acceptance.xml");
        assertThat(before.get(SHARED)).doesNotContain("127.0.0.1").contains("Production");

        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/acceptance/settings/").getFormByName("config");
        form.getInputByName("_.deployAsUser").setValue("svc_deploy");
        Files.setLastModifiedTime(home.resolve(SHARED), FileTime.fromMillis(0));
        jenkins.submit(form);

        Map<String, String> after = files();
        assertThat(after.get("infrastructure-acceptance.xml")).contains("svc_deploy");
        assertThat(after.get("infrastructure-prod-eu.xml")).isEqualTo(before.get("infrastructure-prod-eu.xml"));
        assertThat(Files.getLastModifiedTime(home.resolve(SHARED)).toMillis()).as("is not written").isZero();
    }

    @Test
    void what_is_read_again_is_the_same_in_the_same_order_and_what_is_taken_out_is_gone() throws Exception {
        Configuration before = configuration();
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
        assertThat(before.infrastructures()).extracting(Infrastructure::id).containsExactly("Prod-EU", "acceptance");

        new Caller(jenkins, "admin").post("project-deployer/infrastructure/prod-eu/settings/doDelete");
        assertThat(files()).containsOnlyKeys(SHARED, "infrastructure-acceptance.xml");
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration().infrastructures()).extracting(Infrastructure::id).containsExactly("acceptance");
    }

    @Test
    void a_home_in_which_all_are_in_one_file_goes_on_as_it_was() throws Exception {
        Configuration before = configuration();
        Map<String, String> files = files();
        together();

        ProjectDeployerConfiguration.get().load();

        assertThat(configuration()).isEqualTo(before);
        assertThat(files()).isEqualTo(files);
    }

    /** The home as it was when one file held all: that file, and none for each infrastructure. */
    private String together() throws IOException {
        Map<String, String> files = files();
        String together = files.get(SHARED).replaceFirst("(?s)<infrastructureOrder>.*</infrastructureOrder>", "<infrastructures>"
                + element(files, "infrastructure-prod-eu.xml") + element(files, "infrastructure-acceptance.xml") + "</infrastructures>");
        assertThat(together).contains("127.0.0.1:19999", "127.0.0.1:19998");
        Files.writeString(home.resolve(SHARED), together);
        Files.delete(file("prod-eu"));
        Files.delete(file("acceptance"));
        return together;
    }

    /** An infrastructure as it stands in a file, without the file's first line. */
    private static String element(Map<String, String> files, String name) {
        return files.get(name).replaceFirst("<[?]xml[^>]*>", "");
    }

    @Test
    void a_file_that_cannot_be_read_stops_deployments_and_is_not_lost() throws Exception {
        Configuration before = configuration();
        Path broken = file("acceptance");
        String content = Files.readString(broken);
        Files.writeString(broken, content.substring(0, content.length() / 2));

        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains("infrastructures/infrastructure-acceptance.xml: cannot be read").doesNotContain(home.toString());
        Scene.code("unclassified: {projectDeployer: {stages: [{name: Test}, {name: Production}, {name: Later}]}}");
        assertUnusable();
        assertThat(broken).as("left alone").hasContent(content.substring(0, content.length() / 2));

        Files.writeString(broken, content);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration().infrastructures()).isEqualTo(before.infrastructures());
    }

    @Test
    void a_file_under_another_infrastructures_name_is_refused() throws Exception {
        Path directory = home.resolve("project-deployer/infrastructures");
        Files.copy(directory.resolve("infrastructure-acceptance.xml"), directory.resolve("infrastructure-copy.xml"));
        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains("infrastructure-copy.xml", "\"acceptance\"");
    }

    @Test
    void a_key_that_was_typed_stays_when_code_sets_up_credentials() throws Exception {
        NodeAddress node = typed("acceptance");
        Scene.code("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials: [{string: {id: other, scope: SYSTEM, secret: x}}]
                """);
        assertThat(NodeKeys.key(node)).isEqualTo("typed-key-6512bd43d9caa6e0");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain("typed-key-6512bd43d9caa6e0");
            }
        }
    }

    @Test
    void shared_settings_that_cannot_be_read_open_no_gate_and_are_not_overwritten() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}, {name: Production, gate: {approvals: 2, approvers: [{group: release}]}}]
                """);
        Configuration before = configuration();
        String content = Files.readString(home.resolve(SHARED));
        String broken = content.substring(0, content.indexOf("</gate>"));
        Files.writeString(home.resolve(SHARED), broken);

        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains(SHARED + " cannot be read", "Restore it from a backup").doesNotContain(home.toString());
        assertThat(jenkins.createWebClient().withBasicCredentials("admin").goTo("manage/project-deployer-configuration/").asNormalizedText())
                .contains(SHARED + " cannot be read");
        assertThatThrownBy(() -> Scene.code("unclassified: {projectDeployer: {nodesInHealth: true}}")).hasStackTraceContaining(SHARED);
        new Caller(jenkins, "admin").post("project-deployer/infrastructure/acceptance/settings/doDelete");
        assertUnusable();
        assertThat(home.resolve(SHARED)).as("left alone").hasContent(broken);
        assertThat(file("acceptance")).as("left alone").exists();

        Files.writeString(home.resolve(SHARED), content);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
    }

    @Test
    void settings_of_which_something_cannot_be_read_are_not_read_without_it() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}, {name: Production, gate: {approvals: 2, approvers: [{group: release}],
                      freezes: [{name: closing, start: "2026-12-20T00:00", end: "2027-01-02T00:00"}]}}]
                """);
        Configuration before = configuration();
        String content = Files.readString(home.resolve(SHARED));
        Map<String, String> slips = Map.of(
                "<approvals>2</approvals>", "<approvals>two</approvals>",
                "FreezeConfig>", "CalmConfig>",
                "freezes>", "frozen>");
        for (Map.Entry<String, String> slip : slips.entrySet()) {
            assertThat(content).contains(slip.getKey());
            Files.writeString(home.resolve(SHARED), content.replace(slip.getKey(), slip.getValue()));
            ProjectDeployerConfiguration.get().load();
            assertUnusable().as(slip.getValue()).contains(SHARED + " cannot be read");
        }
        Files.writeString(home.resolve(SHARED), content);

        String infrastructure = Files.readString(file("acceptance"));
        assertThat(infrastructure).contains("<nodes>");
        Files.writeString(file("acceptance"), infrastructure.replace("nodes>", "knots>"));
        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains(file("acceptance").getFileName().toString());

        Files.writeString(file("acceptance"), infrastructure);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
    }

    @Test
    void without_a_backup_saving_the_shared_settings_begins_anew_and_keeps_what_was_broken() throws Exception {
        Configuration before = configuration();
        Files.writeString(home.resolve(SHARED), "<broken>");
        ProjectDeployerConfiguration.get().load();

        jenkins.submit(jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("manage/project-deployer-configuration/shared").getFormByName("config"));

        assertThat(configuration().infrastructures()).containsExactlyInAnyOrderElementsOf(before.infrastructures());
        deleteUnreadable();
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration().infrastructures()).containsExactlyInAnyOrderElementsOf(before.infrastructures());
    }

    @Test
    void what_is_mended_on_a_page_opens_the_engine_that_could_not_be_opened() throws Exception {
        Engine.close();
        Files.writeString(home.resolve(SHARED), "<broken>");
        ProjectDeployerConfiguration.get().load();
        Engine.open();
        assertThatThrownBy(Engine::get).isInstanceOf(Refused.class).hasMessageContaining("could not be opened");

        jenkins.submit(jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("manage/project-deployer-configuration/shared").getFormByName("config"));

        assertThat(Engine.opened()).isPresent();
        assertThat(new Caller(jenkins, "carol").get("project-deployer/api/me").statusCode()).isEqualTo(200);
        deleteUnreadable();
    }

    @Test
    void what_is_wrong_on_disk_is_told_to_administrators_alone() throws Exception {
        Files.writeString(file("acceptance"), "<broken>");
        ProjectDeployerConfiguration.get().load();
        HttpResponse<String> answer = new Caller(jenkins, "carol").get("project-deployer/api/me");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("An administrator of Jenkins sees why").doesNotContain("acceptance");
        WorkflowRun refused = Scene.job(jenkins, "deploy", "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'Prod-EU'")
                .scheduleBuild2(0, Scene.by("alice")).get();
        jenkins.assertLogContains("An administrator of Jenkins sees why", refused);
        jenkins.assertLogNotContains("acceptance", refused);

        HttpResponse<String> offered = new Caller(jenkins, "carol").post(STEP + "fillInfrastructureItems");
        assertThat(offered.statusCode()).isEqualTo(200);
        assertThat(new Caller(jenkins, "carol").post(STEP + "checkInfrastructure?value=Prod-EU").body()).contains("An administrator of Jenkins sees why");
        String folder = jenkins.createFolder("team").getUrl();
        assertThat(new Caller(jenkins, "admin").post(folder + FOLDER + "checkInfrastructures?value=Prod-EU").body())
                .contains("An administrator of Jenkins sees why");
        assertThat(new Caller(jenkins, "admin").post(INFRASTRUCTURE + "fillStageItems?stage=Production").body()).as("to make it anew")
                .contains("Production");
    }

    @Test
    void a_journal_that_cannot_be_opened_is_told_to_administrators_alone() throws Exception {
        Engine.close();
        Path journal = home.resolve("project-deployer/journal");
        Path away = home.resolve("project-deployer/away");
        Files.move(journal, away);
        Files.writeString(journal, "no directory");
        Engine.open();

        HttpResponse<String> answer = new Caller(jenkins, "carol").get("project-deployer/api/me");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("An administrator of Jenkins sees why").doesNotContain(home.toString());
        assertThat(jenkins.createWebClient().withBasicCredentials("admin").goTo("manage/project-deployer-configuration/").asNormalizedText())
                .contains("could not be opened", journal.toString());
        assertThat(new Caller(jenkins, "carol").post(STEP + "fillProjectItems").statusCode()).isEqualTo(200);
        assertThat(new Caller(jenkins, "admin").get("project-deployer/infrastructure/acceptance/").body())
                .contains("An administrator of Jenkins sees why");

        Files.delete(journal);
        Files.move(away, journal);
        Scene.code("unclassified: {projectDeployer: {nodesInHealth: true}}");
        assertThat(Engine.opened()).isPresent();
    }

    @Test
    void shared_settings_that_are_gone_while_infrastructures_are_there_stop_deployments() throws Exception {
        Files.delete(home.resolve(SHARED));
        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains(SHARED + " is gone");
    }

    @Test
    void a_home_in_which_all_are_in_one_file_loses_none_when_the_others_cannot_be_written() throws Exception {
        Configuration before = configuration();
        String together = together();
        Engine.close();
        Path place = home.resolve("project-deployer");
        FileUtils.deleteDirectory(place.toFile());
        Files.writeString(place, "no directory, so no file can be written below it");
        try {
            ProjectDeployerConfiguration.get().load();
            assertThat(home.resolve(SHARED)).as("left alone").hasContent(together);
        } finally {
            Files.delete(place);
            ProjectDeployerConfiguration.get().load();
            Engine.open();
        }
        assertThat(configuration()).isEqualTo(before);
        assertThat(files()).containsOnlyKeys(SHARED, "infrastructure-prod-eu.xml", "infrastructure-acceptance.xml");
    }

    @Test
    void code_sows_no_infrastructure_over_one_whose_file_cannot_be_read() throws Exception {
        Files.writeString(file("acceptance"), "<broken>");
        ProjectDeployerConfiguration.get().load();
        Scene.code(SEEDS);
        assertThat(file("acceptance")).as("left alone").hasContent("<broken>");
        assertUnusable().contains("infrastructure-acceptance.xml: cannot be read");
    }

    @Test
    void a_directory_that_cannot_be_listed_is_not_taken_for_an_empty_one() throws Exception {
        Path directory = home.resolve("project-deployer/infrastructures");
        Path away = home.resolve("project-deployer/away");
        Files.move(directory, away);
        Files.writeString(directory, "");
        ProjectDeployerConfiguration.get().load();
        assertUnusable().contains("infrastructures is no directory");
        Files.delete(directory);
        Files.move(away, directory);
    }

    @Test
    void a_key_in_use_stays_while_a_file_cannot_be_read() throws Exception {
        NodeAddress node = typed("acceptance");
        Scene.code("unclassified: {projectDeployer: {designNodes: [{id: design, node: {url: '%s', credentialsId: '%s'}}]}}"
                .formatted(node.url(), node.credentialsId()));
        String content = Files.readString(file("acceptance"));
        Files.writeString(file("acceptance"), "<broken>");
        ProjectDeployerConfiguration.get().load();

        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("manage/project-deployer-configuration/shared").getFormByName("config");
        form.<HtmlElement>getFirstByXPath(".//div[contains(@class, 'repeated-chunk')][.//input[@name='_.url' and @value='" + node.url() + "']]")
                .remove();
        jenkins.submit(form);
        assertThat(ProjectDeployerConfiguration.get().getDesignNodes()).isEmpty();

        Files.writeString(file("acceptance"), content);
        ProjectDeployerConfiguration.get().load();
        assertThat(NodeKeys.key(node)).isEqualTo("typed-key-6512bd43d9caa6e0");
    }

    @Test
    void a_change_of_which_a_file_cannot_be_written_leaves_all_as_they_were() throws Exception {
        Configuration before = configuration();
        Map<String, String> files = files();
        Files.delete(file("prod-eu"));
        Path obstacle = Files.createDirectories(file("prod-eu").resolve("in-the-way"));

        assertThatThrownBy(() -> Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}, {name: Production}, {name: Later}]
                    infrastructures:
                      - {id: Prod-EU, stage: Later, nodes: [{url: "http://127.0.0.1:19997", credentialsId: k}]}
                      - {id: acceptance, stage: Later, nodes: [{url: "http://127.0.0.1:19996", credentialsId: k}]}
                """)).hasStackTraceContaining("could not be saved");

        Files.delete(obstacle);
        Files.delete(file("prod-eu"));
        Files.writeString(file("prod-eu"), files.get("infrastructure-prod-eu.xml"));
        assertThat(files()).isEqualTo(files);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
    }

    @Test
    void an_id_that_is_no_file_name_on_windows_has_a_file_nevertheless() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - {id: con, stage: Test, nodes: [{url: "http://127.0.0.1:19997", credentialsId: k}]}
                """);
        assertThat(files()).containsKey("infrastructure-con.xml").doesNotContainKey("con.xml");
    }

    /** Deletes what was kept of shared settings that could not be read. */
    private void deleteUnreadable() throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            List<Path> kept = all.filter(path -> path.getFileName().toString().startsWith(SHARED + ".unreadable-")).toList();
            assertThat(kept).singleElement().satisfies(path -> assertThat(path).hasContent("<broken>"));
            Files.delete(kept.get(0));
        }
    }

    /** What administrators are told; whoever asks the configuration itself is told nothing of it. */
    private static AbstractStringAssert<?> assertUnusable() {
        String told = ProjectDeployerConfiguration.get().getProblem();
        assertThatThrownBy(ConfigurationFilesTest::configuration).isInstanceOf(Refused.class)
                .hasMessage("The configuration of the Project Deployer cannot be used until it is corrected. An administrator of Jenkins"
                        + " sees why under Manage Jenkins, Project Deployer.");
        return assertThat(told);
    }

    /** The node of this infrastructure, whose key somebody has typed. */
    private NodeAddress typed(String id) throws Exception {
        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/" + id + "/settings/").getFormByName("config");
        form.getInputByName("_.newKey").setValue("typed-key-6512bd43d9caa6e0");
        jenkins.submit(form);
        return configuration().infrastructure(id).orElseThrow().nodes().get(0);
    }

    private Path file(String id) {
        return home.resolve("project-deployer/infrastructures/infrastructure-" + id + ".xml");
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    /** The files of the configuration, with what they hold. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        files.put(SHARED, Files.readString(home.resolve(SHARED)));
        try (Stream<Path> each = Files.list(home.resolve("project-deployer/infrastructures"))) {
            for (Path file : each.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the configuration is on disk: a file for each infrastructure, and one for what they share. */
@WithOneJenkins
class ConfigurationFilesTest {

    private static final String SHARED = ProjectDeployerConfiguration.class.getName() + ".xml";

    private JenkinsRule jenkins;
    private Path home;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        home = jenkins.jenkins.getRootDir().toPath();
        Scene.people(jenkins);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}, {name: Production}]
                    infrastructures:
                      - {id: Prod-EU, seed: true, stage: Production, nodes: [{url: "http://127.0.0.1:19999", credentialsId: k}]}
                      - {id: acceptance, seed: true, stage: Test, nodes: [{url: "http://127.0.0.1:19998", credentialsId: k}]}
                """);
    }

    @Test
    void each_infrastructure_has_a_file_and_a_page_writes_no_other() throws Exception {
        Map<String, String> before = files();
        assertThat(before).containsOnlyKeys(SHARED, "prod-eu.xml", "acceptance.xml");
        assertThat(before.get(SHARED)).doesNotContain("127.0.0.1").contains("Production");

        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/acceptance/settings/").getFormByName("config");
        form.getInputByName("_.deployAsUser").setValue("svc_deploy");
        Files.setLastModifiedTime(home.resolve(SHARED), FileTime.fromMillis(0));
        jenkins.submit(form);

        Map<String, String> after = files();
        assertThat(after.get("acceptance.xml")).contains("svc_deploy");
        assertThat(after.get("prod-eu.xml")).isEqualTo(before.get("prod-eu.xml"));
        assertThat(Files.getLastModifiedTime(home.resolve(SHARED)).toMillis()).as("is not written").isZero();
    }

    @Test
    void what_is_read_again_is_the_same_in_the_same_order_and_what_is_taken_out_is_gone() throws Exception {
        Configuration before = configuration();
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration()).isEqualTo(before);
        assertThat(before.infrastructures()).extracting(Infrastructure::id).containsExactly("Prod-EU", "acceptance");

        new Caller(jenkins, "admin").post("project-deployer/infrastructure/prod-eu/settings/doDelete");
        assertThat(files()).containsOnlyKeys(SHARED, "acceptance.xml");
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration().infrastructures()).extracting(Infrastructure::id).containsExactly("acceptance");
    }

    @Test
    void a_home_in_which_all_are_in_one_file_goes_on_as_it_was() throws Exception {
        Configuration before = configuration();
        Map<String, String> files = files();
        String together = files.get(SHARED).replaceFirst("(?s)<infrastructureOrder>.*</infrastructureOrder>",
                "<infrastructures>" + element(files, "prod-eu.xml") + element(files, "acceptance.xml") + "</infrastructures>");
        assertThat(together).contains("127.0.0.1:19999", "127.0.0.1:19998");
        Files.writeString(home.resolve(SHARED), together);
        Files.delete(home.resolve("project-deployer/infrastructures/prod-eu.xml"));
        Files.delete(home.resolve("project-deployer/infrastructures/acceptance.xml"));

        ProjectDeployerConfiguration.get().load();

        assertThat(configuration()).isEqualTo(before);
        assertThat(files()).isEqualTo(files);
    }

    /** An infrastructure as it stands in a file, without the file's first line. */
    private static String element(Map<String, String> files, String name) {
        return files.get(name).replaceFirst("<[?]xml[^>]*>", "");
    }

    @Test
    void a_file_that_cannot_be_read_stops_deployments_and_is_not_lost() throws Exception {
        Configuration before = configuration();
        Path broken = home.resolve("project-deployer/infrastructures/acceptance.xml");
        String content = Files.readString(broken);
        Files.writeString(broken, content.substring(0, content.length() / 2));

        ProjectDeployerConfiguration.get().load();
        assertThatThrownBy(ConfigurationFilesTest::configuration).isInstanceOf(Refused.class)
                .hasMessageContaining("infrastructures/acceptance.xml: cannot be read").hasMessageNotContaining(home.toString());
        Scene.code("unclassified: {projectDeployer: {stages: [{name: Test}, {name: Production}, {name: Later}]}}");
        assertThatThrownBy(ConfigurationFilesTest::configuration).as("still").isInstanceOf(Refused.class);
        assertThat(broken).as("left alone").hasContent(content.substring(0, content.length() / 2));

        Files.writeString(broken, content);
        ProjectDeployerConfiguration.get().load();
        assertThat(configuration().infrastructures()).isEqualTo(before.infrastructures());
    }

    @Test
    void a_file_under_another_infrastructures_name_is_refused() throws Exception {
        Path directory = home.resolve("project-deployer/infrastructures");
        Files.copy(directory.resolve("acceptance.xml"), directory.resolve("copy.xml"));
        ProjectDeployerConfiguration.get().load();
        assertThatThrownBy(ConfigurationFilesTest::configuration).hasMessageContaining("copy.xml").hasMessageContaining("\"acceptance\"");
    }

    @Test
    void a_key_that_was_typed_stays_when_code_sets_up_credentials() throws Exception {
        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/acceptance/settings/").getFormByName("config");
        form.getInputByName("_.newKey").setValue("typed-key-6512bd43d9caa6e0");
        jenkins.submit(form);
        NodeAddress node = configuration().infrastructure("acceptance").orElseThrow().nodes().get(0);
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

package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dataiku's own client takes this node for one of theirs: {@code hook.dataiku.python} names an interpreter that has it. The
 * script looks at every answer; here stands what the node made of it.
 */
@EnabledIfSystemProperty(named = "hook.dataiku.python", matches = ".+", disabledReason = "names no interpreter with dataikuapi")
class DataikuClientDrivesNodeTest {

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "work that takes {0} ms")
    @ValueSource(longs = {0, 300})
    void everything_that_a_deployer_does_on_an_automation_node(long millis) throws Exception {
        try (EmbeddedNode node = EmbeddedNode.builder().nodeId("prod").world(state -> DemoWorld.stage(state, "prod")).start()) {
            node.state().futures().takes("preload", Duration.ofMillis(millis));
            node.state().futures().takes("activate", Duration.ofMillis(millis));
            String said = drive(node);
            System.out.println(said);

            Map<String, String> seen = said.lines().map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
            assertThat(seen).containsAllEntriesOf(Map.of(
                    "instance", "AUTOMATION",
                    "list projects", "['CHURN']",
                    "preload", "False",
                    "activate", "False",
                    "import", "['v1', 'v2']",
                    "active bundle", "v2",
                    "run and wait", "SUCCESS",
                    "run, then wait", "SUCCESS"));
            assertThat(seen).containsEntry("variables", "[('region', 'eu'), ('stage', 'prod')]")
                    .containsEntry("scenarios", "['NIGHTLY', 'TEST_SMOKE']")
                    .containsEntry("run-as", "('svc_run', 'svc_run', True)")
                    .containsEntry("connections", "[('filesystem_managed', 'Filesystem'), ('sql-prod', 'PostgreSQL')]")
                    .containsEntry("users", "['admin', 'alice', 'bob', 'carol', 'svc_deploy', 'svc_hooks', 'svc_run']")
                    .containsEntry("groups", "['administrators', 'churn-team', 'data-team', 'deployers', 'release']")
                    .containsEntry("code envs", "[('PYTHON', 'py311')]")
                    .containsEntry("clusters", "['k8s-main']")
                    .containsEntry("general settings", "['k8s-small']");
            assertThat(seen.get("import twice")).contains("v2");
            assertThat(seen.get("unknown project")).contains("Unauthorized");
            assertThat(seen).hasSize(22);
            Project project = node.state().project("CHURN");
            assertThat(project.connectionOf("customers")).isEqualTo("sql-prod");
            assertThat(project.owner()).isEqualTo("svc_deploy");
            assertThat(project.scenario("NIGHTLY").runs()).singleElement().extracting(ScenarioRun::runAs).isEqualTo("svc_run");
        }
    }

    private String drive(EmbeddedNode node) throws IOException, InterruptedException {
        Path script = directory.resolve("drive_node.py");
        try (InputStream source = getClass().getResourceAsStream("drive_node.py")) {
            Files.write(script, source.readAllBytes());
        }
        Process client = new ProcessBuilder(System.getProperty("hook.dataiku.python"), script.toString(), node.url(), node.key(),
                        bundle("v1"), bundle("v2"))
                .redirectErrorStream(true).start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor()).as(said).isZero();
        return said;
    }

    private String bundle(String id) {
        return BundleZip.of("CHURN", id).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").scenario("NIGHTLY")
                .testScenario("TEST_SMOKE").owner("alice").writeTo(directory.resolve(id + ".zip")).toString();
    }
}

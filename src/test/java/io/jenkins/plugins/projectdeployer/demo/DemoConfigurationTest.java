package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoConfigurationTest {

    private static final Path FILE = Path.of("demo", "jenkins.yaml");
    private static final Map<String, String> VALUES = Map.of(
            "DEV_KEY", "key of dev", "TEST_KEY", "key of test", "PROD_KEY", "key of prod", "DEV_URL", "http://127.0.0.1:5001",
            "ADMIN_PASSWORD", "a", "ALICE_PASSWORD", "b", "BOB_PASSWORD", "c", "CAROL_PASSWORD", "d");

    @TempDir
    private Path directory;

    @Test
    void the_demos_file_is_read_whole() throws IOException {
        DemoConfiguration read = DemoConfiguration.read(FILE, VALUES);

        assertThat(read.users()).containsExactly("admin", "alice", "bob", "carol");
        assertThat(read.secrets()).containsEntry("prod-key", "key of prod").hasSize(3);
        assertThat(read.deployer().infrastructures()).extracting("id").containsExactly("dev", "test", "prod");
        assertThat(read.deployer().infrastructure("prod")).hasValueSatisfying(prod -> {
            assertThat(prod.stage()).isEqualTo("Production");
            assertThat(prod.grants()).contains(Grant.toGroup("release", InfrastructureRight.DEPLOY));
            assertThat(prod.connections()).containsExactly(new Remap("sql-dev", "sql-prod"));
            assertThat(prod.policies().permissionsPropagation()).isEqualTo(PermissionsPropagation.READ_ONLY);
            assertThat(prod.hooks(HookPhase.PRE)).singleElement().satisfies(hook ->
                    assertThat(hook.text()).startsWith("def execute("));
        });
    }

    @Test
    void a_variable_takes_its_value_and_else_its_default() throws IOException {
        DemoConfiguration read = DemoConfiguration.read(FILE, VALUES);

        assertThat(read.deployer().infrastructure("dev").orElseThrow().nodes().get(0).url()).isEqualTo("http://127.0.0.1:5001");
        assertThat(read.deployer().infrastructure("test").orElseThrow().nodes().get(0).url()).isEqualTo("http://127.0.0.1:12200");
    }

    @Test
    void a_variable_without_value_and_default_is_refused_by_name() {
        Map<String, String> values = new HashMap<>(VALUES);
        values.remove("TEST_KEY");

        assertThatThrownBy(() -> DemoConfiguration.read(FILE, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TEST_KEY");
    }

    @Test
    void an_escaped_variable_stays_as_it_is() {
        Variables variables = new Variables(Map.of("A", "$1"));

        assertThat(variables.resolved("${A} ^${A} ${B:-} ${C:-http://c:1} $D")).isEqualTo("$1 ${A}  http://c:1 $D");
    }

    @Test
    void an_unknown_key_of_the_deployer_is_refused_with_its_name_and_place() {
        assertRefused("stage: Production", "stagee: Production", "unclassified.projectDeployer.infrastructures[2].stagee");
        assertRefused("deployAsUser: svc_deploy", "deployAs: svc_deploy", "infrastructures[1].policies.deployAs");
        assertRefused("    stages:\n", "    stags:\n", "unclassified.projectDeployer.stags");
    }

    @Test
    void an_unknown_key_around_the_deployer_is_refused_too() {
        assertRefused("  projectDeployer:", "  projectDeployr:", "unclassified.projectDeployr");
        assertRefused("unclassified:", "unclasified:", "unclasified");
        assertRefused("description: Admin API key of the test node", "text: of the test node", "string.text");
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        assertRefused("        stage: Test\n", "        stage: Test\n        stage: Test\n", "stage");
    }

    @Test
    void a_value_that_makes_no_sense_is_refused_with_its_place() {
        assertRefused("- {group: release, right: WRITE}", "- {group: release, right: WRIT}", "projects[0].grants[2].right");
        assertRefused("- {group: release, right: WRITE}", "- {right: WRITE}", "projects[0].grants[2]");
        assertRefused("stage: Production", "stage: Productive", "stage \"Productive\" is none of the stages");
        assertRefused("id: prod-key, scope: SYSTEM", "id: prod-key, scope: GLOBAL", "scope GLOBAL");
    }

    private void assertRefused(String correct, String wrong, String named) {
        assertThatThrownBy(() -> DemoConfiguration.read(changed(correct, wrong), VALUES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private Path changed(String correct, String wrong) throws IOException {
        String text = Files.readString(FILE);
        assertThat(text).contains(correct);
        return Files.writeString(directory.resolve("jenkins.yaml"), text.replace(correct, wrong));
    }
}

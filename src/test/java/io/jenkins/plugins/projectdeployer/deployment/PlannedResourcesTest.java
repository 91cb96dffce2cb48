package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code envs, container configs and clusters that the bundle needs. */
class PlannedResourcesTest {

    private final Planning planning = new Planning();

    @Test
    void a_missing_code_env_is_judged_by_what_preload_would_do() {
        planning.codeEnvs.add("py311");

        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.INFO);
        planning.behavior = new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.DO_NOTHING, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.WARNING);
        planning.behavior = new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.ERROR);

        planning.node().codeEnvs.put("py311", true);
        assertThat(planning.plan().messages()).isEmpty();
        planning.node().codeEnvs.put("py311", false);
        assertThat(only(planning.plan()).code()).isEqualTo("CODE_ENV_OUT_OF_DATE");
    }

    @Test
    void a_container_config_that_is_missing_is_a_warning() {
        planning.containerExecs.add("k8s-small");
        assertThat(only(planning.plan()).code()).isEqualTo("CONTAINER_EXEC_MISSING");

        planning.node().containerExecs.add("k8s-small");
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void remaps_of_container_configs_are_an_error_on_a_node_that_cannot_hold_them() {
        planning.request.settings(new SettingsChange(null, null, null, List.of(new Remap("k8s-dev", "k8s-small")), null, null, null, null, null));
        planning.containerExecs.add("k8s-dev");
        planning.node().containerExecs.add("k8s-small");
        planning.dssVersion = "13.4.2";
        planning.node().version = "13.4.2";
        assertThat(only(planning.plan()).code()).isEqualTo("CONTAINER_EXEC_REMAP_UNSUPPORTED");
        assertThat(only(planning.plan()).text()).contains("\"13.4.2\"", "update it to 13.5 or later");

        planning.node().version = "13.5.0";
        assertThat(planning.plan().messages()).isEmpty();
        planning.node().version = null;
        assertThat(planning.plan().messages()).as("a node that does not say is not judged").isEmpty();
    }

    @Test
    void a_cluster_named_by_a_variable_is_looked_for_by_the_deployments_variables() {
        planning.clusters.add("k8s-${STAGE}");
        assertThat(only(planning.plan()).code()).isEqualTo("CLUSTER_BY_VARIABLE");

        planning.request.settings(new SettingsChange(null, null, null, null, null, Map.of("STAGE", TextNode.valueOf("prod")), null, null, null));
        assertThat(only(planning.plan()).code()).isEqualTo("CLUSTER_MISSING");

        planning.node().clusters.add("k8s-prod");
        assertThat(planning.plan().messages()).isEmpty();
    }
}

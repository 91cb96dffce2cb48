package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All three tables of names, and what is done about code envs, reach the node and are heeded there. */
class RemappedNamesTest extends OnProd {

    @Test
    void connections_code_envs_and_container_configurations_are_remapped_on_the_node() {
        node().state().resources().codeEnv("PYTHON", "py-prod").containerConfig("k8s-prod");
        world.change("prod", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), i.grants(), i.connections(),
                i.codeEnvs(), i.containerExecs(), new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.DO_NOTHING,
                        CodeEnvsBehavior.SpecificationMode.ACTUAL), i.policies(), i.hooks(), i.allowedJobs()));
        world.publish(churn("v1").codeEnv("py-dev").containerConfig("k8s-dev"));

        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(null, null,
                List.of(new Remap("py-dev", "py-prod")), List.of(new Remap("k8s-dev", "k8s-prod")), null, null, null, null, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        JsonNode settings = project().settings();
        assertThat(settings.at("/settings/codeEnvs/python/envName").asText()).isEqualTo("py-prod");
        assertThat(settings.at("/settings/container/containerConf").asText()).isEqualTo("k8s-prod");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        JsonNode behavior = settings.at("/bundleContainerSettings/codeEnvsBehavior");
        assertThat(behavior.path("importTimeMode").asText()).isEqualTo("DO_NOTHING");
        assertThat(behavior.path("envImportSpecificationMode").asText()).isEqualTo("ACTUAL");
    }
}

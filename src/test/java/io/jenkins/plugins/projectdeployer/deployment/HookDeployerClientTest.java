package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hook changes through {@code deployer_client}, which is what its user may change. */
class HookDeployerClientTest {

    private World world;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("dev", "Development").infrastructure("prod", "Production");
        HooksOnProd.python3().ifPresent(python -> world.codeEnv(new CodeEnv("py3", python.toString(), "admin", true, null)));
        List.of("v1", "v2", "v3").forEach(bundle -> world.publish(BundleZip.of("CHURN", bundle)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Update deployWith(Hook... hooks) {
        world.hooks("prod", hooks);
        Update update = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        return update;
    }

    private static Hook as(String user, String... lines) {
        return new Hook("as-" + user, HookPhase.POST, World.executing(lines), HooksOnProd.python3().isPresent() ? "py3" : null, user, null);
    }

    @Test
    void it_takes_a_bundle_on_to_another_stage_and_clears_up() {
        Update update = deployWith(as("alice",
                "import os, tempfile",
                "deployer = deployer_client.get_projectdeployer()",
                "churn = deployer.get_project('CHURN')",
                "copy = os.path.join(tempfile.gettempdir(), 'copy.zip')",
                "churn.download_bundle_to_file('v3', copy)",
                "churn.delete_bundle('v3')",
                "said = [sorted(b['id'] for b in churn.get_status().get_bundles())]",
                "with open(copy, 'rb') as fp: deployer.upload_bundle(fp)",
                "dev = deployer.create_deployment('CHURN-on-dev', 'CHURN', 'dev', 'v1')",
                "said.append(dev.start_update().wait_for_result()['status'])",
                "settings = dev.get_settings(); settings.bundle_id = 'v3'; settings.save()",
                "said.append(dev.start_update().wait_for_result()['bundleId'])",
                "said.append([(u.status, u.get_full_update().requester) for u in dev.list_updates()])",
                "said.append([dev.get_update().status, len(dev.get_update().logs) > 10])",
                "said.append([d.id for d in deployer.get_infra('dev').get_status().get_deployments()])",
                "said.append([d.id for d in churn.get_status().get_deployments('dev')])",
                "dev.delete()",
                "said.append([d.id for d in churn.get_status().get_deployments()])",
                "deployer.create_project('EMPTY').delete()",
                "return HookResult.success(str(said).replace(\"u'\", \"'\"))"));

        assertThat(HooksOnProd.run(update, "as-alice").message()).isEqualTo("[['v1', 'v2'], 'SUCCESS', 'v3',"
                + " [('SUCCESS', 'alice'), ('SUCCESS', 'alice')], ['SUCCESS', True], ['CHURN-on-dev'], ['CHURN-on-dev'], ['CHURN-on-prod']]");
        assertThat(world.node("dev").state().project("CHURN").activeBundleId()).isEqualTo("v3");
    }

    @Test
    void it_changes_nothing_that_its_user_may_not_change() {
        String[] tries = {
            "import io",
            "deployer = deployer_client.get_projectdeployer()",
            "churn, own = deployer.get_project('CHURN'), deployer.get_deployment('CHURN-on-prod')",
            "said = []",
            "for attempt in [lambda: churn.delete_bundle('v3'), churn.delete, lambda: churn.get_settings(),",
            "                lambda: deployer.create_project('OTHER'), lambda: own.delete(),",
            "                lambda: deployer.create_deployment('x', 'CHURN', 'dev', 'v1'),",
            "                lambda: deployer.get_deployment('x').delete()]:",
            "    try:",
            "        attempt()",
            "        said.append('done')",
            "    except Exception as e:",
            "        said.append(str(e).split(':')[0])",
            "return HookResult.success(' '.join(said))"
        };
        Update update = deployWith(as("carol", tries), as("bob", tries));

        assertThat(HooksOnProd.run(update, "as-carol").message())
                .isEqualTo("NOT_FOUND NOT_FOUND NOT_FOUND NOT_FOUND NOT_FOUND NOT_FOUND NOT_FOUND");
        assertThat(HooksOnProd.run(update, "as-bob").message()).as("he may deploy the project, and its own update is under way")
                .isEqualTo("FORBIDDEN FORBIDDEN FORBIDDEN NOT_FOUND CONFLICT done done");
        assertThat(world.deployer().records().bundlesInBrief("CHURN")).hasSize(3);
        assertThat(world.deployer().records().deployments()).hasSize(1);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Webapp;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bundle says as whom its web apps run, and is not believed. */
class WebAppUsersTest extends OnProd {

    @Test
    void without_a_policy_a_new_web_app_runs_as_the_deploying_user_and_not_as_the_bundle_says() {
        noPolicy();
        Update update = deployed("v1", "svc_hooks");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(update.plan().messages()).filteredOn(message -> message.code().equals("WEB_APP_DISTRUSTED"))
                .extracting(Message::text).singleElement().asString()
                .contains("steal").contains("svc_hooks").contains("svc_deploy").contains("webAppsRunAsUser");
        assertThat(steal().runAsUser()).isEqualTo("svc_deploy");
        assertThat(steal().restarts()).as("started with the bundle, and again as another").isEqualTo(2);
    }

    @Test
    void without_a_policy_a_web_app_goes_on_as_whom_the_node_had_it_run() {
        noPolicy();
        deployed("v1", null);
        steal().runAsUser("svc_run");

        deployed("v2", "svc_hooks");
        assertThat(steal().runAsUser()).isEqualTo("svc_run");

        Update same = deployed("v3", "svc_run");
        assertThat(steal().runAsUser()).as("%s", same.messages()).isEqualTo("svc_run");
    }

    @Test
    void with_a_policy_the_plan_says_that_the_bundle_names_somebody_else() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
        Update update = deployed("v1", "svc_hooks");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(update.plan().messages()).extracting(Message::code).contains("WEB_APP_DISTRUSTED");
        assertThat(steal().runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void a_first_deployment_that_is_rolled_back_leaves_no_web_app_running() {
        noPolicy();
        world.publish(running("v1", "svc_hooks"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("NOT_THERE")).onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(steal().isRunning()).isFalse();
    }

    private void noPolicy() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", null, null);
    }

    private Update deployed(String bundleId, String runAsUser) {
        world.publish(running(bundleId, runAsUser));
        return world.deploy(World.request("CHURN", bundleId, "prod"));
    }

    private Webapp steal() {
        return project().webapp("steal");
    }

    private static BundleZip running(String bundleId, String runAsUser) {
        return BundleZip.of("CHURN", bundleId).webapp("steal", definition -> {
            definition.put("runAsUser", runAsUser);
            ((ObjectNode) definition.withObject("/params")).put("autoStartBackend", true);
        });
    }
}

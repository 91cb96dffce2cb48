package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approver sees all that a plan changes, what it was and what it is to be, and nothing else. */
class PlanDifferenceTest {

    private World world;
    private Gated gated;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home);
        gated = new Gated(world, World.approvals(1, RELEASE));
        world.publish(BundleZip.of("CHURN", "v2").permission("churn-team", ProjectFlag.readProjectContent, ProjectFlag.runScenarios));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    private RequestView asked(DeployRequest.Builder request) {
        Update update = gated.ask(request);
        return gated.approvals().request(world.people().person("dave"), update.number());
    }

    private void deployed(DeployRequest.Builder request) {
        world.gate("Production", StageGate.OPEN);
        Update update = world.deploy(request);
        assertThat(update.isDeployed()).as("%s", update.messages()).isTrue();
        world.gate("Production", World.approvals(1, RELEASE));
    }

    @Test
    void of_what_is_new_everything_is_shown_with_who_gets_which_permissions() {
        world.policies("prod", PermissionsPropagation.ALL, "svc_deploy", null, null);

        RequestView seen = asked(World.request("CHURN", "v2", "prod"));

        assertThat(seen.differences()).containsExactlyInAnyOrder(
                new PlanDifference("bundle", null, "v2"),
                new PlanDifference("bundle SHA-256", null, seen.plan().bundleSha256()),
                new PlanDifference("permissions", null, "ALL"),
                new PlanDifference("deploying user", null, "svc_deploy"),
                new PlanDifference("owner", null, "svc_deploy"),
                new PlanDifference("permissions of user alice", null, "admin"),
                new PlanDifference("permissions of group churn-team", null, "readProjectContent, runScenarios"));
        assertThat(seen.wayBack()).isEqualTo("No bundle is active there: going back leaves the project with its scenarios off.");
    }

    @Test
    void of_what_is_there_settings_permissions_run_as_and_hooks_are_shown_where_they_change_and_the_bundle_to_go_back_to() {
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('')")),
                World.hook("stay", HookPhase.POST, World.executing("return HookResult.success('')")),
                World.hook("edit", HookPhase.POST, World.executing("return HookResult.success('one')")));
        deployed(World.request("CHURN", "v1", "prod").settings(new SettingsChange(
                null, null, null, null, null, Map.of("region", TextNode.valueOf("us")), null, true, null)));
        List<RequestView.HookSeen> before = RequestView.hooks(gated.update(1).plan());
        String shaBefore = gated.update(1).bundleSha256();
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", null);
        world.hooks("prod", World.hook("stay", HookPhase.POST, World.executing("return HookResult.success('')")),
                World.hook("edit", HookPhase.POST, World.executing("return HookResult.success('two')")));

        RequestView seen = asked(World.request("CHURN", "v2", "prod").settings(new SettingsChange(
                null, List.of(new Remap("sql-dev", "sql-prod")), null, null, null, Map.of("region", TextNode.valueOf("eu")), null, false, null)));

        assertThat(seen.differences()).containsExactlyInAnyOrder(
                new PlanDifference("bundle", "v1", "v2"),
                new PlanDifference("bundle SHA-256", shaBefore, seen.plan().bundleSha256()),
                new PlanDifference("setting variables", "{\"region\":\"us\"}", "{\"region\":\"eu\"}"),
                new PlanDifference("setting disableAutomaticTriggers", "true", null),
                new PlanDifference("setting connections", null, "sql-dev -> sql-prod"),
                new PlanDifference("renamed connections", null, "sql-dev -> sql-prod"),
                new PlanDifference("permissions", "NONE", "READ_ONLY"),
                new PlanDifference("scenarios run as", null, "svc_run"),
                new PlanDifference("hook tell", "POST, SHA-256 " + before.get(0).digest(), null),
                new PlanDifference("hook edit", "POST, SHA-256 " + before.get(2).digest(), "POST, SHA-256 " + seen.hooks().get(1).digest()));
        assertThat(seen.hooks().get(1).digest()).isNotEqualTo(before.get(2).digest());
        assertThat(seen.wayBack()).isEqualTo("node prod goes back to bundle v1.");
    }

    @Test
    void the_same_once_more_changes_nothing_unless_somebody_has_activated_another_on_the_node_itself() {
        deployed(World.request("CHURN", "v2", "prod"));
        deployed(World.request("CHURN", "v1", "prod"));
        RequestView seen = asked(World.request("CHURN", "v1", "prod"));
        assertThat(seen.differences()).isEmpty();

        world.deployer().abort(gated.update(seen.request().update()).request().key(), "alice");
        gated.end(gated.update(seen.request().update()));
        gated.activateByHand("v2");
        RequestView again = asked(World.request("CHURN", "v1", "prod"));
        assertThat(again.differences()).containsExactlyInAnyOrder(new PlanDifference("bundle", "v2", "v1"),
                new PlanDifference("bundle SHA-256", "not known", again.plan().bundleSha256()));
        assertThat(again.wayBack()).isEqualTo("node prod goes back to bundle v2.");
    }

    @Test
    void owner_and_permissions_are_shown_of_the_nodes_alone_on_which_the_project_is_new() {
        world.infrastructure("pair", "Development", 2).policies("pair", PermissionsPropagation.ALL, "svc_deploy", null, null)
                .change("pair", Gated::readable);
        assertThat(world.deploy(World.request("CHURN", "v2", "pair")).status()).isEqualTo(UpdateStatus.SUCCESS);
        world.node("pair-2").state().removeProject("CHURN");
        world.gate("Development", World.approvals(1, RELEASE));

        assertThat(asked(World.request("CHURN", "v2", "pair")).differences())
                .filteredOn(each -> each.after() != null && (each.what().startsWith("owner") || each.what().startsWith("permissions of")))
                .extracting(PlanDifference::what).containsExactlyInAnyOrder("owner on pair-2", "permissions of user alice on pair-2",
                        "permissions of group churn-team on pair-2");
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an update by its hooks, and what its record says of them. */
class HookUpdateTest extends HooksOnProd {

    @Test
    void the_record_says_which_text_ran_and_what_it_asked_the_node_for() {
        Hook asks = hook("asks", HookPhase.POST,
                "project = automation_client.get_project(deployed_project_key)",
                "project.set_variables(project.get_variables())",
                "try:",
                "    automation_client.get_project('GONE').get_variables()",
                "except Exception:",
                "    pass",
                "return HookResult.success()");
        Hook silent = hook("silent", HookPhase.PRE, "return HookResult.success()");
        world.hooks("prod", silent, asks);
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "silent").calls()).isEqualTo(new Update.Calls(List.of(), 0));
        assertThat(run(update, "asks").calls()).isEqualTo(new Update.Calls(List.of(
                new Update.Call("automation", "GET", "/projects/CHURN/variables/", 200),
                new Update.Call("automation", "PUT", "/projects/CHURN/variables/", 200),
                new Update.Call("automation", "GET", "/projects/GONE/variables/", 401)), 0));
        for (Hook hook : List.of(silent, asks)) {
            assertThat(run(update, hook.name()).digest()).isEqualTo(approved(hook));
        }
        world.restart();
        assertThat(world.deployer().records().update(update.number())).as("kept").contains(update);
    }

    /** What an administrator would have approved. */
    private String approved(Hook hook) {
        return HookRuns.text("prod", hook, world.configuration().codeEnvs()).digest();
    }

    @Test
    void a_pre_hook_that_says_no_stops_before_anything_is_touched() {
        world.hooks("prod", hook("first", HookPhase.PRE, "return HookResult.warning('look at this')"),
                hook("veto", HookPhase.PRE, "return HookResult.error('not on a Friday')"),
                hook("never", HookPhase.PRE, "return HookResult.success()"),
                hook("after", HookPhase.POST, "return HookResult.success()"));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::text)
                .contains("Hook veto of the infrastructure: not on a Friday. The deployment changed nothing on the node; mend what the"
                        + " hook names, or the hook, then deploy again.");
        assertThat(update.runs()).extracting(Update.Run::name).containsExactly("first", "veto");
        assertThat(update.phases()).extracting(Update.PhaseRun::phase).endsWith(Phase.PRE_HOOKS, Phase.REPORT);
        assertUntouched("prod", "CHURN");
    }

    @Test
    void a_query_that_is_no_query_is_refused_by_name() {
        world.hooks("prod", hook("asks", HookPhase.PRE, "automation_client._perform_json('GET', '/projects/?q=100%')"));
        Update update = deploy("CHURN", "prod");

        assertThat(run(update, "asks").message()).contains("\"100%\"", "not URL-encoded", "%25");
    }

    @Test
    void post_hooks_all_run_and_hear_of_the_failure_too() {
        world.hooks("prod", hook("raises", HookPhase.POST, "raise ValueError('mine')"),
                hook("nothing", HookPhase.POST, "pass"),
                hook("hears", HookPhase.POST, "return HookResult.success(deployment_report['status'] + ': '"
                        + " + ' / '.join(deployment_report['messages']))"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update failed = deploy("CHURN", "prod");

        assertThat(failed.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(failed.runs()).extracting(Update.Run::outcome).containsExactly("ERROR", "ERROR", "SUCCESS");
        assertThat(run(failed, "hears").message()).startsWith("ERROR: ").contains("No more disk");
        assertThat(run(failed, "raises").details()).contains("ValueError: mine").contains("Traceback");

        Update good = deploy("CHURN", "prod");
        assertThat(good.isDeployed()).isTrue();
        assertThat(good.status()).as("reported, and undoes nothing").isEqualTo(UpdateStatus.WARNING);
        assertThat(good.messages()).extracting(Message::code).contains("HOOK_ERROR");
        assertThat(run(good, "hears").message()).startsWith("SUCCESS: ");
    }

    @Test
    void a_text_that_nobody_has_approved_does_not_run() {
        world.approval(text -> {
            throw new HookNotApproved("Hook " + text.name() + " waits for approval");
        });
        world.hooks("prod", hook("new", HookPhase.PRE, "return HookResult.success()"));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).code()).isEqualTo("HOOK_NOT_APPROVED");
        assertThat(update.messages().get(0).text()).contains("Hook new waits for approval");
        assertUntouched("prod", "CHURN");
        assertThat(world.deployer().hookSlots().holders()).isEmpty();
    }
}

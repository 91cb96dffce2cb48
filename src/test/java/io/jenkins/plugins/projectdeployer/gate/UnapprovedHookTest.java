package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before anybody waits for a gate they are told of hooks that nobody has approved; that may be done while they wait. */
class UnapprovedHookTest {

    private final Set<String> approved = ConcurrentHashMap.newKeySet();
    private World world;
    private Gated gated;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).approval(text -> {
            if (!approved.contains(text.name())) {
                throw new HookNotApproved("Hook " + text.name() + " waits for approval");
            }
        });
        gated = new Gated(world, World.approvals(1, RELEASE));
        world.hooks("prod", World.hook("old", HookPhase.PRE, World.executing("return HookResult.success('')")),
                World.hook("new", HookPhase.POST, World.executing("return HookResult.success('')")));
        approved.add("old");
    }

    @AfterEach
    void close() {
        gated.close();
    }

    @Test
    void it_is_named_in_the_plan_of_a_dry_run_too() {
        Update planned = world.deploy(World.request("CHURN", "v1", "prod").dryRun(true));

        assertThat(planned.plan().messages()).extracting(Message::severity, Message::code, message -> message.text().split(" yet,")[0])
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Message.Severity.INFO, "HOOK_NOT_APPROVED", "Nobody has approved hook \"new\""));
        assertThat(world.lines()).anyMatch(line -> line.contains("Nobody has approved hook \"new\" yet"));
    }

    @Test
    void to_approve_it_meanwhile_voids_no_approval_of_the_update() {
        Update update = gated.ask();
        assertThat(gated.approvals().request(world.people().person("dave"), update.number()).plan().messages()).as("what approvers see")
                .extracting(Message::code).containsExactly("HOOK_NOT_APPROVED");
        approved.add("new");
        gated.approve("dave", update);

        Update end = gated.end(update);
        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(end.gate().votes()).hasSize(1);
    }
}

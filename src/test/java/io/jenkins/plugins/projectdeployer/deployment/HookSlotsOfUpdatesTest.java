package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Slots, limits and workers, which the hooks of all updates share. */
class HookSlotsOfUpdatesTest extends HooksOnProd {

    private static final HookLimits ONE_SLOT_SHORT_WAITS = new HookLimits(1, 1, 1, 600, null);

    @Test
    void three_hooks_of_parallel_updates_run_at_once_and_the_fourth_is_seen_waiting() {
        CountDownLatch latch = holdingServer();
        world.hookLimits(new HookLimits(3, 600, 600, 600, null)).hooks("prod", holding("hold", HookPhase.PRE));
        List<Update> updates = Stream.of("P1", "P2", "P3", "P4").map(project -> submit(project, "prod")).toList();

        patiently().until(() -> server.getRequestCount() == 3 && world.deployer().hookSlots().waiters().size() == 1);
        assertThat(world.deployer().hookSlots().holders()).hasSize(3);
        assertThat(world.deployer().hookSlots().waiters().get(0).ticket().describe()).contains("on prod by alice, hook hold");
        latch.countDown();
        for (Update update : updates) {
            assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        }
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(world.deployer().hookSlots().holders()).isEmpty();
    }

    @Test
    void a_hook_without_a_slot_fails_the_update_and_says_whether_the_bundle_is_active() {
        CountDownLatch latch = holdingServer();
        world.hookLimits(ONE_SLOT_SHORT_WAITS).hooks("prod", holding("hold", HookPhase.PRE));
        world.infrastructure("test", "Test").hooks("test", hook("check", HookPhase.PRE, "return HookResult.success()"));
        world.infrastructure("dev", "Development").hooks("dev", hook("tell", HookPhase.POST, "return HookResult.success()"));
        world.connections("test", new Remap("sql-dev", "sql-test"));
        Update holder = submit("CHURN", "prod");
        patiently().until(() -> server.getRequestCount() == 1);

        Update before = deploy("CHURN", "test");
        assertThat(before.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(before.messages()).extracting(Message::code).contains("NO_HOOK_SLOT");
        assertThat(before.messages().get(0).text())
                .contains("within 1 s", "CHURN on test by alice", "held by hooks of update " + holder.number() + ".", "The deployment changed nothing on the node.")
                .as("whoever sees this update need not see that one").doesNotContain("prod", "hook hold");
        assertUntouched("test", "CHURN");

        Update after = deploy("CHURN", "dev");
        assertThat(after.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(after.isDeployed()).isTrue();
        assertThat(world.node("dev").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(after.messages()).extracting(Message::text).anyMatch(text ->
                text.contains("No hook slot within 1 s") && text.contains("The bundle is active all the same."));

        latch.countDown();
        assertThat(world.await(holder).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(deploy("CHURN", "test").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_hook_of_the_built_in_engine_finds_a_worker_that_was_started_with_the_plan() {
        world.hooks("prod", new Hook("cold", HookPhase.PRE, World.executing("return HookResult.success()"), null, "bob", null));
        List<Integer> workersBeforeHooks = new CopyOnWriteArrayList<>();
        world.barrier(place -> {
            if (place.equals("before " + Phase.GATE)) {
                patiently().until(() -> workers() == 1);
            }
            if (place.equals("before " + Phase.PRE_HOOKS)) {
                workersBeforeHooks.add(workers());
            }
        });
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(workersBeforeHooks).as("one, although both plan and recheck ask for it").containsExactly(1);
    }

    @Test
    void no_worker_is_started_ahead_for_a_dry_run_or_for_hooks_that_need_none() {
        assumeTrue(python3().isPresent(), "no python3 on this machine");
        world.hooks("prod", hook("quick", HookPhase.PRE, "return HookResult.success()"));
        assertThat(deploy("CHURN", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
        world.hooks("prod", new Hook("cold", HookPhase.PRE, World.executing("return HookResult.success()"), null, "bob", null));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod").dryRun(true)).status()).isEqualTo(UpdateStatus.PLANNED);

        Awaitility.await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30)).until(() -> workers() == 0);
    }

    /** Processes that run a hook or wait for one. */
    private int workers() {
        return (int) ProcessHandle.current().descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .count();
    }

    @Test
    void more_slots_count_at_once_and_another_launcher_from_the_next_hook_on() {
        assumeTrue(python3().isPresent() && Files.isExecutable(Path.of("/usr/bin/env")), "no python3 or env on this machine");
        world.hookLimits(new HookLimits(1, 600, 600, 600, null));
        Hook tellsLauncher = hook("launcher", HookPhase.POST, "import os", "return HookResult.success(os.environ.get('BY', 'nobody'))");
        world.hooks("prod", holding("hold", HookPhase.PRE), tellsLauncher);
        CountDownLatch latch = holdingServer();
        Update first = submit("P1", "prod");
        patiently().until(() -> server.getRequestCount() == 1);
        Update second = submit("P2", "prod");
        patiently().until(() -> world.deployer().hookSlots().waiters().size() == 1);

        world.hookLimits(new HookLimits(2, 600, 600, 600, List.of("/usr/bin/env", "BY=launcher")));
        world.deployer().configurationSaved("admin");
        patiently().until(() -> server.getRequestCount() == 2);
        assertThat(world.deployer().hookSlots().permits()).isEqualTo(2);
        latch.countDown();
        world.await(first);
        assertThat(run(world.await(second), "launcher").message()).isEqualTo("launcher");
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hook that would never end is ended, its update says how far it came, and nobody waits for either any more. */
class EndlessHookTest extends OnProd {

    private static final String ENDLESS = "while True: pass";

    @BeforeEach
    void an_engine_whose_processes_tell_what_they_run() {
        assumeTrue(HooksOnProd.python3().isPresent(), "no python3 on this machine");
        world.codeEnv(new CodeEnv("py3", HooksOnProd.python3().orElseThrow().toString(), "admin", true, null));
    }

    @AfterEach
    void slot_and_process_are_free() {
        assertThat(world.deployer().hookSlots().holders()).isEmpty();
        assertThat(ProcessHandle.current().descendants()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(home.toString()) && !command.contains("jython"))).isEmpty();
    }

    private static Hook begun(HookPhase phase) {
        return HooksOnProd.hook("endless", phase, "open('begun', 'w').close()", ENDLESS);
    }

    /** Aborts as bob once the hook runs, and gives the end. */
    private Update abortedInHook() {
        world.publish(churn("v1"));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        patiently().until(this::hookHasBegun);
        world.deployer().abort(update.request().key(), "bob");
        Update ended = world.await(update);
        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(HooksOnProd.run(ended, "endless").message()).contains("aborted by bob");
        return ended;
    }

    private boolean hookHasBegun() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("hooks").resolve("workers"))) {
            return files.anyMatch(file -> file.endsWith("begun"));
        } catch (UncheckedIOException | NoSuchFileException e) {
            // The directory changes while it is walked.
            return false;
        }
    }

    private void assertUntouched() {
        assertThat(node().state().findProject("CHURN")).isEmpty();
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    @Test
    void an_abort_while_a_pre_hook_runs_leaves_the_node_untouched() {
        world.hooks("prod", begun(HookPhase.PRE));
        Update ended = abortedInHook();

        assertThat(ended.messages()).extracting(Message::text).anyMatch(text ->
                text.contains("ended by bob in phase pre-hooks") && text.contains("The deployment changed nothing on any node."));
        assertUntouched();
    }

    @Test
    void an_abort_while_a_post_hook_runs_says_that_the_bundle_is_active_and_begins_no_other_hook() {
        world.hooks("prod", begun(HookPhase.POST), HooksOnProd.hook("next", HookPhase.POST, "return HookResult.success()"));
        Update ended = abortedInHook();

        assertThat(ended.runs()).extracting(Update.Run::name).containsExactly("endless");
        assertThat(ended.isDeployed()).isTrue();
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(ended.messages()).extracting(Message::text).anyMatch(text ->
                text.contains("ended by bob in phase post-hooks") && text.contains("node prod has bundle v1 active, verify done"));
        world.hooks("prod");
        assertThat(deploy("v2").status()).as("nothing is held any more").isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void one_that_is_still_running_at_its_time_limit_is_killed() {
        world.hookLimits(new HookLimits(3, 10, 60, 1, null));
        world.hooks("prod", HooksOnProd.hook("endless", HookPhase.PRE, ENDLESS));
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).text()).contains("ran longer than its time limit of 1 s");
        assertUntouched();
    }
}

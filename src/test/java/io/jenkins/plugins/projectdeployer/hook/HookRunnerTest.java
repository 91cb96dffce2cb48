package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookRunnerTest {
    private static final String DONE = Hooks.executing("return HookResult.success('done')");
    private static final String ENDLESS = Hooks.executing("while True: pass");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_hook_gets_its_arguments_and_returns_its_result(String engine) throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(Hooks.hook(Hooks.engine(engine), "# coding: utf-8\n" + Hooks.executing(
                            "print(u'h\u00ebllo ' + requesting_user)",
                            "return HookResult.success(u'%s %s %s %s %s' % (requesting_user, deployment_id,"
                                    + " deployment_report, deploying_user, deployed_project_key))"))
                    .named("m\u00e9lange")
                    .arguments(new HookArguments("\u30e6\u30fc\u30b6", "CHURN-on-prod", null, "svc_deploy", "CHURN")));
            assertThat(outcome.message()).isEqualTo("\u30e6\u30fc\u30b6 CHURN-on-prod None svc_deploy CHURN");
            assertThat(outcome.status()).isEqualTo(HookStatus.SUCCESS);
            assertThat(outcome.ending()).isEqualTo(Ending.RETURNED);
            assertThat(outcome.output()).isEqualTo("h\u00ebllo \u30e6\u30fc\u30b6\n");
            assertThat(outcome.killed()).isEmpty();
            assertThat(outcome.duration()).isPositive();
        }
    }

    @Test
    void every_hook_has_a_process_a_directory_and_modules_of_its_own() throws Exception {
        String source = Hooks.executing(
                "import os, sys, json",
                "seen = hasattr(json, 'left_by_a_hook') or os.path.exists('left') or 'LEFT' in os.environ",
                "json.left_by_a_hook = True",
                "os.environ['LEFT'] = '1'",
                "open('left', 'w').close()",
                "return HookResult.success('%d %s %s' % (os.getpid(), os.getcwd() == os.environ['HOME'], seen))");
        try (Hooks hooks = new Hooks(directory)) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                told.add(hooks.run(Hooks.python3(), source).message());
            }
            assertThat(told).doesNotHaveDuplicates().allMatch(t -> t.endsWith(" True False"));
        }
    }

    @Test
    void a_starved_pre_hook_never_starts_and_names_the_holder() throws Exception {
        HookThrottle.Settings one = new HookThrottle.Settings(1, Duration.ofMillis(50), Duration.ofMinutes(1));
        try (Hooks hooks = new Hooks(Hooks.settings(directory), one, text -> {})) {
            HookExecution holder = hooks.runner.run(Hooks.hook(Hooks.python3(), ENDLESS).toRun(), () -> {});
            HookExecution starved = hooks.runner.run(
                    Hooks.hook(Hooks.python3(), DONE).named("late").toRun(), () -> {});
            assertThatThrownBy(() -> starved.outcome().get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(NoHookSlot.class)
                    .hasMessageContaining("All 1 are taken, held by hooks of update 41.");
            holder.abort("the test is over");
            assertThat(holder.outcome().get(30, TimeUnit.SECONDS).ending()).isEqualTo(Ending.ABORTED);
        }
    }

    @Test
    void a_hook_that_waits_can_be_aborted_and_leaves_the_queue() throws Exception {
        HookThrottle.Settings one = new HookThrottle.Settings(1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (Hooks hooks = new Hooks(Hooks.settings(directory), one, text -> {})) {
            HookExecution holder = hooks.runner.run(Hooks.hook(Hooks.python3(), ENDLESS).toRun(), () -> {});
            HookExecution waiting = hooks.runner.run(Hooks.hook(Hooks.python3(), DONE).toRun(), () -> {});
            waiting.abort("bob aborted update 41");
            HookOutcome outcome = waiting.outcome().get(30, TimeUnit.SECONDS);
            assertThat(outcome.ending()).isEqualTo(Ending.ABORTED);
            assertThat(outcome.message())
                    .isEqualTo("The pre-deployment hook notify was aborted while it waited: bob aborted update 41.");
            assertThat(hooks.throttle.snapshot().waiters()).isEmpty();
            holder.abort("the test is over");
            holder.outcome().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void at_most_three_processes_run_at_once() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            List<HookExecution> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(hooks.runner.run(Hooks.hook(Hooks.python3(), ENDLESS).toRun(), () -> {}));
            }
            Awaitility.await().until(() -> running(directory) == 3);
            assertThat(hooks.throttle.snapshot().waiters()).hasSize(2);
            all.forEach(e -> e.abort("the test is over"));
            for (HookExecution execution : all) {
                execution.outcome().get(30, TimeUnit.SECONDS);
            }
            assertThat(running(directory)).isZero();
        }
    }

    @Test
    void closing_ends_every_hook_with_its_process() throws Exception {
        HookExecution running;
        try (Hooks hooks = new Hooks(directory)) {
            running = hooks.runner.run(Hooks.hook(Hooks.python3(), ENDLESS).toRun(), () -> {});
            Awaitility.await().until(() -> running(directory) == 1);
        }
        assertThat(running.outcome()).isCompletedWithValueMatching(o -> o.ending() == Ending.ABORTED);
        assertThat(running(directory)).isZero();
    }

    private static long running(Path directory) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(directory.toString()))
                .count();
    }

    @Test
    void a_text_that_nobody_approved_does_not_run_and_frees_its_slot() throws Exception {
        AtomicReference<HookText> asked = new AtomicReference<>();
        HookApproval never = text -> {
            asked.set(text);
            throw new HookNotApproved("Hook notify waits for approval");
        };
        try (Hooks hooks = new Hooks(Hooks.settings(directory), HookThrottle.Settings.DEFAULT, never)) {
            Path trace = directory.resolve("ran");
            HookRun run = Hooks.hook(Hooks.python3(), "open('%s', 'w').close()\n".formatted(trace) + DONE).toRun();
            assertThatThrownBy(() -> hooks.runner.run(run, () -> {}).outcome().get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(HookNotApproved.class);
            assertThat(asked.get()).isSameAs(run.text());
            assertThat(trace).doesNotExist();
            assertThat(hooks.throttle.snapshot().holders()).isEmpty();
        }
    }

    @Test
    void an_interpreter_that_is_not_there_is_named() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(new HookEngine.Python3("py311", Path.of("/nowhere/python")), DONE);
            assertThat(outcome.ending()).isEqualTo(Ending.NOT_STARTED);
            assertThat(outcome.message())
                    .startsWith("The pre-deployment hook notify could not be started with the code env py311"
                            + " (/nowhere/python): ");
            assertThat(hooks.throttle.snapshot().holders()).isEmpty();
            assertNothingOnDisk();
        }
    }

    @Test
    void an_interpreter_that_is_something_else_tells_what_it_said() throws Exception {
        Path script = directory.resolve("python");
        Files.writeString(script, "#!/bin/sh\necho this is no python >&2\nexit 4\n");
        script.toFile().setExecutable(true);
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(new HookEngine.Python3("odd", script), DONE);
            assertThat(outcome.ending()).isEqualTo(Ending.NOT_STARTED);
            assertThat(outcome.message())
                    .isEqualTo("The pre-deployment hook notify ended with exit code 4 before it was ready."
                            + " It said: this is no python.");
            assertNothingOnDisk();
        }
    }

    @Test
    void an_interpreter_that_never_answers_is_given_up() throws Exception {
        Path script = directory.resolve("python");
        Files.writeString(script, "#!/bin/sh\nexec sleep 1000\n");
        script.toFile().setExecutable(true);
        HookWorkerSettings settings = Hooks.settings(directory).withStartLimit(Duration.ofMillis(300));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            HookOutcome outcome = hooks.run(new HookEngine.Python3("mute", script), DONE);
            assertThat(outcome.ending()).isEqualTo(Ending.NOT_STARTED);
            assertThat(outcome.message())
                    .isEqualTo("The pre-deployment hook notify did not start within 300 ms.");
        }
    }

    @Test
    void a_launcher_is_put_before_the_interpreter() throws Exception {
        HookWorkerSettings settings = Hooks.settings(directory).withLauncher(List.of("/usr/bin/env", "LAUNCHED=yes"));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            HookOutcome outcome = hooks.run(
                    Hooks.python3(),
                    Hooks.executing("import os", "return HookResult.success(os.environ['LAUNCHED'])"));
            assertThat(outcome.message()).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"return HookResult.success('done')", "while True: pass"})
    void a_launcher_that_stays_is_no_process_that_the_hook_left(String body) throws Exception {
        Path launcher = directory.resolve("launcher");
        Files.writeString(launcher, "#!/bin/sh\n\"$@\"\n");
        launcher.toFile().setExecutable(true);
        HookWorkerSettings settings = Hooks.settings(directory).withLauncher(List.of(launcher.toString()));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            HookOutcome outcome = hooks.run(Hooks.hook(Hooks.python3(), Hooks.executing(body)).limit(Duration.ofSeconds(1)));
            assertThat(outcome.status()).isEqualTo(body.startsWith("return") ? HookStatus.SUCCESS : HookStatus.ERROR);
            assertThat(outcome.killed()).isEmpty();
            assertThat(running(directory)).isZero();
        }
    }

    private void assertNothingOnDisk() throws Exception {
        try (Stream<Path> left = Files.list(directory.resolve("workers"))) {
            assertThat(left).isEmpty();
        }
    }
}

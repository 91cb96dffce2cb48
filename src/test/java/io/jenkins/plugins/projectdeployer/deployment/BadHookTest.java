package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks that do not compile, do not end, or do not clean up. */
class BadHookTest extends NothingLeftBehind {

    private static final String PYTHON3 = "python3";
    private static final String JYTHON = "jython";

    private boolean jython;

    @Override
    boolean ranJython() {
        return jython;
    }

    /** The engine, the hook's line, and what is said of it. */
    static Stream<Arguments> hooks() {
        return Stream.of(
                Arguments.of(PYTHON3, "return HookResult.success(", "does not compile"),
                Arguments.of(PYTHON3, "while True: pass", "ran longer than its time limit of 2 s"),
                Arguments.of(JYTHON, "while True: pass", "ran longer than its time limit of 2 s"),
                Arguments.of(PYTHON3, "7**(10**8)", "ran longer than its time limit of 2 s"),
                Arguments.of(JYTHON, "7**(10**8)", "ran longer than its time limit of 2 s"),
                Arguments.of(PYTHON3, "import os; os.closerange(0, 256); 1/0", "before it returned a result"),
                Arguments.of(PYTHON3, "1/0", "ZeroDivisionError"),
                Arguments.of(JYTHON, "1/0", "ZeroDivisionError"),
                Arguments.of(PYTHON3, "pass", "returned"),
                Arguments.of(JYTHON, "pass", "returned"));
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void a_hook_that_does_not_end_well_stops_the_update(String engine, String body, String words) {
        world.hookLimits(new HookLimits(3, 60, 60, 2, null)).hooks("prod", hook(engine, HookPhase.PRE, body));
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).text()).startsWith("Hook odd of the infrastructure: ").containsIgnoringCase(words);
        assertOneSentence(update.messages().get(0).text());
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PYTHON3, JYTHON})
    void a_hook_that_prints_without_end_or_leaves_processes_is_bounded_and_cleaned_up(String engine) {
        world.hooks("prod", hook(engine, HookPhase.PRE, "for i in range(1600): print('x' * 65535)", "return HookResult.success('done')"),
                new Hook("forks", HookPhase.POST, World.executing(
                        "import subprocess",
                        "subprocess.Popen(['/bin/sleep', '1000'])",
                        // Jython may wait for the end of what such a child writes, and with it for the child.
                        "subprocess.call(['/bin/sh', '-c', 'setsid sleep 1000 </dev/null >/dev/null 2>&1 &'])",
                        "return HookResult.success('fine')"), codeEnv(engine), "bob", null));
        Update update = deploy("v1");

        assertThat(update.isDeployed()).isTrue();
        assertThat(update.status()).as("processes were left").isEqualTo(UpdateStatus.WARNING);
        assertThat(update.runs().get(0).outcome()).isEqualTo("SUCCESS");
        assertThat(update.runs().get(0).details().length()).isLessThan(70_000);
        assertThat(update.runs().get(1).message()).contains("left processes running, which were ended: ").contains("sleep");
    }

    private Hook hook(String engine, HookPhase phase, String... lines) {
        return new Hook("odd", phase, World.executing(lines), codeEnv(engine), "bob", null);
    }

    /** None for the engine that is built in. */
    private String codeEnv(String engine) {
        if (engine.equals(JYTHON)) {
            jython = true;
            return null;
        }
        Optional<Path> python = HooksOnProd.python3();
        assumeTrue(python.isPresent(), "no python3 on this machine");
        if (world.configuration().codeEnv("py3").isEmpty()) {
            world.codeEnv(new CodeEnv("py3", python.get().toString(), "admin", true, null));
        }
        return "py3";
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a hook does, it ends in one clear sentence and frees slot, process and files. */
class HostileHookTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeEach
    void open() throws Exception {
        hooks = new Hooks(directory);
    }

    /** After every hook: nothing held, nothing on disk, no process. */
    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(hooks.throttle.snapshot().holders()).isEmpty();
        try (Stream<Path> left = Files.list(directory.resolve("workers"))) {
            assertThat(left).isEmpty();
        }
        assertThat(ProcessHandle.allProcesses().filter(this::isOfThisTest)).isEmpty();
        hooks.close();
    }

    /** By its environment where that can be read: daemons have no telling command line. */
    private boolean isOfThisTest(ProcessHandle process) {
        String told = process.info().commandLine().orElse("");
        try {
            told += Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return told.contains(directory + "/program"); // gone, or no such file system here
        }
        return told.contains("HOME=" + directory) || told.contains(directory + "/program");
    }

    @ParameterizedTest
    @CsvSource({
        "python3, 'while True: pass'",
        "jython,  'x = 7**(10**8)'",
        "python3, 'x = 7**(10**8)'",
        "python3, 'import re; re.match(\"(a+)+$\", \"a\" * 40 + \"b\")'",
        "python3, 'import time; time.sleep(1000)'"
    })
    void a_hook_without_end_is_killed_at_its_time_limit(String engine, String body) throws Exception {
        HookOutcome outcome = hooks.run(Hooks.hook(Hooks.engine(engine), Hooks.executing("print('begun')", body))
                .limit(SHORT));
        assertThat(outcome.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(outcome.message())
                .isEqualTo("The pre-deployment hook notify ran longer than its time limit of 700 ms.");
        assertThat(outcome.output()).isEqualTo("begun\n");
    }

    @Test
    void a_loop_that_swallows_every_exception_is_killed() throws Exception {
        String source = Hooks.executing("while True:", "    try:", "        while True: pass", "    except:", "        pass");
        assertThat(hooks.run(Hooks.hook(Hooks.python3(), source).limit(SHORT)).ending())
                .isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void a_running_hook_can_be_aborted() throws Exception {
        HookExecution execution = hooks.runner.run(
                Hooks.hook(Hooks.python3(), Hooks.executing("while True: pass")).toRun(), () -> {});
        Awaitility.await().until(() -> hooks.throttle.snapshot().holders().size() == 1);
        execution.abort("update 41 was aborted by alice");
        HookOutcome outcome = execution.outcome().get(30, TimeUnit.SECONDS);
        assertThat(outcome.ending()).isEqualTo(Ending.ABORTED);
        assertThat(outcome.message())
                .isEqualTo("The pre-deployment hook notify was aborted: update 41 was aborted by alice.");
    }

    @ParameterizedTest
    @CsvSource({"jython, 10", "python3, 100"})
    void endless_output_is_counted_and_a_huge_message_is_cut(String engine, int mebibytes) throws Exception {
        HookOutcome outcome = hooks.run(Hooks.engine(engine), Hooks.executing(
                "for i in range(%d * 16):".formatted(mebibytes),
                "    print('x' * 65535)",
                "return HookResult.success(u'\\u00eb' * (4 * 1024 * 1024))"));
        assertThat(outcome.status()).isEqualTo(HookStatus.SUCCESS);
        assertThat(outcome.message()).hasSizeLessThan(70_000).contains("characters left out");
        assertThat(outcome.output()).hasSize(1 << 20);
        assertThat(outcome.outputLeftOut()).isEqualTo((mebibytes - 1L) << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void too_much_memory_ends_the_hook_and_not_the_controller(String engine) throws Exception {
        hooks.close();
        HookWorkerSettings settings = Hooks.settings(directory).withMemory(64, 256);
        hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {});
        HookOutcome outcome = hooks.run(
                Hooks.engine(engine), Hooks.executing("x = []", "while True:", "    x.append('y%d' % len(x) * 100000)"));
        assertThat(outcome.status()).isEqualTo(HookStatus.ERROR);
        assertThat(outcome.message()).containsIgnoringCase(engine.equals("jython") ? "out of memory" : "MemoryError");
    }

    @ParameterizedTest
    @CsvSource({
        "python3, 'import os; os._exit(0)', 'ended with exit code 0 before it returned a result'",
        "python3, 'import os; os.kill(os.getpid(), 9)', 'ended by signal 9'",
        "python3, 'import ctypes; ctypes.string_at(0)', 'ended by signal 11'",
        "python3, 'import os; os.closerange(0, 256); 1/0', 'before it returned a result'",
    })
    void a_worker_that_dies_is_an_error(String engine, String body, String message) throws Exception {
        HookOutcome outcome = hooks.run(Hooks.engine(engine), Hooks.executing(body));
        assertThat(outcome.ending()).isEqualTo(Ending.DIED);
        assertThat(outcome.message()).startsWith("The pre-deployment hook notify ").contains(message);
    }

    @Test
    void a_hook_that_reads_and_closes_its_streams_still_gives_its_result() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import sys",
                "read = repr(sys.stdin.read()) + repr(sys.stdin.readline())",
                "sys.stdin.close(); sys.stdout.close(); sys.stderr.close()",
                "return HookResult.success(read)"));
        assertThat(outcome.message()).isEqualTo("''''");
    }

    @Test
    void a_hook_that_closes_its_descriptors_still_gives_its_result() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import os", "os.close(0); os.close(1); os.close(2)", "return HookResult.success('still here')"));
        assertThat(outcome.message()).isEqualTo("still here");
    }

    @Test
    void what_a_child_or_c_code_prints_is_output_and_never_protocol() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import os, subprocess, sys",
                "os.write(1, b'raw ')",
                "subprocess.call(['/bin/sh', '-c', 'echo child'])",
                "sys.__stdout__.write('original\\n')",
                "return HookResult.success('ok')"));
        assertThat(outcome.message()).isEqualTo("ok");
        assertThat(outcome.output()).contains("raw child\n").contains("original\n");
    }

    @Test
    void what_a_child_of_jython_prints_or_the_hook_closes_never_touches_the_protocol() throws Exception {
        HookOutcome outcome = hooks.run(HookEngine.JYTHON, Hooks.executing(
                "import subprocess, os, sys",
                "read = repr(sys.stdin.read()) + repr(sys.stdin.readline())",
                "subprocess.call(['/bin/sh', '-c', 'echo child; echo fault >&2'])",
                "os.system('echo system')",
                "from java.lang import ProcessBuilder, System",
                "System.out.println('java')",
                "b = ProcessBuilder(['/bin/sh', '-c', 'printf unfinished'])",
                "b.inheritIO().start().waitFor()",
                "sys.stdin.close(); sys.stdout.close(); sys.stderr.close()",
                "return HookResult.success(read)"));
        assertThat(outcome.message()).isEqualTo("''''");
        assertThat(outcome.output()).contains("child\n", "fault\n", "system\n", "java\n", "unfinished\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void threads_processes_and_daemons_left_behind_are_ended_and_reported(String engine) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")), "/proc/self/environ");
        assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "/usr/bin/setsid");
        HookOutcome outcome = hooks.run(Hooks.engine(engine), Hooks.executing(
                "import subprocess, threading, time",
                "threading.Thread(target=time.sleep, args=(1000,)).start()",
                "subprocess.Popen(['/bin/sleep', '1000'])",
                // With output of their own: Jython's call waits for whoever still holds the one that it reads.
                "subprocess.call(['/bin/sh', '-c', 'for i in 1 2; do setsid sleep 1000 >/dev/null 2>&1 & done; sleep 1'])",
                "return HookResult.success('fine')"));
        assertThat(outcome.status()).isEqualTo(HookStatus.WARNING);
        assertThat(outcome.killed()).hasSize(3);
        assertThat(outcome.message()).startsWith("fine The hook left processes running, which were ended: ");
    }

    @Test
    void a_daemon_with_an_empty_environment_is_ended() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")), "/proc/self/environ");
        assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "/usr/bin/setsid");
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import subprocess",
                "subprocess.call(['/bin/sh', '-c', 'env -i /usr/bin/setsid /bin/sleep 1000 &'])",
                "return HookResult.success('fine')"));
        assertThat(outcome.killed()).hasSize(1);
    }

    @Test
    void a_hook_that_forks_itself_is_ended_with_all_its_forks() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.hook(
                        Hooks.python3(),
                        Hooks.executing("import os, time", "for i in range(6): os.fork()", "time.sleep(1000)"))
                .limit(Duration.ofSeconds(2)));
        assertThat(outcome.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(outcome.killed()).hasSize(63);
    }

    @Test
    void a_slot_is_free_only_when_all_that_came_of_its_hook_is_gone() throws Exception {
        hooks.close();
        List<String> left = new CopyOnWriteArrayList<>();
        // Asked the moment that a hook has its slot, before anything is started for it.
        hooks = new Hooks(Hooks.settings(directory), new HookThrottle.Settings(1, Hooks.PATIENCE, Hooks.PATIENCE), text -> {
            if (text.name().equals("next")) {
                ProcessHandle.allProcesses().filter(this::isOfThisTest).forEach(process -> left.add(process.toString()));
                left.addAll(List.of(directory.resolve("workers").toFile().list()));
            }
        });
        HookExecution forks = hooks.runner.run(Hooks.hook(
                        Hooks.python3(),
                        Hooks.executing("import os, time", "for i in range(6): os.fork()", "time.sleep(1000)"))
                .limit(Duration.ofSeconds(1)).toRun(), () -> {});
        HookExecution next = hooks.runner.run(
                Hooks.hook(Hooks.python3(), Hooks.executing("return HookResult.success('mine')")).named("next").toRun(), () -> {});

        assertThat(next.outcome().get(Hooks.PATIENCE.toSeconds(), TimeUnit.SECONDS).message()).isEqualTo("mine");
        assertThat(forks.outcome().get().killed()).isNotEmpty();
        assertThat(left).isEmpty();
    }

    @Test
    void a_process_that_flees_from_id_to_id_is_caught() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import os, time",
                "if os.fork() == 0:",
                "    for i in range(3000):",
                "        time.sleep(0.0003)",
                "        if os.fork(): os._exit(0)",
                "    time.sleep(1000)",
                "return HookResult.success('fine')"));
        assertThat(outcome.message()).startsWith("fine");
    }

    @Test
    void a_fork_cannot_use_the_clients() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import os",
                "if os.fork() == 0:",
                "    try: automation_client.list_project_keys()",
                "    except RuntimeError as e: print(e)",
                "    os._exit(0)",
                "os.wait()",
                "return HookResult.success('parent')"));
        assertThat(outcome.message()).isEqualTo("parent");
        assertThat(outcome.output()).contains("work in the hook's own process alone");
    }

    @Test
    void output_that_is_no_text_is_shown_with_replacements() throws Exception {
        HookOutcome outcome = hooks.run(
                Hooks.python3(),
                Hooks.executing("import os", "os.write(2, b'a\\xff\\xfeb')", "return HookResult.success('ok')"));
        assertThat(outcome.output()).isEqualTo("a\ufffd\ufffdb");
    }

    @Test
    void files_without_rights_do_not_keep_the_directory() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.python3(), Hooks.executing(
                "import os",
                "os.makedirs('a/b')",
                "open('a/b/c', 'w').close()",
                "os.chmod('a/b', 0)",
                "os.chmod('a', 0)",
                "return HookResult.success(os.environ['HOME'])"));
        assertThat(Path.of(outcome.message())).doesNotExist();
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HookWorkersTest {
    private static final String PID = Hooks.executing("import os", "return HookResult.success(str(os.getpid()))");

    @TempDir
    Path directory;

    @Test
    void a_spare_runs_one_hook_and_the_next_hook_gets_another() throws Exception {
        HookWorkerSettings settings = Hooks.settings(directory).withSpareIdle(Duration.ofMinutes(10));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            hooks.runner.prepare(HookEngine.JYTHON);
            Awaitility.await().until(() -> hooks.workers.spare().isPresent());
            long first = hooks.workers.spare().orElseThrow().pid();
            HookOutcome outcome = hooks.run(HookEngine.JYTHON, PID);
            assertThat(outcome.message()).isEqualTo(String.valueOf(first));
            assertThat(ProcessHandle.of(first)).isEmpty();
            Awaitility.await().until(() -> hooks.workers.spare().isPresent());
            assertThat(hooks.workers.spare().orElseThrow().pid()).isNotEqualTo(first);
            long second = hooks.workers.spare().orElseThrow().pid();
            hooks.workers.close();
            assertThat(ProcessHandle.of(second)).isEmpty();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void a_spare_that_has_died_meanwhile_costs_no_hook() throws Exception {
        HookWorkerSettings settings = Hooks.settings(directory).withSpareIdle(Duration.ofMinutes(10));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            hooks.runner.prepare(HookEngine.JYTHON);
            Awaitility.await().until(() -> hooks.workers.spare().isPresent());
            ProcessHandle spare = ProcessHandle.of(hooks.workers.spare().orElseThrow().pid()).orElseThrow();
            spare.destroyForcibly();
            spare.onExit().get(30, TimeUnit.SECONDS);
            assertThat(hooks.run(HookEngine.JYTHON, PID).status()).isEqualTo(HookStatus.SUCCESS);
        }
    }

    @Test
    void an_idle_spare_is_ended() throws Exception {
        HookWorkerSettings settings = Hooks.settings(directory).withSpareIdle(Duration.ofMillis(200));
        try (HookWorkers workers = new HookWorkers(settings)) {
            workers.warmUp();
            Awaitility.await().until(() -> workers.spare().isPresent());
            Awaitility.await().until(() -> workers.spare().isEmpty());
            Awaitility.await().until(() -> files().isEmpty());
        }
    }

    @Test
    void without_a_wish_for_it_there_is_no_spare() throws Exception {
        try (HookWorkers workers = new HookWorkers(Hooks.settings(directory).withSpareIdle(Duration.ZERO))) {
            workers.warmUp();
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> workers.spare().isEmpty());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_worker_s_directory_is_for_nobody_else_to_read() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(
                    Hooks.python3(),
                    Hooks.executing("import os", "return HookResult.success(oct(os.stat(os.environ['HOME']).st_mode & 511))"));
            assertThat(outcome.message()).isEqualTo("0o700");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("workers"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void the_sweep_leaves_the_workers_of_a_living_controller_alone() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookExecution running = hooks.runner.run(
                    Hooks.hook(Hooks.python3(), Hooks.executing("while True: pass")).toRun(), () -> {});
            Awaitility.await().until(() -> !files().isEmpty());
            try (HookWorkers second = new HookWorkers(Hooks.settings(directory))) {
                assertThat(second.sweep()).isEmpty();
            }
            assertThat(running.outcome()).isNotDone();
            running.abort("the test is over");
            running.outcome().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_sweep_ends_what_an_earlier_life_of_this_process_left() throws Exception {
        try (HookWorkers workers = new HookWorkers(Hooks.settings(directory))) {
            Process left = new ProcessBuilder("sleep", "1000").start();
            String cookie = "0123456789abcdef0123456789abcdef";
            Path home = Files.createDirectory(directory.resolve("workers").resolve(cookie));
            Files.writeString(home.resolve("file"), "x");
            new WorkerRecord(
                            directory.resolve("workers").resolve(cookie + WorkerRecord.SUFFIX),
                            cookie,
                            home,
                            WorkerRecord.Process.of(left.toHandle()),
                            WorkerRecord.Process.of(ProcessHandle.current()),
                            "an earlier life")
                    .write();
            workers.sweep();
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void the_sweep_does_not_end_a_process_that_got_the_number_later() throws Exception {
        try (HookWorkers workers = new HookWorkers(Hooks.settings(directory))) {
            Process innocent = new ProcessBuilder("sleep", "1000").start();
            String cookie = "0123456789abcdef0123456789abcdef";
            new WorkerRecord(
                            directory.resolve("workers").resolve(cookie + WorkerRecord.SUFFIX),
                            cookie,
                            directory.resolve("workers").resolve(cookie),
                            new WorkerRecord.Process(innocent.pid(), Instant.parse("2020-01-01T00:00:00Z")),
                            new WorkerRecord.Process(innocent.pid(), Instant.parse("2020-01-01T00:00:00Z")),
                            "another")
                    .write();
            assertThat(workers.sweep()).isEmpty();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(files()).isEmpty();
            innocent.destroyForcibly();
        }
    }

    @Test
    void the_sweep_deletes_an_old_directory_that_nobody_claims() throws Exception {
        try (HookWorkers workers = new HookWorkers(Hooks.settings(directory))) {
            Path old = Files.createDirectory(directory.resolve("workers").resolve("0123456789abcdef0123456789abcdef"));
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            Path fresh = Files.createDirectory(directory.resolve("workers").resolve("f123456789abcdef0123456789abcdef"));
            workers.sweep();
            assertThat(files()).containsExactly(fresh);
        }
    }

    @Test
    void a_record_that_is_none_harms_nothing() throws Exception {
        try (HookWorkers workers = new HookWorkers(Hooks.settings(directory))) {
            Files.writeString(directory.resolve("workers").resolve("x" + WorkerRecord.SUFFIX), "{\"cookie\":\"../..\"}");
            assertThat(workers.sweep()).isEmpty();
            assertThat(directory).exists();
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("workers"))) {
            return files.toList();
        }
    }
}

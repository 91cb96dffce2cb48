package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kill -9 of the controller while a hook hangs: the worker ends by itself, the next start clears away the rest. */
class ControllerDeathTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"python3, 'import time; time.sleep(1000)'", "python3, 'x = 7**(10**8)'", "jython, 'x = 7**(10**8)'"})
    void a_worker_does_not_outlive_its_controller(String engine, String body) throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "/usr/bin/setsid");
        Hooks.engine(engine);
        Path away = directory.resolve("away");
        Path begun = directory.resolve("begun");
        Process controller = start(engine, Hooks.executing(
                "import os, subprocess, time",
                // Until it has a session of its own, it dies with the worker.
                "subprocess.call(['/bin/sh', '-c', 'setsid sh -c \\'touch %s; exec sleep 1000\\' > /dev/null 2>&1 &'])".formatted(away),
                "while not os.path.exists('%s'): time.sleep(0.01)".formatted(away),
                "open('%s', 'w').close()".formatted(begun),
                body));
        ProcessHandle worker;
        try {
            Awaitility.await().atMost(Hooks.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(begun));
            worker = worker().orElseThrow();
        } finally {
            controller.destroyForcibly();
        }
        controller.waitFor();
        worker.onExit().get(30, TimeUnit.SECONDS);
        try (HookWorkers next = new HookWorkers(Hooks.settings(directory))) {
            List<String> ended = next.sweep();
            if (Files.exists(Path.of("/proc/self/environ"))) {
                assertThat(ended).singleElement().asString().contains("that a dead controller left: sleep (");
            }
            try (Stream<Path> left = Files.list(directory.resolve("workers"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    private Optional<ProcessHandle> worker() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("workers"))) {
            Path file = files.filter(f -> f.toString().endsWith(WorkerRecord.SUFFIX)).findFirst().orElseThrow();
            return WorkerRecord.read(file).worker().running();
        }
    }

    private Process start(String engine, String text) throws Exception {
        return new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedController.class.getName(),
                        directory.toString(),
                        engine,
                        text)
                .inheritIO()
                .start();
    }
}

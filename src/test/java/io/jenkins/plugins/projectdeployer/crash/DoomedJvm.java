package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A JVM that will be killed with -9, and what it says until then. */
final class DoomedJvm implements AutoCloseable {

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param last tells of each line, as it comes, whether the JVM is killed then and there */
    DoomedJvm(Class<?> main, List<String> arguments, Predicate<String> last) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(() -> read(last), "lines of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Predicate<String> last) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (last.test(line)) {
                    destroy();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said enough; fails where nothing more will come. */
    void awaits(Predicate<List<String>> enough) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            if (reader.isAlive()) {
                assertThat(enough.test(lines)).as("enough in %s", lines).isTrue();
            }
        });
        assertThat(enough.test(lines)).as("enough in %s", lines).isTrue();
    }

    private void destroy() {
        // By its handle: Process.destroyForcibly would also close what is left to read.
        process.toHandle().destroyForcibly();
    }

    void kill() throws InterruptedException {
        destroy();
        lines();
    }

    /** All that it said, once it is dead. */
    List<String> lines() throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("dead").isTrue();
        reader.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(reader.isAlive()).as("more to read from the dead").isFalse();
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Where a thread of such a JVM stops. */
    static void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

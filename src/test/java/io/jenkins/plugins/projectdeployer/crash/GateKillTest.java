package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A controller is killed with -9 while people decide. What was acknowledged is never lost, and nobody counts twice. */
class GateKillTest {

    @TempDir
    Path home;

    private EmbeddedNode node;
    private final Set<String> acknowledged = new TreeSet<>();

    @BeforeEach
    void start() {
        node = EmbeddedNode.builder().nodeId("prod").world(state -> DemoWorld.stage(state, "prod")).start();
        try (World world = new World(home)) {
            world.publish(BundleZip.of("CHURN", "v1"));
        }
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void killed_at_any_moment_of_deciding_it_goes_on_with_every_acknowledged_approval_once() throws Exception {
        Random random = new Random();
        for (int round = 0; round < 4; round++) {
            run("-", 1 + random.nextInt(5));
        }
        assertThat(node.state().findProject("CHURN")).as("not enough have agreed").isEmpty();
        String end = run("-", Integer.MAX_VALUE);

        assertThat(end).startsWith("END SUCCESS ");
        List<String> counted = Arrays.asList(end.substring("END SUCCESS ".length()).split(","));
        assertThat(counted).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(GateController.NEEDED).containsAll(acknowledged);
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before GATE", "passed GATE", "in GATE", "before RECHECK", "in RECHECK"})
    void killed_around_the_end_of_the_wait_it_goes_on_once(String barrier) throws Exception {
        assertThat(run(barrier, Integer.MAX_VALUE)).isEqualTo("AT " + barrier);
        String end = run("-", Integer.MAX_VALUE);

        assertThat(end).startsWith("END SUCCESS ");
        assertThat(Arrays.asList(end.substring("END SUCCESS ".length()).split(","))).doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(GateController.NEEDED);
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    /**
     * Starts a controller and kills it once it has acknowledged so many, has stopped at its barrier, or has come to the end.
     *
     * @return the last line
     */
    private String run(String barrier, int acks) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                        "-cp", System.getProperty("java.class.path"),
                        GateController.class.getName(), home.toString(), node.url(), node.key(), barrier))
                .redirectErrorStream(true)
                .start();
        Set<String> now = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        String last = null;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                all.append(line).append('\n');
                if (line.startsWith("VOTES ") && !acknowledged.isEmpty() && !line.equals("VOTES none")) {
                    assertThat(Arrays.asList(line.substring(6).split(","))).as("after the kill").doesNotHaveDuplicates()
                            .containsAll(acknowledged);
                }
                if (line.startsWith("ACK ")) {
                    acknowledged.add(line.substring(4));
                    now.add(line);
                }
                if (line.startsWith("END ") || line.startsWith("AT ")) {
                    last = line;
                }
                if (now.size() >= acks || line.startsWith("AT ")) {
                    // By its handle: Process.destroyForcibly would also close what is left to read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(last != null || acks < Integer.MAX_VALUE).as(all.toString()).isTrue();
        return last;
    }
}

package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
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
            int acks = 1 + random.nextInt(5);
            Set<String> now = new HashSet<>();
            killed(Site.NONE, line -> line.startsWith("ACK ") && now.add(line) && now.size() == acks);
            assertThat(now).hasSizeGreaterThanOrEqualTo(acks);
        }
        assertThat(node.state().findProject("CHURN")).as("not enough have agreed").isEmpty();

        assertThat(goesOn()).hasSizeGreaterThanOrEqualTo(GateController.NEEDED).containsAll(acknowledged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before GATE", "passed GATE", "in GATE", "before RECHECK", "in RECHECK"})
    void killed_around_the_end_of_the_wait_it_goes_on_once(String barrier) throws Exception {
        assertThat(killed(barrier, line -> line.equals("AT " + barrier))).contains("AT " + barrier);

        assertThat(goesOn()).hasSizeGreaterThanOrEqualTo(GateController.NEEDED);
    }

    /** What a controller said until it was killed at such a line. */
    private List<String> killed(String barrier, Predicate<String> last) throws Exception {
        List<String> arguments = List.of(home.toString(), node.url(), node.key(), barrier);
        try (DoomedJvm jvm = new DoomedJvm(GateController.class, arguments, last)) {
            List<String> said = jvm.lines();
            said.forEach(this::note);
            return said;
        }
    }

    /** The next controller, in this JVM: it comes to the end, has sent the bundle once, and says who counted. */
    private List<String> goesOn() {
        List<String> said = new CopyOnWriteArrayList<>();
        new GateController(home, node.url(), node.key(), Site.NONE, said::add).run();
        said.forEach(this::note);

        String end = said.get(said.size() - 1);
        assertThat(end).startsWith("END SUCCESS ");
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
        List<String> counted = List.of(end.substring("END SUCCESS ".length()).split(","));
        assertThat(counted).doesNotHaveDuplicates();
        return counted;
    }

    private void note(String line) {
        if (line.startsWith("VOTES ") && !acknowledged.isEmpty() && !line.equals("VOTES none")) {
            assertThat(line.substring(6).split(",")).as("after the kill").doesNotHaveDuplicates().containsAll(acknowledged);
        }
        if (line.startsWith("ACK ")) {
            acknowledged.add(line.substring(4));
        }
    }
}

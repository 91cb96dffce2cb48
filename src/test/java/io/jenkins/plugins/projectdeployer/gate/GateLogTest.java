package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a build's log of its gate, once. */
class GateLogTest {

    @TempDir
    Path home;

    @Test
    void what_it_waits_for_is_said_once_however_often_it_looks_and_jenkins_starts_and_so_is_who_approved() {
        try (World world = new World(home); Gated gated = new Gated(world, World.approvals(2, RELEASE))) {
            Update update = gated.ask();
            looks(world, update);
            gated.approve("dave", update);
            Awaitility.await().until(() -> lines(world, "waits: it has 1 of 2 approvals").size() == 1);
            looks(world, update);
            world.restart();
            gated.waits(update.number());
            looks(world, update);
            gated.approve("erin", update);
            gated.end(update);

            assertThat(lines(world, "waits:")).containsExactly("gate: waits: it has 0 of 2 approvals", "gate: waits: it has 1 of 2 approvals");
            assertThat(lines(world, "approved by dave")).hasSize(1);
            assertThat(lines(world, "approved by erin")).hasSize(1);
        }
    }

    /** It is woken, looks and waits on, as it does when a time has come or the configuration was saved. */
    private static void looks(World world, Update update) {
        for (int i = 0; i < 3; i++) {
            world.deployer().buildEnded(update.number());
        }
    }

    private static List<String> lines(World world, String with) {
        return world.lines().stream().filter(line -> line.contains(with)).toList();
    }
}

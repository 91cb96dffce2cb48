package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Disk;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal takes nothing more in the middle of an update: what cannot be recorded is not done. */
class FullDiskTest extends OnProd {

    @ParameterizedTest
    @ValueSource(strings = {"in RECHECK", "in CONFIGURE", "in PRELOAD", "in ACTIVATE"})
    void an_update_stands_still_before_the_next_call_and_goes_on_after_a_restart_with_room(String place) throws Exception {
        Disk disk = new Disk();
        world.disk(disk);
        deploy("v1");
        world.publish(churn("v2"));
        DeployRequest request = World.request("CHURN", "v2", "prod").build();
        world.barrier(now -> {
            if (now.equals(place)) {
                disk.fill();
                node().forgetCalls();
            }
        });
        List<String> logged = new CopyOnWriteArrayList<>();
        Told told = new Told();
        Update update;
        try (LogListener ignored = new LogListener(logged::add)) {
            update = world.submit(request);
            world.deployer().follow(request.key(), told);
            patiently().until(() -> logged.stream().anyMatch(line -> line.contains("Update " + update.number() + " stands still")));
        }

        assertThat(logged).anyMatch(line -> line.contains("stands still; it is tried again in 30 s")
                && line.contains("No space left on device") && line.contains("make room"));
        patiently().untilAsserted(() -> assertThat(told.lines).contains("ERROR the controller cannot go on with update "
                + update.number() + " and tries again in 30 s; the controller's log says why"));
        assertThat(node().calls()).as("after the disk was full").noneMatch(FullDiskTest::changes);
        assertThat(world.deployer().records().update(update.number()).orElseThrow().status()).isEqualTo(UpdateStatus.RUNNING);
        assertThatThrownBy(() -> world.submit(World.request("CHURN", "v1", "prod").build()))
                .isInstanceOf(JournalException.class).hasMessageContaining("make room or repair the disk");

        disk.makeRoom();
        Update ended = world.barrier(Barrier.NONE).restart().await(update);
        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(node().calls()).filteredOn(FullDiskTest::changes).extracting(Call::path)
                .as("nothing is sent twice").doesNotHaveDuplicates();
    }

    private static boolean changes(Call call) {
        return !call.method().equals("GET");
    }

    /** A build log. */
    private static final class Told implements UpdateListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void progress(String line) {
            lines.add(line);
        }

        @Override
        public void changed(Update update) {
            // Only lines matter here.
        }

        @Override
        public void ended(Update update) {
            // It ends after the restart.
        }
    }
}

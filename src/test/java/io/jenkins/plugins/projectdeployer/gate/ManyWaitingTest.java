package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred updates wait at one gate. */
class ManyWaitingTest {

    private static final int MANY = 500;

    private static final StageGate GATE = new StageGate(1, List.of(RELEASE), null, Span.of("7d"), null, null, null, null, null);

    @TempDir
    Path home;

    @Test
    void five_hundred_wait_without_a_thread_survive_a_restart_and_are_found_page_by_page() {
        try (World world = new World(home); Gated gated = new Gated(world, GATE)) {
            List<Update> updates = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                // Each is a deployment of its own: one deployment has one update at a time.
                updates.add(world.submit(DeployRequest.of("key-" + i, "alice", "CHURN", "prod").bundle("v1").deploymentId("d" + i).build()));
                if (i % 20 == 19) {
                    Update last = updates.get(i);
                    await().atMost(Duration.ofMinutes(2)).until(() -> gated.update(last.number()).status() != UpdateStatus.RUNNING
                            && gated.update(last.number()).status() != UpdateStatus.QUEUED);
                }
            }
            allWait(world);
            noThreads();

            world.restart();
            allWait(world);
            noThreads();
            oneClock();
            assertThat(world.deployer().records().gates().requestsAfter(0)).hasSize(MANY).allMatch(request -> request.deadline() != null);

            List<ApprovalRequest> all = new ArrayList<>();
            Approvals.Page page = gated.approvals().waitingFor(world.people().person("dave"), 0, 50);
            all.addAll(page.requests());
            while (page.next() != null) {
                page = gated.approvals().waitingFor(world.people().person("dave"), page.next(), 50);
                all.addAll(page.requests());
            }
            assertThat(all).hasSize(MANY).extracting(ApprovalRequest::update).isSorted().doesNotHaveDuplicates();
            assertThat(gated.approvals().countFor(world.people().person("dave"), 100)).isEqualTo(100);

            Update one = updates.get(321);
            gated.approve("dave", one);
            assertThat(world.await(one).status()).isEqualTo(UpdateStatus.SUCCESS);
        }
    }

    private static void allWait(World world) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(world.deployer().records().openUpdates())
                .hasSize(MANY).allMatch(update -> update.status() == UpdateStatus.WAITING));
    }

    /** Each has a deadline, and one clock watches them all. */
    private static void oneClock() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName).filter(name -> name.startsWith("project-deployer gates"))).containsExactly("project-deployer gates"));
    }

    /** Threads that have nothing to do end after a minute; none of those that are left waits for an update. */
    private static void noThreads() {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("project-deployer update"))
                .filter(thread -> java.util.Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.jenkins.plugins.projectdeployer.deployment"))))
                .isEmpty());
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Updates that come while another is under way: refused by its name, or in line. */
class WaitingUpdatesTest extends OnProd {

    @Test
    void a_second_update_is_refused_by_name_or_waits_in_line() throws Exception {
        world.publish(churn("v1"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                world.deployer().records().update(first.number()).orElseThrow().phase() == Phase.PRELOAD);

        Update second = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(second.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(second.messages().get(0).text())
                .contains("update " + first.number() + " by alice is in phase preload").contains("queue");

        Update queued = world.submit(World.request("CHURN", "v1", "prod").queue(true).build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> world.deployer().records()
                .update(queued.number()).orElseThrow().phase() == Phase.AUTHORIZE);
        world.node("prod").faults().release();
        assertThat(world.await(queued).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.deployer().records().update(first.number()).orElseThrow().status().ended()).isTrue();
    }

    @Test
    void of_two_that_wait_in_line_the_first_goes_first_although_the_second_is_quicker() {
        deploy("v1");
        world.publish(churn("v2"));
        world.publish(churn("v3"));
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        world.barrier(place -> {
            if (place.equals("before " + Phase.AUTHORIZE) && isFirst.getAndSet(false)) {
                await(held);
            }
        });
        Update first = world.submit(World.request("CHURN", "v2", "prod").queue(true).build());
        patiently().until(() -> !isFirst.get());
        Update second = world.submit(World.request("CHURN", "v3", "prod").queue(true).build());
        patiently().until(() -> {
            Update now = world.deployer().records().update(second.number()).orElseThrow();
            return now.deploymentId() != null && now.status() == UpdateStatus.QUEUED;
        });
        held.countDown();

        assertThat(world.await(first).bundleBefore()).isEqualTo("v1");
        assertThat(world.await(second).bundleBefore()).isEqualTo("v2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void updates_in_line_are_carried_out_in_the_order_in_which_they_came() {
        world.publish(churn("v1"));
        CountDownLatch go = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        world.barrier(place -> {
            if (place.equals("before SEND")) {
                order.add(place);
                await(go);
            }
        });
        List<Update> line = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String value = String.valueOf(i);
            line.add(world.submit(World.request("CHURN", "v1", "prod").queue(true).settings(variables("n", value)).build()));
            int number = i;
            patiently().until(() -> number == 1 ? order.size() == 1 : world.deployer().records()
                    .update(line.get(number - 1).number()).orElseThrow().status() == UpdateStatus.QUEUED
                    && world.deployer().records().update(line.get(number - 1).number()).orElseThrow().phase() == Phase.AUTHORIZE);
        }
        go.countDown();
        List<Update> ended = line.stream().map(world::await).toList();

        assertThat(ended).allMatch(update -> update.status() == UpdateStatus.SUCCESS);
        assertThat(ended).extracting(Update::endedAt).isSorted();
        assertThat(project().localVariables().path("n").asText()).isEqualTo("4");
    }

    @Test
    void four_updates_work_on_an_infrastructure_at_once_and_the_others_are_seen_to_wait() {
        CountDownLatch go = new CountDownLatch(1);
        world.barrier(place -> {
            if (place.equals("before SEND")) {
                await(go);
            }
        });
        List<Update> updates = IntStream.rangeClosed(1, 6).mapToObj(i -> {
            world.publish(BundleZip.of("P" + i, "v1"));
            return world.submit(World.request("P" + i, "v1", "prod").build());
        }).toList();
        patiently().until(() -> inPhase(Phase.SEND) == 4 && inPhase(Phase.RECHECK) == 2);

        assertThat(world.deployer().records().openUpdates().stream().filter(update -> update.phase() == Phase.RECHECK))
                .extracting(Update::status).containsOnly(UpdateStatus.QUEUED);
        assertThat(node().calls()).as("those that wait have read, and touched nothing").noneMatch(call -> !call.method().equals("GET"));
        go.countDown();
        assertThat(updates.stream().map(world::await)).extracting(Update::status).containsOnly(UpdateStatus.SUCCESS);
    }

    private long inPhase(Phase phase) {
        return world.deployer().records().openUpdates().stream().filter(update -> update.phase() == phase).count();
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that the page of one update shows. */
class UpdateDetailsTest {

    private static final String UPDATES = "/deployments/CHURN-on-prod/updates";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void until(Update update, UpdateStatus status) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> world.deployer().records().update(update.number()).orElseThrow().status() == status);
    }

    @Test
    void it_says_who_asked_who_approved_what_was_said_and_when_each_phase_began_and_ended() {
        world.gate("Production", World.approvals(1, Principal.ofUser("bob")));
        Update update = world.submit(World.request("CHURN", "v1", "prod").testScenarios(List.of("NOT_THERE")).build());
        until(update, UpdateStatus.WAITING);
        world.deployer().approvals().approve("bob", update.number(), "looks good", new Approvals.Seen(1, null));
        world.await(update);

        JsonNode seen = alice.get(UPDATES + "/" + update.number());
        JsonNode line = alice.get(UPDATES).at("/updates/0");

        for (JsonNode each : List.of(seen, line)) {
            assertThat(each.path("status").asText()).isEqualTo("FAILED");
            assertThat(each.path("deployed").asBoolean()).as("its bundle is active all the same").isTrue();
            assertThat(each.at("/requestedBy/0").asText()).isEqualTo("alice");
        }
        assertThat(seen.path("gate")).singleElement().satisfies(gate -> assertThat(gate.asText()).matches("approved by bob at 20.*Z: looks good"));
        assertThat(seen.path("messages")).anySatisfy(message -> {
            assertThat(message.path("severity").asText()).isEqualTo("ERROR");
            assertThat(message.path("text").asText()).contains("NOT_THERE");
        });
        assertThat(seen.path("log")).extracting(JsonNode::asText).anyMatch(each -> each.contains("activate DONE"))
                .anyMatch(each -> each.contains("verify FAILED"));
        inOrder(seen.path("phases"));
    }

    private static void inOrder(JsonNode phases) {
        List<Instant> times = new ArrayList<>();
        phases.forEach(phase -> {
            times.add(Instant.parse(phase.path("startedAt").asText()));
            times.add(Instant.parse(phase.path("endedAt").asText()));
        });
        assertThat(times).hasSizeGreaterThan(20).isSorted();
    }

    @Test
    void somebody_who_may_deploy_ends_it() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("GET", "/projects/").once(new Fault.Hang());
        long second = alice.post(UPDATES, "{}").path("number").asLong();
        Awaitility.await().until(() -> alice.ask("GET", UPDATES + "/" + second, null).status() == 200);
        alice.post(UPDATES + "/" + second + "/abort", null);
        Update ended = world.await(world.deployer().records().update(second).orElseThrow());
        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(alice.get(UPDATES + "/" + second).path("abortAskedBy").asText()).isEqualTo("alice");
    }
}

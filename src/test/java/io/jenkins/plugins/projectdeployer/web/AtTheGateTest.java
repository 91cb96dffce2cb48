package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.Emergencies;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By whatever request an update begins it comes to its gate, and the ways past it are loud. */
class AtTheGateTest {

    private static final String UPDATES = "/deployments/CHURN-on-prod/updates";

    private World world;
    private Caller alice;
    private Update failed;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production")
                .breaksGlass("bob").overridesFreezes("bob");
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.gate("Production", World.approvals(1, Principal.ofUser("bob")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** It has its approval, and fails on the node. */
    private void approvedAndFailed() {
        world.node("prod").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        waits(update.number());
        world.deployer().approvals().approve("bob", update.number(), null, new Approvals.Seen(1, null));
        failed = world.await(update);
        assertThat(failed.status()).isEqualTo(UpdateStatus.FAILED);
    }

    private void waits(long number) {
        Awaitility.await().until(() -> world.deployer().records().update(number).orElseThrow().status() == UpdateStatus.WAITING);
    }

    private void waitsWithoutAVote(long number) {
        waits(number);
        assertThat(world.deployer().records().gates().request(number).orElseThrow().votes()).isEmpty();
        assertThat(world.node("prod").calls()).noneMatch(call -> call.toString().contains("actions/"));
        world.deployer().abort(world.deployer().records().update(number).orElseThrow().request().key(), "alice");
        world.await(world.deployer().records().update(number).orElseThrow());
    }

    @Test
    void what_is_tried_again_or_started_by_a_page_or_by_a_client_of_dataikus_asks_anew() {
        approvedAndFailed();
        world.node("prod").forgetCalls();

        waitsWithoutAVote(alice.post(UPDATES + "/" + failed.number() + "/retry", null).path("number").asLong());
        waitsWithoutAVote(alice.post(UPDATES, "{}").path("number").asLong());
        new Caller(world, "alice").post("/project-deployer/deployments/CHURN-on-prod/actions/update", null);
        waitsWithoutAVote(world.deployer().records().openUpdates().get(0).number());
    }

    @Test
    void broken_glass_stands_in_the_audit_and_in_jenkins_log() {
        List<LogRecord> log = new CopyOnWriteArrayList<>();
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        waits(update.number());
        try (Listening ignored = new Listening(log)) {
            world.deployer().emergencies().breakGlass("bob", "CHURN", "prod", Duration.ofMinutes(5), "a fire");
        }
        world.await(update);

        assertThat(log).filteredOn(record -> record.getLevel() == Level.WARNING).extracting(LogRecord::getMessage)
                .anyMatch(line -> line.startsWith("BROKEN GLASS: bob has opened the gate of project CHURN on infrastructure prod until ")
                        && line.endsWith(": a fire"));
        for (String filter : List.of("type=gate.", "brief=true")) {
            assertThat(audit(filter)).as(filter)
                    .anySatisfy(entry -> assertThat(entry.toString()).contains("gate.glass-broken", "bob", "a fire", "CHURN"))
                    .anySatisfy(entry -> assertThat(entry.toString()).contains("gate.passed-under-broken-glass", "bob", "a fire"));
        }
    }

    @Test
    void a_freeze_that_is_overridden_stands_in_the_audit_and_in_jenkins_log() {
        world.gate("Production", new StageGate(0, null, null, null, null, null, null, List.of(new Freeze("calm",
                LocalDateTime.of(2020, 1, 1, 0, 0), LocalDateTime.of(2020, 12, 31, 0, 0), "FREQ=MONTHLY", null, null, null)), null));
        List<LogRecord> log = new CopyOnWriteArrayList<>();
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        waits(update.number());
        try (Listening ignored = new Listening(log)) {
            world.deployer().emergencies().overrideFreeze("bob", update.number(), "a customer waits");
        }
        world.await(update);

        assertThat(log).filteredOn(record -> record.getLevel() == Level.WARNING).extracting(LogRecord::getMessage)
                .contains("Freeze calm is overridden for update " + update.number() + " by bob: a customer waits");
        assertThat(audit("brief=true")).anySatisfy(entry -> assertThat(entry.toString()).contains("gate.freeze-overridden", "bob", "a customer waits"));
    }

    private Iterable<JsonNode> audit(String filter) {
        return alice.as("admin").get("/audit?" + filter).path("entries");
    }

    /** To what the ways past a gate write into Jenkins' log. */
    private static final class Listening extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger(Emergencies.class.getName());
        private final List<LogRecord> into;

        Listening(List<LogRecord> into) {
            this.into = into;
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            into.add(record);
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}

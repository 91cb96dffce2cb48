package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of Dataiku's is told of a bundle before it starts an update. */
class GovernanceStatusTest {

    private static final String STATUS = "/project-deployer/deployments/CHURN-on-prod/governance-status";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("test", "Test").infrastructure("prod", "Production");
        alice = new Caller(world, "alice");
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
        world.deploy(World.request("CHURN", "v1", "test"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void says(String query, org.assertj.core.groups.Tuple... messages) {
        assertThat(alice.get(STATUS + query).path("messages"))
                .extracting(each -> each.path("severity").asText(), each -> each.path("code").asText(), each -> each.path("isFatal").asBoolean())
                .containsExactly(messages);
    }

    @Test
    void where_there_is_no_gate_nothing_stands_in_the_way() {
        says("");
        says("?bundleId=v2");
    }

    @Test
    void it_depends_on_the_bundle_that_is_asked_about_or_else_on_the_deployments_own() {
        world.gate("Production", new StageGate(1, List.of(Principal.ofUser("bob")), null, null, "Test", null, null, List.of(new Freeze("calm",
                LocalDateTime.of(2020, 1, 1, 0, 0), LocalDateTime.of(2020, 12, 31, 0, 0), "FREQ=MONTHLY", null, null, null)), null));

        says("", tuple("WARNING", "GATE_APPROVALS", false), tuple("WARNING", "GATE_FREEZE", false));
        says("?bundleId=v2", tuple("ERROR", "NOT_PROMOTED", true), tuple("WARNING", "GATE_APPROVALS", false), tuple("WARNING", "GATE_FREEZE", false));
        JsonNode first = alice.get(STATUS + "?bundleId=v2").at("/messages/0");
        assertThat(first.path("message").asText()).startsWith("Bundle v2 may not come to stage Production yet").contains("on stage Test");
        assertThat(alice.ask("GET", STATUS + "?bundleId=v3", null).status()).isEqualTo(404);
    }

    @Test
    void broken_glass_is_told_and_nothing_stands_in_the_way_any_more() {
        world.breaksGlass("bob").gate("Production", new StageGate(1, List.of(Principal.ofUser("bob")), null, null, "Test", null, null, null, null));
        world.deployer().emergencies().breakGlass("bob", "CHURN", "prod", Duration.ofHours(1), "a fire");

        says("?bundleId=v2", tuple("INFO", "BROKEN_GLASS", false), tuple("INFO", "NOT_PROMOTED", false), tuple("INFO", "GATE_APPROVALS", false));
    }

    @Test
    void what_is_asked_of_any_bundle_is_no_error_of_none() {
        world.infrastructure("second", "Production").node("second").faults().on("POST", "*").always(new Fault.DataikuError(500, "java.io.IOException", "no"));
        assertThat(world.deploy(World.request("CHURN", "v1", "second")).status()).isEqualTo(UpdateStatus.FAILED);
        world.gate("Production", new StageGate(0, null, null, null, "Test", null, null, null, null));

        assertThat(alice.get("/project-deployer/deployments/CHURN-on-second/governance-status").path("messages"))
                .extracting(each -> each.path("severity").asText()).containsExactly("WARNING");
    }
}

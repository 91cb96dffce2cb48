package io.jenkins.plugins.projectdeployer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that asks for as many approvals as it names people: each of them who does not count makes it impossible to pass. */
class NamedApproversTest {

    private static final String TOO_FEW = "only 1 of the approvers counts, and 2 approvals are asked for: an administrator of Jenkins"
            + " has to name more at the gate of stage Production";

    private World world;
    private Gated gated;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home);
        gated = new Gated(world, named("dave", "erin"));
        world.breaksGlass("dave");
    }

    @AfterEach
    void close() {
        gated.close();
    }

    private static StageGate named(String... users) {
        return World.approvals(2, java.util.Arrays.stream(users).map(Principal::ofUser).toArray(Principal[]::new));
    }

    private String outOfReach(Update update) {
        return gated.approvals().request(world.people().person("erin"), update.number()).outOfReach();
    }

    @Test
    void where_one_of_them_breaks_the_glass_it_is_said_and_whom_the_gate_names_afterwards_may_approve() {
        world.deployer().emergencies().breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(30), "fire");
        Update end = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(end.messages()).filteredOn(message -> message.code().equals("BROKEN_GLASS")).extracting(Message::text).singleElement()
                .asString().matches(".*; 2 approvals are owed until 20[^ ]*Z; " + TOO_FEW + "\\.");
        gated.approve("erin", end);
        assertThat(outOfReach(end)).isEqualTo(TOO_FEW);

        world.gate("Production", named("dave", "erin", "bob"));
        world.deployer().configurationSaved("admin");
        assertThat(outOfReach(end)).isNull();
        assertThat(gated.approvals().waitingFor(world.people().person("bob"), 0, 10).requests()).extracting(ApprovalRequest::update)
                .containsExactly(end.number());
        world.gate("Production", named("dave", "erin", "frank")).restart();
        assertThat(gated.approvals().waitingFor(world.people().person("bob"), 0, 10).requests()).as("named no more when the controller starts").isEmpty();
        gated.approve("frank", end);
        assertThat(world.deployer().records().gates().request(end.number())).as("no longer owed").isEmpty();
    }

    @Test
    void where_one_of_them_asks_it_is_said_while_it_waits_and_not_of_groups() {
        Update update = gated.ask(World.request("CHURN", "v1", "prod"));
        assertThat(outOfReach(update)).isNull();
        world.deployer().abort(update.request().key(), "alice");
        gated.end(update);

        world.gate("Production", named("Alice", "erin"));
        Update own = gated.ask();
        assertThat(outOfReach(own)).isEqualTo(TOO_FEW);
        assertThat(world.lines()).contains("gate: waits: it has 0 of 2 approvals; " + TOO_FEW);
        world.gate("Production", World.approvals(2, Principal.ofUser("alice"), Gated.RELEASE));
        world.deployer().configurationSaved("admin");
        gated.revision(own.number(), 2);
        assertThat(outOfReach(own)).isNull();
        assertThat(gated.update(own.number()).status()).isEqualTo(UpdateStatus.WAITING);
    }
}

package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody might try who wants to reach production without an approval. */
class WayAroundTest {

    @TempDir
    Path home;

    private World world;
    private Gated gated;

    @BeforeEach
    void open() {
        world = new World(home);
        gated = new Gated(world, World.approvals(1, RELEASE));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    @Test
    void the_production_node_registered_once_more_under_development() {
        Update first = gated.ask();
        gated.approve("dave", first);
        gated.end(first);
        NodeAddress same = new NodeAddress(world.node("prod").url().replace("127.0.0.1", "localhost"), "prod-key");
        world.infrastructure(World.infrastructure("dev", "Development", List.of(same)));
        world.publish(BundleZip.of("CHURN", "v2"));
        Update end = world.deploy(World.request("CHURN", "v2", "dev"));

        assertThat(end.messages()).extracting(Message::code).contains("NODE_OF_ANOTHER_INFRASTRUCTURE");
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void an_infrastructure_that_is_moved_to_a_stage_without_a_gate_while_an_update_waits() {
        Update update = gated.ask();
        world.change("prod", i -> new Infrastructure(i.id(), "Development", i.nodes(), i.externalUrl(), i.grants(), i.connections(),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
        world.deployer().configurationSaved("admin");

        // Only administrators move infrastructures; the plan is made anew for the stage that it is on now.
        Update end = gated.end(update);
        assertThat(end.gate().votes()).isEmpty();
        assertThat(world.lines()).anyMatch(line -> line.contains("no longer what was shown") && line.contains("gate"));
    }

    @Test
    void a_gate_that_is_set_while_an_update_waits_in_line_behind_others() throws InterruptedException {
        world.gate("Production", StageGate.OPEN);
        CountDownLatch atRecheck = new CountDownLatch(1);
        CountDownLatch set = new CountDownLatch(1);
        world.barrier(place -> {
            if (place.equals("before RECHECK")) {
                atRecheck.countDown();
                await(set);
            }
        });
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        atRecheck.await();
        world.gate("Production", World.approvals(1, RELEASE));
        set.countDown();
        Update end = gated.end(update);

        assertThat(end.messages()).extracting(Message::code).contains("GATE_CHANGED");
        assertThat(end.messages().get(0).text()).contains("asks for approvals since");
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void hooks_that_are_changed_between_the_approval_and_the_first_touch() throws InterruptedException {
        CountDownLatch atRecheck = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        world.barrier(place -> {
            if (place.equals("before RECHECK")) {
                atRecheck.countDown();
                await(changed);
            }
        });
        Update update = gated.ask();
        gated.approve("dave", update);
        atRecheck.await();
        world.hooks("prod", World.hook("own", io.jenkins.plugins.projectdeployer.model.HookPhase.PRE, World.executing("pass")));
        changed.countDown();
        Update end = gated.end(update);

        assertThat(end.messages()).extracting(Message::code).contains("GATE_CHANGED");
        assertThat(end.messages().get(0).text()).contains("Since it was approved, this has changed: hooks");
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void an_approver_who_is_thrown_out_between_the_approval_and_the_first_touch() throws InterruptedException {
        CountDownLatch atRecheck = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        world.barrier(place -> {
            if (place.equals("before RECHECK")) {
                atRecheck.countDown();
                await(out);
            }
        });
        Update update = gated.ask();
        gated.approve("dave", update);
        atRecheck.await();
        world.nobody("dave");
        out.countDown();
        Update end = gated.end(update);

        assertThat(end.messages().get(0).text()).contains("It has 0 of 1 approval by now: dave cannot be looked up any more");
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void another_bundle_file_under_the_same_digest_between_sending_and_activation() throws InterruptedException {
        world.barrier(place -> {
            if (place.equals("before ACTIVATE")) {
                overwrite(world.home().resolve("bundles"));
            }
        });
        Update update = gated.ask();
        gated.approve("dave", update);
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(end.messages()).anyMatch(message -> message.text().contains("was changed on the controller's disk"));
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isNull();
    }

    @Test
    void another_bundle_activated_by_hand_between_sending_and_activation() {
        Update first = gated.ask();
        gated.approve("dave", first);
        gated.end(first);
        world.publish(BundleZip.of("CHURN", "v2"));
        Update second = gated.ask(World.request("CHURN", "v2", "prod"));
        gated.approve("dave", second);
        gated.end(second);
        world.publish(BundleZip.of("CHURN", "v3"));
        world.barrier(place -> {
            if (place.equals("before ACTIVATE")) {
                gated.activateByHand("v1");
            }
        });
        Update third = gated.ask(World.request("CHURN", "v3", "prod"));
        gated.approve("dave", third);
        Update end = gated.end(third);

        assertThat(end.messages()).extracting(Message::code).contains("TARGET_CHANGED");
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void the_same_request_once_more_as_a_replay_does() {
        Update first = gated.ask();
        gated.approve("dave", first);
        gated.end(first);
        Update again = gated.ask();

        assertThat(again.number()).isNotEqualTo(first.number());
        assertThat(gated.request(again.number()).votes()).as("an approval serves one update").isEmpty();
    }

    @Test
    void the_same_key_submitted_again_is_the_same_update_whatever_it_says() {
        DeployRequest request = World.request("CHURN", "v1", "prod").build();
        Update update = world.submit(request);
        gated.waits(update.number());
        Update again = world.submit(new DeployRequest(request.key(), request.requestedBy(), null, "CHURN", "v1", null, "prod", null, null,
                null, null, OnFailure.ROLLBACK, false, false, false, true, null, null));

        assertThat(again.number()).isEqualTo(update.number());
        assertThat(gated.update(update.number()).request().onFailure()).isNull();
    }

    @Test
    void another_deployment_onto_the_project_of_the_gated_one() {
        Update first = gated.ask();
        gated.approve("dave", first);
        gated.end(first);
        Update other = world.deploy(World.request("CHURN", "v1", "prod").deploymentId("mine"));

        assertThat(other.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(other.messages()).anyMatch(message -> message.text().contains("belongs to another deployment"));
    }

    @Test
    void starting_the_build_of_a_technical_user_and_approving_it_oneself() {
        world.person("robot", false, "data-team").person("alice", false, "release");
        Update update = gated.ask(DeployRequest.of("k", "robot", "CHURN", "prod").bundle("v1")
                .origin(new DeployRequest.Origin("job#1", "job", null, List.of("Alice"))));

        assertThatThrownBy(() -> gated.approve("alice", update)).isInstanceOf(Refused.class)
                .hasMessageContaining("alice asked for the deployment");
        gated.approve("dave", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void overwrite(Path bundles) {
        try (Stream<Path> files = Files.walk(bundles)) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}.*")).toList()) {
                Files.delete(file);
                Files.write(file, BundleZip.of("CHURN", "evil").bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.projectdeployer.gate;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Duration;
import java.util.List;

/** A production stage with a gate, bundle v1 of project CHURN, and people around it: dave and erin decide, alice asks. */
final class Gated implements AutoCloseable {

    static final Principal RELEASE = Principal.ofGroup("release");

    final World world;

    Gated(World world, StageGate gate) {
        this.world = world;
        world.infrastructure("prod", "Production").gate("Production", gate);
        people(world);
        world.change("prod", Gated::readable);
        world.publish(BundleZip.of("CHURN", "v1"));
    }

    static void people(World world) {
        world.person("dave", false, "release").person("erin", false, "release", "security").person("frank", false, "security", "data-team");
    }

    /** The release group and frank see it. */
    static Infrastructure readable(Infrastructure i) {
        return grants(i, List.of(Grant.toGroup("data-team", InfrastructureRight.DEPLOY), Grant.toUser("bob", InfrastructureRight.ADMIN),
                Grant.toGroup("release", InfrastructureRight.READ), Grant.toGroup("security", InfrastructureRight.READ)));
    }

    static Infrastructure grants(Infrastructure i, List<Grant<InfrastructureRight>> grants) {
        return new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), grants, i.connections(), i.codeEnvs(), i.containerExecs(),
                i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }

    Update ask() {
        return ask(World.request("CHURN", "v1", "prod"));
    }

    /** Asks, and waits until the update waits. */
    Update ask(DeployRequest.Builder request) {
        Update update = world.submit(request.build());
        follow(update);
        return waits(update.number());
    }

    /** What a job leaves that plans again and again with dryRun. */
    static void planned(World world, String infrastructure, int times) {
        Records records = world.deployer().records();
        for (int i = 0; i < times; i++) {
            long number = records.submit(World.request("CHURN", "v1", infrastructure).dryRun(true).build()).number();
            records.record(number, new UpdateEvent.TargetKnown("CHURN-on-" + infrastructure));
            records.record(number, new UpdateEvent.Ended(UpdateStatus.PLANNED));
        }
    }

    Update waits(long number) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Update now = update(number);
            if (now.status().ended()) {
                throw new AssertionError("it has ended: " + now.status() + " " + now.messages());
            }
            return now.status() == UpdateStatus.WAITING;
        });
        return update(number);
    }

    /** Waits until the request has this revision, and waits. */
    ApprovalRequest revision(long number, int revision) {
        await().atMost(Duration.ofSeconds(30)).until(() -> request(number).revision() == revision);
        waits(number);
        return request(number);
    }

    Update update(long number) {
        return world.deployer().records().update(number).orElseThrow();
    }

    ApprovalRequest request(long number) {
        return world.deployer().records().gates().request(number).orElseThrow();
    }

    Approvals approvals() {
        return world.deployer().approvals();
    }

    ApprovalRequest approve(String userId, Update update) {
        return approvals().approve(userId, update.number(), "looks good", new Approvals.Seen(request(update.number()).revision(), null));
    }

    Update end(Update update) {
        return world.await(update);
    }

    /** Somebody activates another bundle on the node itself. */
    void activateByHand(String bundle) {
        activateByHand(world, "prod", bundle);
    }

    static void activateByHand(World world, String node, String bundle) {
        world.post(node, "/projects/CHURN/bundles/imported/" + bundle + "/actions/activate");
        await().until(() -> bundle.equals(world.node(node).state().project("CHURN").activeBundleId()));
    }

    boolean touched() {
        return world.node("prod").state().findProject("CHURN").isPresent();
    }

    /** Follows it from the beginning, so that the lines of its log are kept. */
    private void follow(Update update) {
        world.deployer().follow(update.request().key(), new UpdateListener() {
            @Override
            public void progress(String line) {
                world.lines().add(line);
            }

            @Override
            public void changed(Update now) {
                // Only the lines matter.
            }

            @Override
            public void ended(Update ended) {
                // Only the lines matter.
            }
        });
    }

    static boolean isAtGate(Update update) {
        return update.phase() == Phase.GATE;
    }

    @Override
    public void close() {
        world.close();
    }
}

package io.jenkins.plugins.projectdeployer.crash;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A controller to be killed while people decide: one update at a gate that asks for {@value #NEEDED} approvals, and
 * {@value #VOTERS} approvers, four at a time, each of whom clicks twice. It says each approval that was acknowledged.
 * Arguments: home, node's URL and key, barrier to stop at or {@code -}.
 */
final class GateController {

    static final int NEEDED = 30;
    static final int VOTERS = 40;

    private GateController() {}

    public static void main(String[] args) throws Exception {
        World world = new World(Path.of(args[0]));
        world.infrastructure(World.infrastructure("prod", "Production", List.of(world.address("prod", args[1], args[2]))))
                .change("prod", GateController::seenByApprovers)
                .gate("Production", World.approvals(NEEDED, Principal.ofGroup("release")));
        for (int i = 0; i < VOTERS; i++) {
            world.person("voter" + i, false, "release");
        }
        world.barrier(place -> {
            if (place.equals(args[3])) {
                say("AT " + place);
                forEver();
            }
        });
        Update update = world.submit(DeployRequest.of("the-step-of-a-build", "alice", "CHURN", "prod").bundle("v1").build());
        long number = update.number();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            UpdateStatus now = world.deployer().records().update(number).orElseThrow().status();
            return now == UpdateStatus.WAITING || now.ended() || world.deployer().records().gates().request(number).isPresent();
        });
        say("VOTES " + world.deployer().records().gates().request(number).map(request -> names(request.votes())).orElse("none"));
        vote(world, number);
        Update end = world.await(update);
        say("END " + end.status() + " " + (end.gate() == null ? "" : names(end.gate().votes())));
        world.close();
        System.exit(0);
    }

    private static void vote(World world, long number) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            int first = lane;
            threads.add(new Thread(() -> {
                for (int i = first; i < VOTERS; i += 4) {
                    approve(world, number, "voter" + i);
                    approve(world, number, "VOTER" + i);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void approve(World world, long number, String voter) {
        try {
            world.deployer().approvals().approve(voter, number, null, new Approvals.Seen(1, null));
            say("ACK " + voter.toLowerCase(java.util.Locale.ROOT));
        } catch (Refused tooLate) {
            say("TOO LATE " + voter);
        }
    }

    private static Infrastructure seenByApprovers(Infrastructure i) {
        return new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), List.of(
                Grant.toGroup("data-team", InfrastructureRight.DEPLOY), Grant.toGroup("release", InfrastructureRight.READ)), i.connections(),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }

    private static String names(List<Vote> votes) {
        return votes.stream().map(Vote::userId).collect(Collectors.joining(","));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private static void forEver() {
        try {
            new java.util.concurrent.CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

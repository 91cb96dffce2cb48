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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A controller to be killed while people decide: one update at a gate that asks for {@value #NEEDED} approvals, and
 * {@value #VOTERS} approvers, four at a time, each of whom clicks twice. It says each approval that was acknowledged.
 */
final class GateController {

    static final int NEEDED = 30;
    static final int VOTERS = 40;

    private final Path home;
    private final String url;
    private final String key;
    private final String barrier;
    private final Consumer<String> said;

    /** @param barrier where it stops, to be killed there */
    GateController(Path home, String url, String key, String barrier, Consumer<String> said) {
        this.home = home;
        this.url = url;
        this.key = key;
        this.barrier = barrier;
        this.said = said;
    }

    public static void main(String[] args) {
        new GateController(Path.of(args[0]), args[1], args[2], args[3], System.out::println).run();
        System.exit(0);
    }

    /** To the end of the update. */
    void run() {
        try (World world = new World(home)) {
            world.infrastructure(World.infrastructure("prod", "Production", List.of(world.address("prod", url, key))))
                    .change("prod", GateController::seenByApprovers)
                    .gate("Production", World.approvals(NEEDED, Principal.ofGroup("release")));
            for (int i = 0; i < VOTERS; i++) {
                world.person("voter" + i, false, "release");
            }
            world.barrier(place -> {
                if (place.equals(barrier)) {
                    say("AT " + place);
                    DoomedJvm.forEver();
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
        }
    }

    private void vote(World world, long number) {
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
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    private void approve(World world, long number, String voter) {
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

    private synchronized void say(String line) {
        said.accept(line);
    }
}

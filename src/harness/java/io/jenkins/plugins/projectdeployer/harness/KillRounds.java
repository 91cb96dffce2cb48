package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * One Jenkins is stopped or killed with -9 under an update again and again, each time at a boundary of a phase that a seed
 * chooses, and started again. By command: {@code mvn -Pjenkins,crash test -Dcrash.rounds=50 -Dcrash.seed=1}.
 */
class KillRounds {

    private static final List<String> BOUNDARIES = Stream.of(Phase.values())
            .filter(phase -> phase != Phase.ROLL_BACK)
            .flatMap(phase -> phase == Phase.REPORT
                    ? Stream.of("before REPORT", "after REPORT")
                    : Stream.of("before " + phase, "in " + phase))
            .toList();

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Xmx640m", "-XX:TieredStopAtLevel=1").withTimeout(0);

    private final EmbeddedNode node = Scene.node();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void whatever_stops_jenkins_each_update_is_carried_out_once() throws Throwable {
        int rounds = Integer.getInteger("crash.rounds", 50);
        long seed = Long.getLong("crash.seed", 1);
        Random random = new Random(seed);
        controller.startJenkins();
        controller.runRemotely(KillRounds::begin, node.url());
        for (int round = 1; round <= rounds; round++) {
            String boundary = BOUNDARIES.get(random.nextInt(BOUNDARIES.size()));
            boolean kill = random.nextBoolean();
            String place = "round " + round + " of seed " + seed + ": " + (kill ? "killed " : "stopped ") + boundary;
            System.out.println(place);
            long began = System.nanoTime();
            Path reached = directory.resolve("reached-" + round);
            controller.runRemotely(KillRounds::deploy, boundary, reached.toString(), round, kill);
            await(place).atMost(Duration.ofMinutes(3)).until(() -> Files.exists(reached));
            if (kill) {
                controller.stopJenkinsForcibly();
            } else {
                controller.stopJenkins();
            }
            controller.startJenkins();
            controller.runRemotely(KillRounds::end, round);
            assertThat(node.state().project("CHURN").activeBundleId()).as(place).isEqualTo("v" + round);
            assertThat(node.calls()).as(place + ": each bundle arrives once, whatever was cut off on its way")
                    .filteredOn(call -> call.path().contains("projectsFromBundle") || call.path().contains("importFrom"))
                    .filteredOn(call -> call.status() == 200)
                    .hasSize(round);
            System.out.println(place + " took " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        }
    }

    private static void begin(JenkinsRule jenkins, String url) throws Exception {
        Scene.lastingPeople(jenkins);
        Scene.configure(url, "user: alice");
    }

    private static void deploy(JenkinsRule jenkins, String boundary, String reached, int round, boolean kill) throws Exception {
        Path directory = Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("bundles-to-publish"));
        Scene.publish(directory, "v" + round);
        CountDownLatch goOn = new CountDownLatch(1);
        ExtensionList.lookup(Barrier.class).add(0, place -> {
            if (place.equals(boundary)) {
                hold(Path.of(reached), goOn);
            }
        });
        if (!kill) {
            ExtensionList.lookup(ItemListener.class).add(0, new Stopping(goOn));
        }
        Scene.job(jenkins, "deploy-" + round, "deployProject project: 'CHURN', bundle: 'v" + round + "', infrastructure: 'dev'")
                .scheduleBuild2(0, Scene.by("alice"))
                .waitForStart();
    }

    /** A kill leaves no time for anything; whoever stops Jenkins in order lets what is under way come to a boundary. */
    private static final class Stopping extends ItemListener {

        private final CountDownLatch goOn;

        private Stopping(CountDownLatch goOn) {
            this.goOn = goOn;
        }

        @Override
        public void onBeforeShutdown() {
            goOn.countDown();
        }
    }

    private static void hold(Path reached, CountDownLatch goOn) {
        try {
            Files.createFile(reached);
            goOn.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(JenkinsRule jenkins, int round) throws Exception {
        WorkflowRun run = jenkins.jenkins.getItemByFullName("deploy-" + round, WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("CHURN-on-dev has bundle v" + round, run);
        assertThat(Scene.history("CHURN-on-dev")).as("each key was taken once").hasSize(round);
    }
}

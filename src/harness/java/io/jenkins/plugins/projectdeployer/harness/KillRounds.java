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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
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
 * One Jenkins is stopped or killed with -9 under an update again and again, and started again: at every boundary of a phase in
 * both ways, in an order that a seed chooses, and then once more. By command:
 * {@code mvn -Pjenkins,crash test -Dcrash.rounds=50 -Dcrash.seed=1}.
 */
class KillRounds {

    private static final List<String> BOUNDARIES = Stream.of(Phase.values())
            .filter(phase -> phase != Phase.ROLL_BACK)
            .flatMap(phase -> phase == Phase.REPORT
                    ? Stream.of("before REPORT", "after REPORT")
                    : Stream.of("before " + phase, "in " + phase))
            .toList();

    /** Each notes that it has run. A hook is run at most once, and here none is under way at any boundary. */
    private static final String HOOK = """
            def execute(deployed_project_key, **kwargs):
                with open('%s', 'a') as noted:
                    noted.write('%s\\n')
                return HookResult.success('noted')
            """;

    /** How one round ends Jenkins, and when. */
    private record End(String boundary, boolean kill) {

        @Override
        public String toString() {
            return (kill ? "killed " : "stopped ") + boundary;
        }
    }

    private static List<End> ends(long seed) {
        List<End> all = new ArrayList<>(BOUNDARIES.stream()
                .flatMap(boundary -> Stream.of(new End(boundary, true), new End(boundary, false)))
                .toList());
        Collections.shuffle(all, new Random(seed));
        return all;
    }

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
        List<End> ends = ends(seed);
        Path noted = directory.resolve("noted");
        controller.startJenkins();
        controller.runRemotely(KillRounds::begin, node.url(), noted.toString());
        for (int round = 1; round <= rounds; round++) {
            End end = ends.get((round - 1) % ends.size());
            String place = "round " + round + " of seed " + seed + ": " + end;
            System.out.println(place);
            long began = System.nanoTime();
            Path reached = directory.resolve("reached-" + round);
            controller.runRemotely(KillRounds::deploy, end.boundary(), reached.toString(), round, end.kill());
            await(place).atMost(Duration.ofMinutes(3)).until(() -> Files.exists(reached));
            if (end.kill()) {
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
            assertThat(node.state().project("CHURN").scenario("TRAIN").runAsUser()).as(place).isEqualTo("svc_run");
            assertThat(Files.readAllLines(noted)).as(place + ": each hook has run once")
                    .filteredOn("before"::equals).hasSize(round);
            assertThat(Files.readAllLines(noted)).as(place + ": each hook has run once").hasSize(2 * round);
            System.out.println(place + " took " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        }
    }

    private static void begin(JenkinsRule jenkins, String url, String noted) throws Exception {
        Scene.lastingPeople(jenkins);
        Scene.configure(url, "user: alice");
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - id: dev
                        stage: Development
                        nodes: [{url: "%s", credentialsId: dev-key}]
                        grants: [{user: alice, right: DEPLOY}]
                        policies: {deployAsUser: svc_deploy, scenariosRunAsUser: svc_run}
                        hooks:
                          - name: before
                            phase: PRE
                            text: |
                %s
                          - name: after
                            phase: POST
                            text: |
                %s
                """.formatted(url, HOOK.formatted(noted, "before").indent(14), HOOK.formatted(noted, "after").indent(14)));
        for (ScriptApproval.PendingScript pending : List.copyOf(ScriptApproval.get().getPendingScripts())) {
            ScriptApproval.get().approveScript(pending.getHash());
        }
    }

    private static void deploy(JenkinsRule jenkins, String boundary, String reached, int round, boolean kill) throws Exception {
        String job = "deploy-" + round;
        String bundle = "v" + round;
        Path workspace = Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("workspace").resolve(job));
        boolean travels = round % 3 == 0;
        if (travels) {
            Scene.bundle(workspace, bundle);
        } else {
            Scene.publish(workspace, bundle);
        }
        CountDownLatch goOn = new CountDownLatch(1);
        ExtensionList.lookup(Barrier.class).add(0, place -> {
            if (place.equals(boundary)) {
                hold(Path.of(reached), goOn);
            }
        });
        if (!kill) {
            ExtensionList.lookup(ItemListener.class).add(0, new Stopping(goOn));
        }
        String step = "deployProject project: 'CHURN', bundle: '" + bundle + "', infrastructure: 'dev', testScenarios: ['TRAIN']";
        Scene.job(jenkins, job, travels ? "node { " + step + ", archive: '" + bundle + ".zip' }" : step)
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

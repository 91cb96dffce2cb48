package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.tasks.Fingerprinter;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Jenkinsfile says and an administrator has configured arrives as it is meant. */
class DeployParametersTest extends DeployingTest {

    private static final String DEPLOY = "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev'";

    private EmbeddedNode design;

    @BeforeEach
    void configure() throws Exception {
        design = EmbeddedNode.builder().nodeId("design").key(Scene.KEY).type(NodeType.DESIGN)
                .world(state -> {
                    DemoWorld.standard(state);
                    state.addProject(BundleZip.of("CHURN", "x").owner("alice"));
                }).start();
        Scene.code("""
                unclassified:
                  projectDeployer:
                    designNodes: [{id: design, node: {url: "%s", credentialsId: dev-key}}]
                    technicalUsers: [{jobs: "nightly-*", user: alice}]
                """.formatted(design.url()));
    }

    @AfterEach
    void stop() {
        design.close();
    }

    @Test
    void every_parameter_is_part_of_the_request() throws Exception {
        WorkflowRun run = Scene.job(jenkins, "all", """
                deployProject project: 'CHURN', infrastructure: 'dev', bundle: 'v9', designNode: 'design',
                    deploymentId: 'churn-eu', targetProject: 'CHURN_EU', projectFolder: '/eu',
                    connections: ['a': 'b'], codeEnvs: ['c': 'd'], containerExecs: ['e': 'f'],
                    variables: [limit: 10, name: "${'eu'}"], scenarios: [TRAIN: true], disableAutomaticTriggers: true,
                    testScenarios: ['SMOKE'], onFailure: 'rollback', dryRun: true, queue: true, adopt: true,
                    ignoreWarnings: true, releaseNotes: 'It knows more.'
                """).scheduleBuild2(0, Scene.by("alice")).get();

        DeployRequest asked = Engine.get().records().update(1).orElseThrow().request();
        assertThat(asked).isEqualTo(DeployRequest.of(asked.key(), "alice", "CHURN", "dev")
                .origin(new DeployRequest.Origin(run.getExternalizableId(), "all", run.getUrl(), List.of("alice")))
                .bundle("v9")
                .designNode("design")
                .deploymentId("churn-eu")
                .targetProject("CHURN_EU")
                .settings(new SettingsChange("/eu", List.of(new Remap("a", "b")), List.of(new Remap("c", "d")), List.of(new Remap("e", "f")), null,
                        Map.of("limit", Json.MAPPER.valueToTree(10), "name", Json.MAPPER.valueToTree("eu")), Map.of("TRAIN", true), true, null))
                .testScenarios(List.of("SMOKE"))
                .onFailure(OnFailure.ROLLBACK)
                .dryRun(true)
                .queue(true)
                .adopt(true)
                .ignoreWarnings(true)
                .releaseNotes("It knows more.")
                .build());
    }

    @Test
    void a_design_node_makes_the_bundle_without_an_agent() throws Exception {
        WorkflowRun published = jenkins.assertBuildStatusSuccess(build("publish", "publishBundle project: 'CHURN', bundle: 'v7', designNode: 'design'"));
        jenkins.assertLogContains("design node design makes the bundle", published);
        jenkins.assertLogContains("Published bundle v7 of project CHURN", published);
        assertThat(fingerprints(published)).containsOnlyKeys("v7.zip");

        WorkflowRun deployed = jenkins.assertBuildStatusSuccess(build("deploy", DEPLOY.replace("v1", "v7") + ", designNode: 'design'"));
        assertThat(fingerprints(deployed)).isEqualTo(fingerprints(published));
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v7");
    }

    private static Map<String, String> fingerprints(WorkflowRun run) {
        return run.getAction(Fingerprinter.FingerprintAction.class).getRecords();
    }

    @Test
    void a_bundle_has_one_source() throws Exception {
        String both = ", archive: 'v1.zip', designNode: 'design'";
        for (String step : List.of(DEPLOY, "publishBundle project: 'CHURN', bundle: 'v1'")) {
            WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, build("two-" + step.length(), step + both));
            jenkins.assertLogContains("either archive, a path in the workspace, or designNode", refused);
        }
    }

    @Test
    void who_calls_an_allowed_job_is_asked_about() throws Exception {
        Scene.publish(directory, "v1");
        Scene.job(jenkins, "deploy-for-others", DEPLOY);
        Scene.job(jenkins, "deploy-for-nobody", DEPLOY);
        jenkins.assertBuildStatusSuccess(build("calls", "build 'deploy-for-others'"));
        assertThat(Scene.history("CHURN-on-dev")).singleElement()
                .satisfies(update -> assertThat(update.request().requestedBy()).containsExactly("alice"));

        jenkins.assertBuildStatus(Result.FAILURE, build("calls-another", "build 'deploy-for-nobody'"));
        jenkins.assertLogContains("It is not known for whom this build deploys", last("deploy-for-nobody"));
    }

    @Test
    void what_nobody_started_deploys_for_the_technical_user_of_its_job() throws Exception {
        String both = "node { publishBundle project: 'CHURN', bundle: 'v7', designNode: 'design' }\n" + DEPLOY.replace("v1", "v7");
        CauseAction timer = new CauseAction(new TimerTrigger.TimerTriggerCause());
        jenkins.assertBuildStatusSuccess(Scene.job(jenkins, "nightly-churn", both).scheduleBuild2(0, timer));
        assertThat(Scene.history("CHURN-on-dev")).singleElement()
                .satisfies(update -> assertThat(update.request().requestedBy()).containsExactly("alice"));

        WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, Scene.job(jenkins, "weekly-churn", both).scheduleBuild2(0, timer));
        jenkins.assertLogContains("It is not known for whom this build deploys", refused);
    }

    @Test
    void a_build_that_a_killed_jenkins_would_forget_is_told_so() throws Exception {
        Scene.publish(directory, "v1");
        WorkflowJob job = Scene.job(jenkins, "fast", DEPLOY);
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        WorkflowRun fast = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, Scene.by("alice")));
        jenkins.assertLogContains("WARNING: this build runs with the durability setting \"Performance-optimized\".", fast);
        jenkins.assertLogNotContains("durability setting", jenkins.assertBuildStatusSuccess(build("safe", DEPLOY)));
    }

    private WorkflowRun last(String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    private hudson.model.queue.QueueTaskFuture<WorkflowRun> build(String name, String script) throws Exception {
        return Scene.job(jenkins, name, script).scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice")));
    }
}

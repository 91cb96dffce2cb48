package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderDeployments;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

@WithOneJenkins
class FolderDeploymentsTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
    }

    @Test
    void a_folder_inside_another_narrows_and_never_widens() throws Exception {
        Folder team = folder(jenkins.createProject(Folder.class, "team"), "CHURN", "dev", "test-*");
        Folder own = folder(team.createProject(Folder.class, "own"), null, "dev", "prod");

        assertThat(log(own, "prod")).contains("Folder \"team\" does not let its jobs deploy to infrastructure \"prod\"");
        assertThat(log(own, "test-eu")).contains("Folder \"team/own\" does not let its jobs deploy to infrastructure \"test-eu\"");
        // What both allow goes on to the next question: the folder's project has no such bundle.
        assertThat(log(own, "dev")).doesNotContain("does not let its jobs").contains("CHURN");

        String asked = "project-deployer/api/access/may?project=CHURN&infrastructure=prod&job=team/own/";
        assertThat(new Caller(jenkins, "admin").get(asked + "to-dev").body()).contains("Folder \\\"team\\\" does not let its jobs deploy");
        assertThat(new Caller(jenkins, "admin").get(asked + "to-nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void a_folder_that_is_narrowed_while_a_build_waits_holds_it_back(@TempDir Path directory) throws Exception {
        try (EmbeddedNode node = Scene.node("prod")) {
            GateScene.people(jenkins);
            GateScene.configure(node.url(), "approvals: 1, approvers: [{group: release}]");
            Scene.publish(directory, "v1");
            Folder team = folder(jenkins.createProject(Folder.class, "team"), "CHURN", "prod");
            WorkflowJob job = team.createProject(WorkflowJob.class, "waits");
            job.setDefinition(new CpsFlowDefinition("deployProject bundle: 'v1', infrastructure: 'prod'", true));
            WorkflowRun run = job.scheduleBuild2(0, Scene.by("alice")).waitForStart();
            GateScene.waits(1);
            job.renameTo("is found again");
            said(team).setInfrastructures(List.of("dev"));

            assertThat(GateScene.approve(jenkins, "bob", 1).statusCode()).isEqualTo(200);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("A folder around the job that asks does not let it deploy to infrastructure \"prod\"", run);
            assertThat(node.state().projectKeys()).isEmpty();
        }
    }

    @Test
    void a_job_that_names_no_project_in_a_folder_that_names_none_is_told_so() throws Exception {
        assertThat(log(folder(jenkins.createProject(Folder.class, "team"), null, "dev"), "dev")).contains("project is missing");
    }

    @Test
    void a_bundle_is_published_to_the_project_that_the_folder_names(@TempDir Path directory) throws Exception {
        Path archive = Scene.bundle(directory, "v1");
        WorkflowJob job = folder(jenkins.createProject(Folder.class, "team"), "CHURN").createProject(WorkflowJob.class, "publishes");
        job.setDefinition(new CpsFlowDefinition("node { sh 'cp " + archive + " .'; publishBundle archive: 'v1.zip' }", true));
        jenkins.assertLogContains("Published bundle v1 of project CHURN", jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, Scene.by("alice"))));
    }

    @Test
    void a_form_names_what_its_reader_may_not_see_like_what_is_not_there() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("alice", "bob")
                .grant(Jenkins.READ, Item.READ).everywhere().to("carol"));
        String check = jenkins.createFolder("team").getUrl()
                + "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.FolderDeployments/checkInfrastructures?value=";
        assertThat(checked("alice", check + "dev%0Ad*%0A")).doesNotContain("warning", "error");
        assertThat(checked("alice", check + "dev%0Anowhere")).contains("warning", "called nowhere.");
        assertThat(checked("bob", check + "dev")).contains("warning", "called dev.")
                .isEqualTo(checked("bob", check + "nowhere").replace("nowhere", "dev"));
        assertThat(new Caller(jenkins, "carol").post(check + "dev").statusCode()).isEqualTo(403);
    }

    private String checked(String user, String path) throws Exception {
        return new Caller(jenkins, user).post(path).body();
    }

    @Test
    void the_form_of_a_folder_keeps_what_was_typed_and_forgets_what_was_emptied() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        HtmlForm form = form(team);
        form.getTextAreaByName("infrastructures").setText("dev\n test-* \n\n");
        form.getInputByName("_.project").setValue("CHURN");
        jenkins.submit(form);
        assertThat(said(team).getInfrastructures()).containsExactly("dev", "test-*");
        assertThat(said(team).getProject()).isEqualTo("CHURN");

        jenkins.submit(form(team));
        assertThat(said(team).getInfrastructures()).containsExactly("dev", "test-*");

        form = form(team);
        form.getTextAreaByName("infrastructures").setText("");
        form.getInputByName("_.project").setValue("");
        jenkins.submit(form);
        assertThat(said(team)).isNull();
    }

    private HtmlForm form(Folder folder) throws Exception {
        return jenkins.createWebClient().withBasicCredentials("admin").getPage(folder, "configure").getFormByName("config");
    }

    private static FolderDeployments said(Folder folder) {
        return folder.getProperties().get(FolderDeployments.class);
    }

    private static Folder folder(Folder folder, String project, String... infrastructures) throws Exception {
        FolderDeployments said = new FolderDeployments();
        said.setInfrastructures(List.of(infrastructures));
        said.setProject(project);
        folder.addProperty(said);
        return folder;
    }

    private String log(Folder folder, String infrastructure) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, "to-" + infrastructure);
        job.setDefinition(new CpsFlowDefinition("deployProject bundle: 'v1', infrastructure: '" + infrastructure + "'", true));
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        return JenkinsRule.getLog(run);
    }
}

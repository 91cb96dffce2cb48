package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.page.BuildDeployments;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

class BuildDeploymentsTest extends DeployingTest {

    @Test
    void a_build_shows_what_it_deployed_to_those_who_may_see_it() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(Result.SUCCESS, build("deploys", "v1"));

        assertThat(page("alice", run, "")).contains("CHURN v1 → dev: Deployed");
        assertThat(page("alice", run, "project-deployments/")).contains("CHURN", "dev", "v1", "Deployed");
        assertThat(page("bob", run, "")).doesNotContain("CHURN v1", "Deployments");
        assertThat(page("bob", run, "project-deployments/")).contains("deployed nothing that you may see").doesNotContain("v1");
    }

    @Test
    void a_build_keeps_numbers_alone() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(Result.SUCCESS, build("deploys", "v1"));

        String xml = java.nio.file.Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertThat(xml).contains("BuildDeployments").contains("<long>1</long>").doesNotContain("projectdeployer.model");
    }

    @Test
    void a_failed_deployment_draws_a_badge_for_those_who_may_see_it() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - id: dev
                        stage: Development
                        nodes: [{url: "%s", credentialsId: dev-key}]
                        grants: [{group: data-team, right: DEPLOY}]
                        policies: {deployAsUser: nobody-of-this-name}
                """.formatted(node.url()));
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, build("fails", "v1"));

        assertThat(alarm("alice", run)).isEqualTo("CHURN on dev: Failed");
        assertThat(alarm("bob", run)).isNull();
    }

    @Test
    void what_was_rolled_back_draws_a_badge_on_the_builds_page() throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, build("deploys", "v1"));
        node.faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, build("rolls-back", "v2", ", onFailure: 'rollback'"));

        assertThat(alarm("alice", run)).isEqualTo("CHURN on dev: Rolled back");
        assertThat(page("alice", run, "")).contains("Rolled back");
        assertThat(alarm("bob", run)).isNull();
    }

    private WorkflowRun build(String name, String bundle) throws Exception {
        return build(name, bundle, "");
    }

    private WorkflowRun build(String name, String bundle, String more) throws Exception {
        Path zip = Scene.bundle(directory, bundle);
        WorkflowJob job = Scene.job(jenkins, name, """
                node {
                  sh 'cp %s .'
                  deployProject project: 'CHURN', infrastructure: 'dev', bundle: '%s', archive: '%s'%s
                }
                """.formatted(zip, bundle, zip.getFileName(), more));
        try (ACLContext alice = ACL.as2(User.getById("alice", true).impersonate2())) {
            return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause())).get();
        }
    }

    private String page(String user, WorkflowRun run, String below) throws Exception {
        return jenkins.createWebClient().withBasicCredentials(user).goTo(run.getUrl() + below).asNormalizedText();
    }

    private static String alarm(String user, WorkflowRun run) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return run.getAction(BuildDeployments.class).getAlarm();
        }
    }
}

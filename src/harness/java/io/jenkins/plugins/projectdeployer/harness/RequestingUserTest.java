package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

@WithJenkins
class RequestingUserTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        Scene.people(jenkins);
    }

    @Test
    void the_builds_own_authentication_counts_before_every_cause() throws Exception {
        Run<?, ?> run = run(new Cause.UserIdCause("bob"));
        assertThat(RequestingUser.of(run, User.getById("alice", true).impersonate2(), List.of())).containsExactly("alice");
    }

    @Test
    void who_started_the_run_counts_when_it_builds_as_system_or_as_nobody() throws Exception {
        Run<?, ?> run = run(new Cause.UserIdCause("alice"));
        assertThat(asked(run)).containsExactly("alice");
        assertThat(RequestingUser.of(run, Jenkins.ANONYMOUS2, List.of())).containsExactly("alice");
    }

    @Test
    void all_who_started_one_run_count() throws Exception {
        assertThat(asked(run(new Cause.UserIdCause("alice"), new Cause.UserIdCause("bob")))).containsExactly("alice", "bob");
    }

    @Test
    void a_replay_counts_as_its_starter() throws Exception {
        WorkflowJob job = Scene.job(jenkins, "replayed", "echo 'once'");
        WorkflowRun first = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        Queue.Item replay;
        try (ACLContext bob = ACL.as2(User.getById("admin", true).impersonate2())) {
            replay = first.getAction(ReplayAction.class).run2("echo 'twice'", java.util.Map.of());
        }
        WorkflowRun second = (WorkflowRun) replay.getFuture().get();
        assertThat(asked(second)).containsExactly("admin");
    }

    @Test
    void timers_changes_and_tokens_are_nobody() throws Exception {
        assertNobody(run(new TimerTrigger.TimerTriggerCause()));
        assertNobody(run(new SCMTrigger.SCMTriggerCause("changes")));
        assertNobody(run(new Cause.RemoteCause("203.0.113.7", "token")));
    }

    @Test
    void system_anonymous_and_an_empty_id_are_nobody() throws Exception {
        assertNobody(run(new Cause.UserIdCause("SYSTEM")));
        assertNobody(run(new Cause.UserIdCause("system")));
        assertNobody(run(new Cause.UserIdCause("anonymous")));
        assertNobody(run(new Cause.UserIdCause("")));
    }

    @Test
    void an_upstream_trigger_proves_nothing_whoever_started_the_upstream_run() throws Exception {
        Run<?, ?> upstream = run(new Cause.UserIdCause("alice"));
        Run<?, ?> downstream = run(new Cause.UpstreamCause(upstream));
        assertNobody(downstream);
        assertThatThrownBy(() -> RequestingUser.of(downstream, ACL.SYSTEM2, List.of("*"))).isInstanceOf(Refused.class);
    }

    @Test
    void the_build_step_counts_for_its_starter_where_the_infrastructure_allows_the_job() throws Exception {
        WorkflowJob called = Scene.job(jenkins, "deploy-for-others", "echo 'deploying'");
        WorkflowJob calling = Scene.job(jenkins, "calling", "build job: 'deploy-for-others'");
        jenkins.assertBuildStatusSuccess(calling.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        WorkflowRun run = called.getLastBuild();
        assertThat(RequestingUser.of(run, ACL.SYSTEM2, List.of("deploy-for-*"))).containsExactly("alice");
        assertThatThrownBy(() -> RequestingUser.of(run, ACL.SYSTEM2, List.of("other")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("adds job \"deploy-for-others\" to its allowed jobs");
    }

    @Test
    void the_realm_says_who_somebody_is_and_in_which_groups() {
        JenkinsPeople people = new JenkinsPeople();
        assertThat(people.person("alice").groups()).contains("data-team", "authenticated");
        assertThat(people.person("alice").administrator()).isFalse();
        assertThat(people.person("admin").administrator()).isTrue();
        assertThat(people.userKey("ALICE")).isEqualTo(people.userKey("alice"));
    }

    private Run<?, ?> run(Cause... causes) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(causes)));
    }

    private static List<String> asked(Run<?, ?> run) {
        Authentication system = ACL.SYSTEM2;
        return RequestingUser.of(run, system, List.of());
    }

    private static void assertNobody(Run<?, ?> run) {
        assertThatThrownBy(() -> asked(run)).isInstanceOf(Refused.class).hasMessageContaining("not known for whom");
    }
}

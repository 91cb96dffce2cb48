package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.UserMayOrMayNotExistException2;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Optional;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

@WithOneJenkins
@Tag("smoke")
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
        assertThat(RequestingUser.of(run, User.getById("alice", true).impersonate2(), List.of(), Optional.empty())).containsExactly("alice");
    }

    @Test
    void who_started_the_run_counts_when_it_builds_as_system_or_as_nobody() throws Exception {
        Run<?, ?> run = run(new Cause.UserIdCause("alice"));
        assertThat(asked(run)).containsExactly("alice");
        assertThat(RequestingUser.of(run, Jenkins.ANONYMOUS2, List.of(), Optional.empty())).containsExactly("alice");
    }

    @Test
    void all_who_started_one_run_count() throws Exception {
        assertThat(asked(run(new Cause.UserIdCause("alice"), new Cause.UserIdCause("bob")))).containsExactly("alice", "bob");
    }

    @Test
    void two_who_press_build_within_the_quiet_period_both_count() throws Exception {
        WorkflowJob job = Scene.job(jenkins, "folded", "echo 'once'");
        QueueTaskFuture<WorkflowRun> first = job.scheduleBuild2(5, new CauseAction(new Cause.UserIdCause("alice")));
        job.scheduleBuild2(5, new CauseAction(new Cause.UserIdCause("bob")));
        WorkflowRun run = jenkins.assertBuildStatusSuccess(first);
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).containsExactly(run);
        assertThat(asked(run)).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void an_id_written_in_another_case_is_the_same_person_where_the_realm_says_so() throws Exception {
        Run<?, ?> run = run(new Cause.UserIdCause("alice"), new Cause.UserIdCause("ALICE"));
        assertThat(asked(run)).containsExactly("alice");
        jenkins.jenkins.setSecurityRealm(new CaseSensitiveRealm());
        assertThat(asked(run)).containsExactly("alice", "ALICE");
    }

    @Test
    void a_rebuild_counts_as_its_starter() throws Exception {
        WorkflowJob job = Scene.job(jenkins, "rebuilt", "echo 'again'");
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        new Caller(jenkins, "bob").post("job/rebuilt/1/replay/rebuild");
        jenkins.waitUntilNoActivity();
        assertThat(asked(job.getBuildByNumber(2))).containsExactly("bob");
    }

    @Test
    void a_restart_from_a_stage_counts_as_its_starter() throws Exception {
        WorkflowJob job = Scene.job(jenkins, "restarted", "pipeline { agent none; stages { stage('only') { steps { echo 'again' } } } }");
        WorkflowRun first = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        try (ACLContext admin = ACL.as2(User.getById("admin", true).impersonate2())) {
            first.getAction(RestartDeclarativePipelineAction.class).run("only");
        }
        jenkins.waitUntilNoActivity();
        assertThat(asked(job.getBuildByNumber(2))).containsExactly("admin");
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
    void what_nobody_started_deploys_for_the_technical_user_of_its_job() throws Exception {
        for (Cause cause : List.of(new TimerTrigger.TimerTriggerCause(), new SCMTrigger.SCMTriggerCause("changes"),
                new Cause.RemoteCause("203.0.113.7", "token"))) {
            assertThat(RequestingUser.of(run(cause), ACL.SYSTEM2, List.of(), Optional.of("bob"))).containsExactly("bob");
        }
    }

    @Test
    void a_technical_user_stands_in_for_no_person_and_no_upstream_run() throws Exception {
        assertThat(RequestingUser.of(run(new Cause.UserIdCause("alice")), ACL.SYSTEM2, List.of(), Optional.of("bob"))).containsExactly("alice");
        Run<?, ?> upstream = run(new TimerTrigger.TimerTriggerCause());
        for (Cause cause : List.of(new Cause.UserIdCause("anonymous"), new Cause.UpstreamCause(upstream))) {
            Run<?, ?> run = run(cause, new TimerTrigger.TimerTriggerCause());
            assertThatThrownBy(() -> RequestingUser.of(run, ACL.SYSTEM2, List.of("*"), Optional.of("bob"))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void a_change_request_never_deploys_for_a_technical_user() throws Exception {
        Heads heads = new Heads();
        ExtensionList.lookup(SCMHead.HeadByItem.class).add(heads);
        try {
            WorkflowJob job = Scene.job(jenkins, "PR-7", "echo 'deploying'");
            Run<?, ?> run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new SCMTrigger.SCMTriggerCause("changes"))));
            assertThatThrownBy(() -> RequestingUser.of(run, ACL.SYSTEM2, List.of(), Optional.of("bob")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("A change request deploys only when a person starts its build");
        } finally {
            ExtensionList.lookup(SCMHead.HeadByItem.class).remove(heads);
        }
    }

    /** As a multibranch project says it of its jobs. */
    private static final class Heads extends SCMHead.HeadByItem {

        @Override
        public SCMHead getHead(Item item) {
            return item.getName().startsWith("PR-") ? new ChangeRequest(item.getName()) : null;
        }
    }

    private static final class ChangeRequest extends SCMHead implements ChangeRequestSCMHead {

        private static final long serialVersionUID = 1L;

        private ChangeRequest(String name) {
            super(name);
        }

        @Override
        public String getId() {
            return getName();
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead("main");
        }
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
        assertThatThrownBy(() -> RequestingUser.of(downstream, ACL.SYSTEM2, List.of("*"), Optional.empty())).isInstanceOf(Refused.class);
    }

    @Test
    void the_build_step_counts_for_its_starter_where_the_infrastructure_allows_the_job() throws Exception {
        WorkflowJob called = Scene.job(jenkins, "deploy-for-others", "echo 'deploying'");
        WorkflowJob calling = Scene.job(jenkins, "calling", "build job: 'deploy-for-others'");
        jenkins.assertBuildStatusSuccess(calling.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        WorkflowRun run = called.getLastBuild();
        assertThat(RequestingUser.of(run, ACL.SYSTEM2, List.of("deploy-for-*"), Optional.empty())).containsExactly("alice");
        assertThatThrownBy(() -> RequestingUser.of(run, ACL.SYSTEM2, List.of("other"), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("adds job \"deploy-for-others\" to its allowed jobs");
        assertThatThrownBy(() -> RequestingUser.ofPublication(run, ACL.SYSTEM2, Optional.of("bob")))
                .as("no infrastructure can allow a publication").isInstanceOf(Refused.class)
                .hasMessageContaining("Give the archive or the design node to deployProject itself")
                .hasMessageNotContaining("allowed jobs");
    }

    @Test
    void a_chain_of_build_steps_leads_to_the_person_who_started_it() throws Exception {
        WorkflowJob called = Scene.job(jenkins, "deploy-for-others", "echo 'deploying'");
        Scene.job(jenkins, "between", "build job: 'deploy-for-others'");
        WorkflowJob calling = Scene.job(jenkins, "calling", "build job: 'between'");
        jenkins.assertBuildStatusSuccess(calling.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        assertThat(RequestingUser.of(called.getLastBuild(), ACL.SYSTEM2, List.of("*"), Optional.empty())).containsExactly("alice");
        calling.delete();
        assertThat(RequestingUser.of(called.getLastBuild(), ACL.SYSTEM2, List.of("*"), Optional.empty())).containsExactly("alice");
        jenkins.jenkins.getItemByFullName("between", WorkflowJob.class).delete();
        assertThatThrownBy(() -> RequestingUser.of(called.getLastBuild(), ACL.SYSTEM2, List.of("*"), Optional.empty()))
                .as("nothing shows any more that the first link was a build step").isInstanceOf(Refused.class);
    }

    @Test
    void a_build_step_below_an_upstream_trigger_proves_nothing() throws Exception {
        WorkflowJob called = Scene.job(jenkins, "deploy-for-others", "echo 'deploying'");
        WorkflowJob forged = Scene.job(jenkins, "forged", "build job: 'deploy-for-others'");
        Run<?, ?> upstream = run(new Cause.UserIdCause("alice"));
        jenkins.assertBuildStatusSuccess(forged.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(upstream))));
        assertThatThrownBy(() -> RequestingUser.of(called.getLastBuild(), ACL.SYSTEM2, List.of("*"), Optional.empty())).isInstanceOf(Refused.class);
    }

    @Test
    void a_chain_that_jenkins_cut_short_is_refused() throws Exception {
        WorkflowRun step = jenkins.assertBuildStatusSuccess(Scene.job(jenkins, "step", "echo 'calling'").scheduleBuild2(0));
        Run<?, ?> run = run(new Cause.UserIdCause("alice"));
        for (int link = 0; link < 10; link++) {
            run = run(new BuildUpstreamCause(step.getExecution().getCurrentHeads().get(0), run));
        }
        Run<?, ?> recorded = run;
        assertThat(RequestingUser.of(recorded, ACL.SYSTEM2, List.of("*"), Optional.empty())).containsExactly("alice");
        Run<?, ?> cut = run(new BuildUpstreamCause(step.getExecution().getCurrentHeads().get(0), run(new BuildUpstreamCause(
                step.getExecution().getCurrentHeads().get(0), recorded))));
        assertThatThrownBy(() -> RequestingUser.of(cut, ACL.SYSTEM2, List.of("*"), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("has not recorded them all");
    }

    @Test
    void a_realm_that_does_not_answer_is_said_and_its_last_groups_are_not_used() throws Exception {
        jenkins.jenkins.setSecurityRealm(new SilentRealm());
        assertThatThrownBy(() -> new JenkinsPeople().person("alice"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("cannot say which groups user \"alice\" is in");
    }

    @Test
    void the_realm_says_who_somebody_is_and_in_which_groups() {
        JenkinsPeople people = new JenkinsPeople();
        assertThat(people.person("alice").groups()).contains("data-team", "authenticated");
        assertThat(people.person("alice").administrator()).isFalse();
        assertThat(people.person("admin").administrator()).isTrue();
        assertThat(people.userKey("ALICE")).isEqualTo(people.userKey("alice"));
    }

    /** For which ids in different cases are different people. */
    private static final class CaseSensitiveRealm extends AbstractPasswordBasedSecurityRealm {

        @Override
        public IdStrategy getUserIdStrategy() {
            return new IdStrategy.CaseSensitive();
        }

        @Override
        protected UserDetails authenticate2(String username, String password) {
            throw new BadCredentialsException(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            throw new UsernameNotFoundException(username);
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UsernameNotFoundException(groupname);
        }
    }

    /** Whose directory is down. */
    private static final class SilentRealm extends AbstractPasswordBasedSecurityRealm {

        @Override
        protected UserDetails authenticate2(String username, String password) {
            throw new AuthenticationServiceException("the directory is down");
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            throw new UserMayOrMayNotExistException2("the directory is down");
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UserMayOrMayNotExistException2("the directory is down");
        }
    }

    private Run<?, ?> run(Cause... causes) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(causes)));
    }

    private static List<String> asked(Run<?, ?> run) {
        Authentication system = ACL.SYSTEM2;
        return RequestingUser.of(run, system, List.of(), Optional.empty());
    }

    private static void assertNobody(Run<?, ?> run) {
        assertThatThrownBy(() -> asked(run))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not known for whom")
                .hasMessageContaining("ask a Jenkins administrator to name a technical user for job \"" + run.getParent().getFullName() + "\"");
    }
}

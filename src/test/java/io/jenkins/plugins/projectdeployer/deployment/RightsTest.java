package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who may deploy, change and delete, and what those learn who may not. */
class RightsTest extends OnProd {

    @Test
    void who_may_not_deploy_is_refused_and_who_may_not_see_learns_nothing() {
        world.publish(churn("v1"));
        Update carol = world.deploy(request("carol", "prod"));
        Update nowhere = world.deploy(request("carol", "nowhere"));

        assertThat(carol.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(carol.messages()).extracting(Message::code).containsExactly("NOT_FOUND");
        assertThat(said(carol, "prod")).isEqualTo(said(nowhere, "nowhere"));
        assertThat(carol.phases()).extracting(Update.PhaseRun::phase, Update.PhaseRun::outcome)
                .isEqualTo(nowhere.phases().stream().map(run -> tuple(run.phase(), run.outcome())).toList());
        assertThat(world.node("prod").calls()).isEmpty();
    }

    private static List<String> said(Update update, String infrastructure) {
        return update.messages().stream().map(message -> message.text().replace(infrastructure, "X")).toList();
    }

    @Test
    void everybody_who_started_the_build_must_hold_the_rights() {
        world.publish(churn("v1"));
        Update update = world.deploy(new DeployRequest.Builder(
                "two", List.of("alice", "carol"), "CHURN", "prod").bundle("v1"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
    }

    private static DeployRequest.Builder request(String user, String infrastructure) {
        return DeployRequest.of(user + infrastructure, user, "CHURN", infrastructure).bundle("v1");
    }

    @Test
    void a_project_that_nobody_claims_is_adopted_by_an_administrator_of_the_infrastructure_alone() {
        world.node("prod").state().addProject("CHURN", "svc_deploy");
        Update refused = deploy("v1");
        assertThat(refused.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(refused.messages()).extracting(Message::text).anyMatch(text -> text.contains("adopt"));

        Update alice = world.deploy(World.request("CHURN", "v1", "prod").adopt(true));
        assertThat(alice.status()).as("alice has no ADMIN").isEqualTo(UpdateStatus.FAILED);

        Update bob = world.deploy(new DeployRequest.Builder(
                "bob", List.of("bob"), "CHURN", "prod").bundle("v1").adopt(true));
        assertThat(bob.status()).as("%s", bob.messages()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().adopted()).isTrue();
        assertThat(project().activeBundleId()).isEqualTo("v1");
    }

    @Test
    void who_lacks_the_right_changes_nothing_and_who_sees_nothing_learns_nothing() {
        deploy("v1");
        // dave may look at everything, and carol at nothing.
        world.person("dave", false, "lookers");
        world.change("prod", it -> new Infrastructure(it.id(), it.stage(), it.nodes(),
                it.externalUrl(), Stream.concat(it.grants().stream(), Stream.of(Grant.toGroup("lookers",
                        InfrastructureRight.READ))).toList(), it.connections(),
                it.codeEnvs(), it.containerExecs(), it.codeEnvsBehavior(), it.policies(), it.hooks(), it.allowedJobs()));
        List<Grant<ProjectRight>> grants = new ArrayList<>(world.deployer().records().project("CHURN").orElseThrow().grants());
        grants.add(Grant.toGroup("lookers", ProjectRight.READ));
        administration().changeGrants("alice", "CHURN", grants);

        refused(Refused.Reason.FORBIDDEN, () -> administration().change("dave", "CHURN-on-prod", null, variables("a", "b")),
                "need Deploy on infrastructure prod");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteDeployment("dave", "CHURN-on-prod"),
                "need Deploy on infrastructure prod");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteBundle("dave", "CHURN", "v1"), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().changeGrants("dave", "CHURN", List.of()), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().changeGrants("bob", "CHURN", List.of()), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteProject("bob", "CHURN"), "need Admin");

        hidden(() -> administration().deleteDeployment("carol", "CHURN-on-prod"), "CHURN-on-prod",
                () -> administration().deleteDeployment("carol", "NOTHING-on-prod"), "NOTHING-on-prod");
        hidden(() -> administration().change("carol", "CHURN-on-prod", null, SettingsChange.NONE), "CHURN-on-prod",
                () -> administration().change("carol", "NOTHING-on-prod", null, SettingsChange.NONE), "NOTHING-on-prod");
        hidden(() -> administration().deleteBundle("carol", "CHURN", "v1"), "CHURN",
                () -> administration().deleteBundle("carol", "NOTHING", "v1"), "NOTHING");
        hidden(() -> administration().changeGrants("carol", "CHURN", List.of()), "CHURN",
                () -> administration().changeGrants("carol", "NOTHING", List.of()), "NOTHING");
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().variables()).isNull();
    }

    @Test
    void what_is_in_the_way_is_named_only_to_whoever_may_see_it() throws IOException {
        deploy("v1");
        // erin administers the project and sees no infrastructure.
        world.person("erin", false);
        List<Grant<ProjectRight>> grants = new ArrayList<>(world.deployer().records().project("CHURN").orElseThrow().grants());
        grants.add(Grant.toUser("erin", ProjectRight.ADMIN));
        administration().changeGrants("alice", "CHURN", grants);
        named(() -> administration().deleteBundle("alice", "CHURN", "v1"), () -> administration().deleteBundle("erin", "CHURN", "v1"),
                "Bundle \"v1\" of project \"CHURN\" is needed by", "deployment \"CHURN-on-prod\" on infrastructure \"prod\"");
        named(() -> administration().deleteProject("alice", "CHURN"), () -> administration().deleteProject("erin", "CHURN"),
                "Published project \"CHURN\" is needed by", "deployment \"CHURN-on-prod\" on infrastructure \"prod\"");

        world.publish(churn("v2"));
        node().faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> world.deployer().records().update(update.number()).orElseThrow().phase() == Phase.PRELOAD);
        named(() -> administration().deleteBundle("alice", "CHURN", "v2"), () -> administration().deleteBundle("erin", "CHURN", "v2"),
                "is needed by", "update " + update.number() + " by alice, which is in phase preload");
        world.deployer().abort(update.request().key(), "alice");
        world.await(update);
    }

    private static void named(ThrowingCallable toOneWhoSees, ThrowingCallable toOneWhoDoesNot, String toBoth, String name) {
        refused(Refused.Reason.CONFLICT, toOneWhoSees, toBoth, name);
        assertThatThrownBy(toOneWhoDoesNot).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.CONFLICT);
            assertThat(refused.getMessage()).contains(toBoth).doesNotContain("prod", "alice", "preload");
        });
    }

    /** Hidden and absent are answered alike. */
    private static void hidden(ThrowingCallable there, String name, ThrowingCallable absent, String otherName) {
        assertThat(message(there).replace(name, "X")).isEqualTo(message(absent).replace(otherName, "X"));
    }

    private static String message(ThrowingCallable call) {
        Refused refused = org.assertj.core.api.Assertions.catchThrowableOfType(Refused.class, call);
        assertThat(refused.reason()).isEqualTo(Refused.Reason.NOT_FOUND);
        return refused.getMessage();
    }

    @Test
    void changed_grants_count_at_the_next_request() {
        world.publish(churn("v1"));
        administration().changeGrants("alice", "CHURN", List.of(Grant.toUser("bob", ProjectRight.ADMIN)));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).messages()).extracting(Message::code).containsExactly("NOT_FOUND");
        administration().changeGrants("bob", "CHURN", List.of(Grant.toUser("alice", ProjectRight.DEPLOY)));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void who_may_deploy_to_the_infrastructure_and_only_read_the_project_deletes_no_deployment_of_it() {
        deploy("v1");
        administration().changeGrants("alice", "CHURN",
                List.of(Grant.toUser("alice", ProjectRight.ADMIN), Grant.toUser("bob", ProjectRight.READ)));

        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteDeployment("bob", "CHURN-on-prod"), "Deploy", "CHURN");
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isPresent();
    }

    @Test
    void a_deployment_whose_infrastructure_is_gone_is_cleared_away_by_an_administrator_of_jenkins_alone() {
        deploy("v1");
        world.forget("prod");
        refused(Refused.Reason.NOT_FOUND, () -> administration().deleteDeployment("alice", "CHURN-on-prod"), "There is no deployment");
        administration().deleteDeployment("admin", "CHURN-on-prod");
        assertThat(world.deployer().records().deployments()).isEmpty();
    }
}

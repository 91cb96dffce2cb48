package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

/** One whole update against an embedded node over HTTP. */
class UpdateTest extends OnProd {

    @Test
    void a_bundle_goes_through_every_phase_and_is_active_with_its_connections_remapped() {
        Update update = deploy("v1");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(update.phases()).extracting(Update.PhaseRun::phase).containsExactly(
                Phase.AUTHORIZE, Phase.FETCH, Phase.PLAN, Phase.GATE, Phase.RECHECK, Phase.PRE_HOOKS, Phase.SEND,
                Phase.CONFIGURE, Phase.PRELOAD, Phase.ACTIVATE, Phase.SECURE, Phase.VERIFY, Phase.POST_HOOKS, Phase.REPORT);
        assertThat(update.deploymentId()).isEqualTo("CHURN-on-prod");
        assertThat(update.nodes()).containsExactly(new Update.NodeResult("prod", "v1", Phase.VERIFY, null));
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().owner()).isEqualTo("svc_deploy");
    }

    @Test
    void a_missing_connection_is_found_in_the_plan_and_nothing_is_touched() {
        world.connections("prod");
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
        assertThat(world.node("prod").state().findProject("CHURN")).isEmpty();
        assertThat(world.node("prod").calls()).noneMatch(call -> !call.method().equals("GET"));
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).as("nothing was created").isEmpty();
    }

    @Test
    void where_the_journal_stands_is_told_in_the_build_log_and_the_system_log() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(UpdateRun.class.getName());
        StreamHandler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                logged.add(new SimpleFormatter().formatMessage(entry));
            }
        };
        logger.addHandler(handler);
        try {
            deploy("v1");
        } finally {
            logger.removeHandler(handler);
        }

        String stands = "audit: recorded up to " + world.deployer().records().head();
        assertThat(world.lines()).contains(stands + ", by which an administrator can show later that nothing of it was changed");
        assertThat(logged).contains("Update 1 ended; " + stands);
    }

    @Test
    void a_dry_run_ends_with_the_plan_and_touches_nothing() {
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").dryRun(true));

        assertThat(update.status()).isEqualTo(UpdateStatus.PLANNED);
        assertThat(update.plan().deployment().id()).isEqualTo("CHURN-on-prod");
        assertThat(world.node("prod").calls()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void the_same_key_is_taken_once_however_often_it_is_submitted() {
        world.publish(churn("v1"));
        var request = World.request("CHURN", "v1", "prod").build();
        Update first = world.submit(request);
        Update again = world.submit(request);
        assertThat(again.number()).isEqualTo(first.number());
        world.await(first);
        assertThat(world.submit(request).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).hasSize(1);
    }

    @Test
    void an_activation_that_the_node_refuses_fails_with_the_nodes_own_words() {
        deploy("v1");
        world.publish(churn("v2"));
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(Course.failedPhase(update)).contains(Phase.ACTIVATE);
        assertThat(update.messages()).extracting(Message::text).anyMatch(text -> text.contains("No more disk"));
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(update.nodes()).containsExactly(new Update.NodeResult(
                "prod", "v1", Phase.PRELOAD, "activate: " + update.messages().get(0).text()));
    }

    /** It would be tried again and again, with the deployment's place taken: only smaller variables help. */
    @Test
    void what_is_too_large_to_be_recorded_fails_the_update_and_frees_the_deployment() {
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").state().project("CHURN").localVariable("model", "x".repeat(17 << 20));

        Update update = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains("RECORD_TOO_LARGE");
        assertThat(update.messages()).extracting(Message::text).anyMatch(text -> text.contains("smaller"));
        assertThat(world.deployer().records().openUpdates()).isEmpty();
    }
}

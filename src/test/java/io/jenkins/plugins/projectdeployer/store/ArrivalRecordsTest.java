package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the updates of a deployment have brought to which node, and what its namesake has no part in. */
class ArrivalRecordsTest extends OnJournal {

    @Test
    void what_a_deleted_deployment_had_on_its_nodes_is_forgotten_with_a_checkpoint_as_without() {
        deployed("v2");
        records.deleteDeployment("CHURN-on-prod", "alice");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        assertThat(journalRecords().having("CHURN", "v2")).isEmpty();
        journalRecords().close();
        reopen();
        assertThat(journalRecords().having("CHURN", "v2")).isEmpty();
        records.deleteBundle("CHURN", "v2", "alice");
    }

    @Test
    void what_a_node_said_that_it_is_survives_any_number_of_updates_and_their_details() {
        deployed("v1");
        for (int i = 2; i <= 9; i++) {
            records.submit(request("key-" + i, "CHURN"));
            records.record(i, new UpdateEvent.TargetKnown("CHURN-on-prod"));
            records.record(i, new UpdateEvent.Ended(UpdateStatus.FAILED));
        }
        journalRecords().forgetDetails(RecordsFixture.NOW.plusSeconds(1));
        SeenNode node = new SeenNode("prod", "https://prod.example.com:10000", "prod-1");
        assertThat(records.seenNodes()).containsExactly(node);
        reopen();
        assertThat(records.seenNodes()).containsExactly(node);
        journalRecords().close();
        reopen();
        assertThat(records.seenNodes()).containsExactly(node);
    }

    @Test
    void whether_a_deployment_was_ever_deployed_survives_and_is_its_own_and_not_its_namesakes() {
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        deployed("v1");
        assertThat(records.everDeployed("churn-ON-prod")).isTrue();
        journalRecords().close();
        reopen();
        assertThat(records.everDeployed("CHURN-on-prod")).isTrue();

        records.deleteDeployment("CHURN-on-prod", "alice");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        journalRecords().close();
        reopen();
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
    }

    @Test
    void where_a_bundle_has_arrived_adds_up_over_updates_and_survives_their_details() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        sent(1, "v1", "prod-1");
        sent(2, "v1", "prod-2");
        sent(3, "v2", "prod-2");
        refused(4, "v1");
        String v1 = digest("v1");
        DeploymentPast past = new DeploymentPast(Set.of("prod-1", "prod-2"), false, true, 3);

        for (int opening = 0; opening < 4; opening++) {
            assertThat(records.past("churn-ON-prod")).isEqualTo(past);
            assertThat(records.sentTo("churn-ON-prod", v1)).containsExactly("prod-1", "prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v2"))).containsExactly("prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v3"))).isEmpty();
            assertThat(records.sentTo("CHURN-on-test", v1)).isEmpty();
            if (opening == 1) {
                journalRecords().forgetDetails(RecordsFixture.NOW.plusSeconds(1));
            }
            if (opening == 2) {
                journalRecords().close();
            }
            reopen();
        }
    }

    @Test
    void what_another_deployer_has_brought_to_the_nodes_counts_beside_what_arrives_from_here() {
        records.create(project("CHURN"));
        String v1 = digest("v1");
        DeploymentPast.Found found = new DeploymentPast.Found(v1, Set.of("prod-1"), "https://deployer.example.com");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"), new DeploymentPast(Set.of("prod-1"), false, null, true, 0, found));
        sent(1, "v1", "prod-2");
        sent(2, "v2", "prod-2");

        for (int opening = 0; opening < 3; opening++) {
            assertThat(records.past("CHURN-on-prod")).isEqualTo(
                    new DeploymentPast(Set.of("prod-1", "prod-2"), false, null, true, 2, found));
            assertThat(records.sentTo("CHURN-on-prod", v1)).containsExactly("prod-1", "prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v2"))).containsExactly("prod-2");
            if (opening == 1) {
                journalRecords().close();
            }
            reopen();
        }
        records.deleteDeployment("CHURN-on-prod", "alice");
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        assertThat(records.sentTo("CHURN-on-prod", v1)).isEmpty();
    }

    @Test
    void a_namesake_of_a_deleted_deployment_has_no_part_in_its_past() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        sent(1, "v1", "prod-1");
        records.deleteDeployment("CHURN-on-prod", "alice");
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        journalRecords().close();
        reopen();
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        assertThat(records.sentTo("CHURN-on-prod", digest("v1"))).isEmpty();

        sent(2, "v1", "prod-2");
        assertThat(records.sentTo("CHURN-on-prod", digest("v1"))).containsExactly("prod-2");
    }

    @Test
    void ten_thousand_updates_are_not_read_again_to_know_what_they_did() {
        CountingJournal counted = new CountingJournal();
        JournalRecords many = JournalRecords.open(counted, home.resolve("none.bin"));
        records = many;
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        for (int number = 1; number <= 10_000; number++) {
            sent(number, "v" + number % 7, "prod-1");
        }
        counted.reads = 0;

        assertThat(records.past("CHURN-on-prod").lastAtWork()).isEqualTo(10_000);
        assertThat(records.sentTo("CHURN-on-prod", digest("v3"))).containsExactly("prod-1");
        assertThat(records.sentTo("CHURN-on-prod", digest("v8"))).isEmpty();
        assertThat(counted.reads).isEqualTo(1);
    }

    private void refused(long number, String bundle) {
        records.submit(request("key-" + number, "CHURN"));
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(number, new UpdateEvent.BundleKnown(bundle, digest(bundle)));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.FAILED));
    }

    @Test
    void a_deployment_whose_update_reached_no_node_or_another_bundle_was_never_deployed() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        records.submit(request("key-1", "CHURN"));
        records.record(1, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(1, new UpdateEvent.BundleKnown("v2", "0".repeat(64)));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        records.record(1, reached("prod-1", "v1"));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        records.record(1, reached("prod-1", "v2"));
        assertThat(records.everDeployed("CHURN-on-prod")).as("while the update goes on").isTrue();
        records.record(1, reached("prod-1", "v1"));
        records.record(1, new UpdateEvent.Ended(UpdateStatus.FAILED));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
    }
}

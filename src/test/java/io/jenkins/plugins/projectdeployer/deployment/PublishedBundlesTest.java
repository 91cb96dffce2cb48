package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bundles here over several updates: which are taken, which stay and which go. */
class PublishedBundlesTest extends OnProd {

    @Test
    void a_deployed_bundle_is_not_deleted_and_one_that_is_not_is_gone_with_its_file() throws IOException {
        deploy("v1");
        deploy("v2");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v2"), "is needed by deployment \"CHURN-on-prod\"");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteProject("alice", "CHURN"), "CHURN-on-prod");

        administration().deleteBundle("alice", "CHURN", "v1");
        assertThat(world.deployer().records().bundles("CHURN")).extracting(Bundle::bundleId).containsExactly("v2");
        assertThat(bundleFiles()).hasSize(1);

        administration().deleteDeployment("alice", "CHURN-on-prod");
        administration().deleteProject("alice", "CHURN");
        assertThat(world.deployer().records().projects()).isEmpty();
        assertThat(bundleFiles()).isEmpty();
    }

    private List<Path> bundleFiles() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".zip")).toList();
        }
    }

    @Test
    void the_same_id_with_other_content_is_refused_even_after_the_first_was_deleted() throws IOException {
        byte[] first = churn("v1").bytes();
        world.publish("alice", first);
        world.publish("alice", first);
        assertThat(world.deployer().records().bundles("CHURN")).as("the same again is no other").hasSize(1);
        refused(Refused.Reason.CONFLICT, () -> world.publish(churn("v1").variable("new", "1")), "with other content", "id of its own");
        administration().deleteBundle("alice", "CHURN", "v1");
        refused(Refused.Reason.CONFLICT, () -> world.publish(churn("v1").variable("new", "1")), "was published before");
        assertThat(bundleFiles()).isEmpty();
    }

    @Test
    void a_project_keeps_to_its_quota_and_the_disk_to_its_floor() throws IOException {
        Bundle first = world.publish(churn("v1"));
        world.bundleStorage(new BundleStorage(null, 0, first.size() + 10, 0, 2, 0));
        refused(Refused.Reason.NO_SPACE, () -> world.publish(churn("v2")), "CHURN", "delete bundles");
        world.publish(BundleZip.of("OTHER", "v1"));
        world.bundleStorage(new BundleStorage(null, Long.MAX_VALUE, 0, 0, 2, 0));
        refused(Refused.Reason.NO_SPACE, () -> world.publish(churn("v2")), "must stay free");
        assertThat(bundleFiles()).hasSize(2);
        world.bundleStorage(new BundleStorage(null, 0, 0, 0, 2, 0));
        assertThat(deploy("v2").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void retention_follows_each_publication_and_each_update() throws IOException {
        deploy("v1");
        world.bundleStorage(new BundleStorage(null, 0, 0, 1, 1, 0));
        world.publish(churn("v2"));
        assertThat(bundles()).as("one is new, one is deployed").containsExactly("v2", "v1");
        world.publish(churn("v3"));
        assertThat(bundles()).containsExactly("v3", "v1");
        world.deploy(World.request("CHURN", "v3", "prod"));
        patiently().untilAsserted(() -> assertThat(bundles()).containsExactly("v3"));
        assertThat(bundleFiles()).hasSize(1);
    }

    @Test
    void an_updates_end_looks_at_the_bundles_of_its_own_project_alone() {
        deploy("v1");
        world.publish(churn("v2"));
        world.publish(BundleZip.of("FRAUD", "v1"));
        world.publish(BundleZip.of("FRAUD", "v2"));
        world.bundleStorage(new BundleStorage(null, 0, 0, 1, 0, 0));
        world.deploy(World.request("CHURN", "v2", "prod"));
        patiently().untilAsserted(() -> assertThat(bundles()).containsExactly("v2"));
        assertThat(world.deployer().records().bundlesInBrief("FRAUD")).hasSize(2);
    }

    @Test
    void a_bundle_that_a_way_back_needs_is_kept_while_its_update_is_at_work() {
        deploy("v1");
        world.publish(churn("v2"));
        world.bundleStorage(new BundleStorage(null, 0, 0, 1, 1, 0));
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        List<String> answers = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before VERIFY") && answers.isEmpty()) {
                answers.add(deletion("v1"));
                world.publish(churn("v3"));
            }
        });
        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE")).onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(answers).singleElement().asString().contains("v1").contains("is needed by update 2 by alice");
        assertThat(bundles()).as("by retention, too").contains("v1");
        Update next = world.deploy(World.request("CHURN", null, "prod"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_bundle_that_a_roll_back_in_line_will_ask_for_is_kept() {
        deploy("v1");
        Update second = deploy("v2");
        world.publish(churn("v3"));
        List<String> answers = new ArrayList<>();
        List<Update> back = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before VERIFY") && back.isEmpty()) {
                back.add(world.submit(World.request("CHURN", null, "prod").rollBackOf(second.number()).queue(true).build()));
                answers.add(deletion("v1"));
            }
        });
        world.deploy(World.request("CHURN", "v3", "prod"));
        Update end = world.await(back.get(0));

        assertThat(answers).singleElement().asString().contains("is needed by update " + end.number());
        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v1");
    }

    /** What is answered, since nothing may be thrown where an update goes on. */
    private String deletion(String bundleId) {
        try {
            administration().deleteBundle("alice", "CHURN", bundleId);
            return "deleted";
        } catch (Refused | IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void what_was_active_on_a_node_that_has_left_the_infrastructure_is_in_nobodys_way() throws IOException {
        several("pair", 2);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "pair"));
        world.change("pair", i -> new Infrastructure(i.id(), i.stage(), i.nodes().subList(0, 1), i.externalUrl(), i.grants(),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
        world.publish(churn("v2"));
        assertThat(world.deploy(World.request("CHURN", "v2", "pair").dryRun(true)).status()).isEqualTo(UpdateStatus.PLANNED);
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v1"), "CHURN-on-pair");
        assertThat(world.deploy(World.request("CHURN", "v2", "pair")).status()).isEqualTo(UpdateStatus.SUCCESS);

        world.restart();
        administration().deleteBundle("alice", "CHURN", "v1");
        assertThat(bundles()).containsExactly("v2");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v2"), "CHURN-on-pair");
    }

    private List<String> bundles() {
        return world.deployer().records().bundles("CHURN").stream().map(Bundle::bundleId).toList();
    }
}

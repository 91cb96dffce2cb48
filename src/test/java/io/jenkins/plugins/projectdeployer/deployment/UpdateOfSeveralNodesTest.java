package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several nodes are deployed as one. */
class UpdateOfSeveralNodesTest extends OnProd {

    @Test
    void four_nodes_are_sent_to_at_once_and_no_more() {
        several("many", 8);
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 1; i <= 8; i++) {
            world.node("many-" + i).faults().on("POST", "*/projectsFromBundle/").once(new Fault.Meanwhile(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    four.await(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("fewer than four at once", e);
                } finally {
                    now.decrementAndGet();
                }
            }));
        }
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "many"));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(most).hasValue(4);
    }

    @Test
    void several_nodes_are_deployed_as_one_and_a_partial_failure_is_healed_by_the_next_update() {
        several("pair", 3);
        world.publish(churn("v1"));
        world.node("pair-2").faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.nodes()).hasSize(3);
        for (int i = 1; i <= 3; i++) {
            assertThat(world.node("pair-" + i).state().project("CHURN").activeBundleId())
                    .as("no node is activated before every node has preloaded").isNull();
        }
        assertThat(update.messages()).extracting(Message::node).contains("pair-2");

        Update next = world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(next.nodes()).extracting(Update.NodeResult::activeBundle).containsOnly("v1");
    }

    @Test
    void a_partial_failure_of_activation_says_what_is_where_and_the_next_update_heals_it() {
        world.infrastructure("trio", "Production", 3).connections("trio", new Remap("sql-dev", "sql-prod"));
        for (int i = 1; i <= 3; i++) {
            world.node("trio-" + i).state().resources().connection("sql-prod", "PostgreSQL");
        }
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "trio"));
        world.publish(churn("v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update update = world.deploy(World.request("CHURN", "v2", "trio"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("node trio-1 has bundle v2 active") && text.contains("node trio-2 has bundle v1 active")
                        && text.contains("node trio-3 has bundle v2 active"));
        assertThat(update.nodes()).filteredOn(node -> node.problem() != null).extracting(Update.NodeResult::node).containsExactly("trio-2");
        assertThat(update.isDeployed()).isFalse();

        Update next = world.deploy(World.request("CHURN", "v2", "trio"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(next.nodes()).extracting(Update.NodeResult::activeBundle).containsOnly("v2");
        assertThat(world.node("trio-2").state().project("CHURN").activeBundleId()).isEqualTo("v2");
    }

    @Test
    void a_node_that_joins_gets_its_permissions_though_its_first_update_failed_on_them() {
        several("pair", 2);
        world.policies("pair", PermissionsPropagation.ALL, "svc_deploy", null, null);
        List<NodeAddress> both = new ArrayList<>();
        world.change("pair", i -> {
            both.addAll(i.nodes());
            return onNodes(i, both.subList(0, 1));
        });
        world.publish(churn("v1"));
        assertThat(world.deploy(World.request("CHURN", "v1", "pair")).status()).isEqualTo(UpdateStatus.SUCCESS);
        Project first = world.node("pair-1").state().project("CHURN").grant("release", ProjectFlag.readProjectContent);
        int lines = first.permissions().size();
        world.change("pair", i -> onNodes(i, both));
        world.node("pair-2").faults().on("PUT", "*/permissions").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update failed = world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(failed.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(world.node("pair-2").state().project("CHURN").permissions()).isEmpty();

        world.restart();
        Update next = world.deploy(World.request("CHURN", "v1", "pair"));

        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("pair-2").state().project("CHURN").permissions()).hasSize(lines - 1);
        assertThat(first.permissions()).as("left alone after the first time").hasSize(lines);
        world.node("pair-2").state().project("CHURN").grant("release", ProjectFlag.readProjectContent);
        world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(world.node("pair-2").state().project("CHURN").permissions()).as("and so here").hasSize(lines);
    }

    private static Infrastructure onNodes(Infrastructure i, List<NodeAddress> nodes) {
        return new Infrastructure(i.id(), i.stage(), nodes, i.externalUrl(), i.grants(), i.connections(), i.codeEnvs(),
                i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }
}

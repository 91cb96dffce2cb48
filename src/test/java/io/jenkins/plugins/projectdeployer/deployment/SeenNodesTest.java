package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenNodesTest {

    private final List<Update> history = new ArrayList<>();
    private final List<Infrastructure> configured = new ArrayList<>();
    private final Infrastructure prod = infrastructure("prod", "https://prod.example.com:10000");
    private final Infrastructure dev = infrastructure("dev", "https://dev.example.com:10000");
    private final SeenNodes owners = new SeenNodes(records(), () -> new Configuration(null, configured, null, null, null, null, null, null));

    @Test
    void a_node_that_told_its_id_to_another_infrastructure_is_that_ones() {
        configured.addAll(List.of(prod, dev));
        history.add(planned("prod-1"));

        assertThat(owners.belongsToAnother("prod-1", dev)).isTrue();
        assertThat(owners.belongsToAnother("prod-1", prod)).isFalse();
        assertThat(owners.belongsToAnother("dev-1", dev)).isFalse();
    }

    @Test
    void updates_that_failed_before_their_plan_hide_nothing() {
        configured.addAll(List.of(prod, dev));
        history.add(Update.submitted(2, DeployRequest.of("b", "alice", "CHURN", "prod").build(), Instant.EPOCH));
        history.add(planned("prod-1"));

        assertThat(owners.belongsToAnother("prod-1", dev)).isTrue();
    }

    @Test
    void a_node_is_free_again_when_its_infrastructure_is_gone_or_has_another_address() {
        history.add(planned("prod-1"));
        configured.add(dev);
        assertThat(owners.belongsToAnother("prod-1", dev)).isFalse();

        configured.add(infrastructure("prod", "https://elsewhere.example.com:10000"));
        assertThat(owners.belongsToAnother("prod-1", dev)).isFalse();
    }

    private Update planned(String nodeId) {
        Plan plan = new Plan(deployment(), true, "ab", prod, null, null, Remapping.NONE, null,
                List.of(new Plan.PlannedNode(prod.nodes().get(0), nodeId, null, false, null)), null, null, null, null);
        return Update.submitted(1, DeployRequest.of("a", "alice", "CHURN", "prod").build(), Instant.EPOCH)
                .after(new UpdateEvent.Planned(plan), Instant.EPOCH);
    }

    private static Deployment deployment() {
        return new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", DeploymentSettings.DEFAULT, false, "alice", Instant.EPOCH);
    }

    private static Infrastructure infrastructure(String id, String url) {
        return new Infrastructure(id, "Production", List.of(new NodeAddress(url, "key")), null, null, null, null, null, null, null, null, null);
    }

    /** One deployment and its history; nothing else is asked for. */
    private Records records() {
        return (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "deployments" -> List.of(deployment());
                    case "history" -> history;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.store.SeenNode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenNodesTest {

    private final List<SeenNode> seen = new ArrayList<>();
    private final List<Infrastructure> configured = new ArrayList<>();
    private final Infrastructure prod = infrastructure("prod", "https://prod.example.com:10000");
    private final Infrastructure dev = infrastructure("dev", "https://dev.example.com:10000");
    private final SeenNodes owners = new SeenNodes(records(), () -> new Configuration(null, configured, null, null, null, null, null, null));

    @Test
    void a_node_that_told_its_id_to_another_infrastructure_is_that_ones() {
        configured.addAll(List.of(prod, dev));
        seen.add(new SeenNode("PROD", "https://prod.example.com:10000", "prod-1"));

        assertThat(owners.belongsToAnother("prod-1", dev)).isTrue();
        assertThat(owners.belongsToAnother("prod-1", prod)).isFalse();
        assertThat(owners.belongsToAnother("dev-1", dev)).isFalse();
    }

    @Test
    void a_node_is_free_again_when_its_infrastructure_is_gone_or_has_another_address() {
        seen.add(new SeenNode("prod", "https://prod.example.com:10000", "prod-1"));
        configured.add(dev);
        assertThat(owners.belongsToAnother("prod-1", dev)).isFalse();

        configured.add(infrastructure("prod", "https://elsewhere.example.com:10000"));
        assertThat(owners.belongsToAnother("prod-1", dev)).isFalse();
    }

    private static Infrastructure infrastructure(String id, String url) {
        return new Infrastructure(id, "Production", List.of(new NodeAddress(url, "key")), null, null, null, null, null, null, null, null, null);
    }

    /** Nothing but the nodes that were seen is asked for. */
    private Records records() {
        return (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("seenNodes")) {
                return seen;
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }
}

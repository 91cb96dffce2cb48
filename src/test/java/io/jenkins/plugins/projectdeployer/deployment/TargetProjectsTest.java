package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class TargetProjectsTest {

    private final TargetProjects targets = new TargetProjects(new OkHttpClient(), address -> "key", NodeTimeouts.DEFAULT);

    /** Phases that opened connections of their own brought a node to cut off those that it had too many of. */
    @Test
    void phases_and_updates_share_the_connections_to_a_node() {
        NodeAddress prod = new NodeAddress("https://prod.example.com:10000", "prod-key");

        assertThat(targets.http("prod", prod)).isSameAs(targets.http("prod", new NodeAddress("https://prod.example.com:10000/", "prod-key")));
    }

    @Test
    void a_node_that_is_configured_anew_is_called_anew() {
        NodeAddress prod = new NodeAddress("https://prod.example.com:10000", "prod-key");

        assertThat(targets.http("prod", prod)).isNotSameAs(targets.http("prod", new NodeAddress(prod.url(), "other-key")));
        assertThat(targets.http("prod", prod)).isNotSameAs(targets.http("prod", new NodeAddress(prod.url(), "prod-key", null, true)));
        assertThat(targets.http("prod", prod)).isNotSameAs(targets.http("prod node 2", prod));
    }
}

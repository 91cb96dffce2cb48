package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RollBackTargetTest {

    private static WayBack before(String... bundles) {
        return new WayBack(null, Arrays.stream(bundles).map(bundle ->
                new WayBack.NodeState("https://" + bundle + ".example.com", bundle, true, null, null, null, null, null)).toList());
    }

    @Test
    void the_bundle_that_all_nodes_had_is_the_target_whatever_was_on_a_node_without_one() {
        assertThat(RollBackTarget.of(7, "CHURN-on-prod", before("v1", null, "v1")).bundleId()).isEqualTo("v1");
    }

    @Test
    void nodes_that_had_different_bundles_cannot_be_brought_back_together() {
        assertThatThrownBy(() -> RollBackTarget.of(7, "CHURN-on-prod", before("v1", "v2")))
                .isInstanceOf(Refused.class).hasMessageContaining("v1, v2").hasMessageContaining("update 7");
    }
}

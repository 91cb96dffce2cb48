package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScenarioStatesTest {

    private static ScenarioStates states(WayBack.ScenarioState before, String policy) {
        return new ScenarioStates(Map.of("NIGHTLY", true), before == null ? Map.of() : Map.of("NIGHTLY", before), policy, "svc_deploy");
    }

    @Test
    void without_a_policy_a_run_as_user_out_of_a_bundle_is_not_believed() {
        assertThat(states(null, null).trusts("NIGHTLY", "root_of_dss")).isFalse();
        assertThat(states(null, null).trusts("NIGHTLY", "svc_deploy")).isTrue();
        assertThat(states(null, null).trusts("NIGHTLY", null)).isTrue();
    }

    @Test
    void without_a_policy_whom_it_ran_as_on_the_node_counts_only_where_it_was_on() {
        assertThat(states(new WayBack.ScenarioState(true, "svc_run"), null).trusts("NIGHTLY", "svc_run")).isTrue();
        assertThat(states(new WayBack.ScenarioState(true, "svc_run"), null).trusts("NIGHTLY", "root_of_dss")).isFalse();
        assertThat(states(new WayBack.ScenarioState(false, "root_of_dss"), null).trusts("NIGHTLY", "root_of_dss"))
                .as("it may have come there in an earlier bundle").isFalse();
    }

    @Test
    void with_a_policy_nobody_but_its_user_is_believed() {
        assertThat(states(new WayBack.ScenarioState(true, "alice"), "svc_run").trusts("NIGHTLY", "alice")).isFalse();
        assertThat(states(null, "svc_run").trusts("NIGHTLY", "svc_run")).isTrue();
        assertThat(states(null, "svc_run").trusts("NIGHTLY", null)).isFalse();
    }
}

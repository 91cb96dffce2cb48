package io.jenkins.plugins.projectdeployer.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Sets a property of the whole process. */
@Isolated
class NodeTimeoutsTest {

    @AfterEach
    void forget() {
        System.clearProperty(NodeTimeouts.LONG_CALL_SECONDS);
    }

    @Test
    void ten_seconds_to_connect_and_an_hour_for_work_unless_it_is_set_otherwise() {
        assertThat(NodeTimeouts.configured()).isEqualTo(NodeTimeouts.DEFAULT);
        assertThat(NodeTimeouts.DEFAULT.connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(NodeTimeouts.DEFAULT.longCall()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void the_deployer_keeps_to_what_is_set() {
        System.setProperty(NodeTimeouts.LONG_CALL_SECONDS, "7200");
        ProjectDeployer.Surroundings plain = (ProjectDeployer.Surroundings) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {ProjectDeployer.Surroundings.class}, InvocationHandler::invokeDefault);

        assertThat(plain.nodeTimeouts()).isEqualTo(NodeTimeouts.configured()).isNotEqualTo(NodeTimeouts.DEFAULT);
    }

    @Test
    void the_time_for_work_is_set_by_a_system_property() {
        System.setProperty(NodeTimeouts.LONG_CALL_SECONDS, "7200");
        assertThat(NodeTimeouts.configured().longCall()).isEqualTo(Duration.ofHours(2));
        assertThat(NodeTimeouts.configured().connect()).isEqualTo(Duration.ofSeconds(10));

        System.setProperty(NodeTimeouts.LONG_CALL_SECONDS, "two hours");
        assertThat(NodeTimeouts.configured()).as("no number").isEqualTo(NodeTimeouts.DEFAULT);

        System.setProperty(NodeTimeouts.LONG_CALL_SECONDS, "0");
        assertThatThrownBy(NodeTimeouts::configured).hasMessageContaining("longCall").hasMessageContaining("above zero");
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Versions of the node and of the bundle. */
class VersionCheckTest {

    private final Planning planning = new Planning();

    @Test
    void a_node_older_than_the_bundle_is_a_warning() {
        planning.node().version = "13.2.9";

        assertThat(only(planning.plan()).code()).isEqualTo("NODE_OLDER_THAN_BUNDLE");
    }

    @Test
    void versions_compare_by_their_leading_numbers() {
        assertThat(VersionCheck.isOlder("9.0.4", "13.3.1")).isTrue();
        assertThat(VersionCheck.isOlder("13.3.1", "13.3.1-beta2")).isFalse();
        assertThat(VersionCheck.isOlder("13.4", "13.3.9")).isFalse();
        assertThat(VersionCheck.isOlder("13.3", "13.3.1")).isFalse();
        assertThat(VersionCheck.isOlder(null, "13.3.1")).isFalse();
        assertThat(VersionCheck.isOlder("dev", "13.3.1")).isFalse();
    }
}

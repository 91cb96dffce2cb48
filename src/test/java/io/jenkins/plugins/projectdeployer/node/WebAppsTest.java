package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebAppsTest extends OnEmbeddedNode {

    @Test
    void a_web_app_is_restarted_and_stopped() throws Exception {
        WebApps webApps = deployed().webApps();
        assertThat(webApps.list()).containsExactly(new WebApps.Summary("dash", "dash", "STANDARD"));
        server.state().futures().takes("restart", java.time.Duration.ofMillis(300));
        int before = server.state().project("CHURN").webapp("dash").restarts();

        webApps.restart("dash", JobProgress.NONE);
        assertThat(webApps.isRunning("dash")).isTrue();
        webApps.stop("dash");

        assertThat(webApps.isRunning("dash")).isFalse();
        assertThat(server.state().project("CHURN").webapp("dash").restarts()).isEqualTo(before + 1);
    }

    @Test
    void no_user_leaves_a_definition_without_one_as_it_is_and_clears_one_that_has() throws Exception {
        ObjectNode untouched = json("{'x':1}");
        RunAs.set(untouched, null);
        assertThat(untouched).isEqualTo(json("{'x':1}"));
        ObjectNode cleared = json("{'runAsUser':'a'}");
        RunAs.set(cleared, null);
        assertThat(RunAs.configured(cleared)).isEmpty();
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) NodeJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

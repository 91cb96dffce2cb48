package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPagesTest {

    @Test
    void pages_of_updates_follow_each_other_and_a_plan_that_was_refused_is_compared_like_any_other(@TempDir Path home) {
        try (World world = new World(home).infrastructure("prod", "Production")) {
            Caller alice = new Caller(world, "alice").onPages();
            world.publish(BundleZip.of("CHURN", "v1"));
            world.deploy(World.request("CHURN", "v1", "prod"));
            world.deploy(World.request("CHURN", "v1", "prod").dryRun(true));
            world.deploy(World.request("CHURN", "v9", "prod"));
            List<Long> seen = new ArrayList<>();
            String before = "";
            int pages = 0;
            while (before != null) {
                JsonNode page = alice.get("/deployments/CHURN-on-prod/updates?limit=1" + before);
                pages++;
                page.path("updates").forEach(line -> seen.add(line.path("number").asLong()));
                before = page.path("next").isNull() ? null : "&before=" + page.path("next").asLong();
            }

            assertThat(seen).containsExactly(3L, 2L, 1L);
            assertThat(pages).as("the last page leads to no empty one").isEqualTo(3);
            assertThat(alice.get("/deployments/CHURN-on-prod/differences?from=1&to=2").path("differences").findValuesAsText("what")).contains("status");
            JsonNode refused = alice.get("/deployments/CHURN-on-prod/differences?from=1&to=3").path("differences");
            assertThat(refused.findValuesAsText("what")).contains("bundle SHA-256", "status", "users / deployingUser");
        }
    }
}

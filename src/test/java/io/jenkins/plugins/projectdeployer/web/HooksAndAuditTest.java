package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksAndAuditTest {

    private static final String SAYS = "def execute(**kwargs):\n    print('printed by the hook')\n    return HookResult.success('told')";

    private World world;
    private Caller admin;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production").hooks("prod", World.hook("notify", HookPhase.POST, SAYS));
        admin = new Caller(world, "admin").onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void runs_of_hooks_are_shown_newest_first_with_what_they_printed() {
        Update first = world.deploy(World.request("CHURN", "v1", "prod"));
        Update second = world.deploy(World.request("CHURN", "v1", "prod"));

        JsonNode runs = admin.get("/hooks/runs");

        assertThat(runs.path("runs").findValuesAsText("update")).containsExactly(
                String.valueOf(second.number()), String.valueOf(first.number()));
        assertThat(runs.at("/runs/0/details").asText()).contains("printed by the hook");
        assertThat(runs.path("next").isNull()).isTrue();
        JsonNode page = admin.get("/hooks/runs?limit=1");
        assertThat(page.path("next").asLong()).isEqualTo(second.number());
        assertThat(admin.get("/hooks/runs?limit=1&before=" + second.number()).path("runs").findValuesAsText("update"))
                .containsExactly(String.valueOf(first.number()));
    }

    @Test
    void permits_are_shown_to_those_who_administer_an_infrastructure_alone() {
        JsonNode hooks = admin.get("/hooks");
        assertThat(hooks.path("permits").asInt()).isEqualTo(3);
        assertThat(hooks.path("holders")).isEmpty();

        for (String path : List.of("/hooks", "/hooks/runs")) {
            assertThat(admin.as("alice").ask("GET", path, null).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_hook_at_work_shows_who_holds_the_permit() {
        world.hooks("prod", World.hook("slow", HookPhase.POST,
                "import time\ndef execute(**kwargs):\n    time.sleep(60)\n    return HookResult.success('')"));
        Update update = world.deployer().submit(World.request("CHURN", "v1", "prod").build());

        JsonNode holders = org.awaitility.Awaitility.await().atMost(java.time.Duration.ofMinutes(1))
                .until(() -> admin.get("/hooks").path("holders"), list -> list.size() == 1);

        assertThat(holders.get(0).path("who").asText()).contains("slow");
        world.deployer().abort(update.request().key(), "admin");
        world.await(update);
    }

    @Test
    void the_audit_lists_everything_newest_first_and_page_by_page() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        long head = world.deployer().records().head().seq();
        List<Long> seen = new ArrayList<>();
        String before = "";
        while (before != null) {
            JsonNode page = admin.get("/audit?limit=3" + before);
            page.path("entries").forEach(entry -> seen.add(entry.path("number").asLong()));
            before = page.path("next").isNull() ? null : "&before=" + page.path("next").asLong();
        }

        assertThat(seen).hasSize((int) head).startsWith(head).endsWith(1L).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void the_audit_is_filtered_by_what_happened_and_by_any_word() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(admin.get("/audit?type=bundle.").path("entries").findValuesAsText("type")).isNotEmpty().allMatch(type -> type.startsWith("bundle."));
        assertThat(admin.get("/audit?brief=true").path("entries").findValuesAsText("type")).contains("update.ended")
                .as("what an update says and keeps stands with the update")
                .noneMatch(type -> type.contains("phase") || type.contains("message") || type.contains("way-back"));
        assertThat(admin.get("/audit?text=churn").path("entries")).isNotEmpty();
        assertThat(admin.get("/audit?text=nothing-of-the-kind").path("entries")).isEmpty();
    }

    @Test
    void the_chain_is_verified_against_an_anchor() {
        String anchor = admin.get("/audit").path("head").asText();
        assertThat(admin.post("/audit/verification", "{\"expect\": \"" + anchor + "\"}").path("intact").asBoolean()).isTrue();

        String other = anchor.substring(0, anchor.indexOf(':') + 1) + "0".repeat(64);
        JsonNode broken = admin.post("/audit/verification", "{\"expect\": \"" + other + "\"}");
        assertThat(broken.path("intact").asBoolean()).isFalse();
        assertThat(broken.path("what").asText()).contains("replaced");
        assertThat(admin.ask("POST", "/audit/verification", "{\"expect\": \"x\"}").status()).isEqualTo(400);
    }

    @Test
    void whoever_may_not_read_the_audit_does_not_find_it() {
        assertThat(admin.as("alice").ask("GET", "/audit", null).status()).isEqualTo(404);
        assertThat(admin.as("alice").ask("POST", "/audit/verification", "{}").status()).isEqualTo(404);
    }
}

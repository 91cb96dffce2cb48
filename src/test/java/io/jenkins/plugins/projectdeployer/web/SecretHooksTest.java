package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks are for the ADMINs of their own infrastructure: bob administers prod, dave administers dev, alice deploys to both. */
class SecretHooksTest {

    private static final String SLOW = "import time\ndef execute(**kwargs):\n    time.sleep(60)\n    return HookResult.success('')";

    private World world;
    private Caller bob;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production").infrastructure("dev", "Development").person("dave", false);
        world.change("dev", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(),
                List.of(Grant.toGroup("data-team", InfrastructureRight.DEPLOY), Grant.toUser("dave", InfrastructureRight.ADMIN)),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
        world.publish(BundleZip.of("CHURN", "v1"));
        bob = new Caller(world, "bob").onPages();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String said(String secret) {
        return World.executing("print('" + secret + "')", "return HookResult.success('" + secret + "')");
    }

    @Test
    void what_has_changed_in_a_hook_between_two_updates_is_compared_for_admins_alone() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.hooks("prod", World.hook("tell-prod", HookPhase.POST, said("recipe-one")));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.hooks("prod", World.hook("tell-prod", HookPhase.POST, said("recipe-two")));
        world.deploy(World.request("CHURN", "v1", "prod"));
        String differences = "/deployments/CHURN-on-prod/differences?from=2&to=3";

        assertThat(bob.as("alice").get(differences).path("differences")).isEmpty();
        JsonNode bobs = bob.get(differences).path("differences");
        assertThat(bobs.findValuesAsText("what")).containsExactly("hooks / tell-prod / text");
        assertThat(bobs.toString()).contains("recipe-one", "recipe-two");
    }

    @Test
    void of_others_hooks_an_admin_learns_that_one_holds_a_permit_and_one_waits_and_nothing_else() {
        world.hookLimits(new HookLimits(1, 86_400, 86_400, HookLimits.DEFAULT.timeLimitSeconds(), null));
        world.hooks("dev", World.hook("tell-dev", HookPhase.POST, SLOW));
        world.hooks("prod", World.hook("tell-prod", HookPhase.POST, SLOW));
        Update dev = world.submit(World.request("CHURN", "v1", "dev").build());
        JsonNode held = Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> bob.get("/hooks").path("holders"), list -> list.size() == 1);
        assertThat(held.get(0).path("who").isNull()).isTrue();
        assertThat(bob.as("dave").get("/hooks").at("/holders/0/who").asText()).contains("tell-dev");
        Update prod = world.submit(World.request("CHURN", "v1", "prod").build());
        JsonNode waiting = Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> bob.get("/hooks").path("waiters"), list -> list.size() == 1);

        assertThat(waiting.get(0).path("who").asText()).contains("tell-prod");
        assertThat(waiting.get(0).path("deadline").asText()).isGreaterThan(waiting.get(0).path("since").asText());
        assertThat(bob.as("dave").get("/hooks").at("/waiters/0/who").isNull()).isTrue();
        assertThat(bob.as("dave").get("/hooks").toString()).doesNotContain("tell-prod");

        for (Update update : List.of(prod, dev)) {
            world.deployer().abort(update.request().key(), "alice");
            world.await(update);
        }
        assertThat(bob.get("/hooks/runs").toString()).doesNotContain("tell-dev");
        assertThat(bob.as("dave").get("/hooks/runs").path("runs").findValuesAsText("name")).containsExactly("tell-dev");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureResourcesTest {

    private World world;
    private Caller alice;

    @BeforeEach
    void two_infrastructures(@TempDir Path home) {
        world = new World(home)
                .infrastructure(World.infrastructure("dev", "Development", List.of(new NodeAddress("http://dev.example.com:1", "k"))))
                .infrastructure(World.infrastructure("prod", "Production", List.of(new NodeAddress("http://prod.example.com:1", "k"))));
        alice = new Caller(world, "alice");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void stages_have_id_and_description() {
        assertThat(alice.get("/project-deployer/stages").findValuesAsText("id")).containsExactly("Development", "Test", "Production");
    }

    @Test
    void a_list_says_what_the_caller_may_do_and_leaves_out_what_is_hidden() {
        JsonNode seen = alice.get("/project-deployer/infras");

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).at("/infraBasicInfo/id").asText()).isEqualTo("prod");
        assertThat(seen.get(1).at("/infraBasicInfo/stage").asText()).isEqualTo("Production");
        assertThat(seen.get(1).path("canDeploy").asBoolean()).isTrue();
        assertThat(seen.get(1).path("isAdmin").asBoolean()).isFalse();
        assertThat(seen.get(1).path("deployments").isArray()).isTrue();
        assertThat(alice.as("carol").get("/project-deployer/infras")).isEmpty();
    }

    @Test
    void hidden_and_absent_get_the_same_answer() {
        for (String path : List.of("", "/settings")) {
            Caller.Answer hidden = alice.as("carol").ask("GET", "/project-deployer/infras/prod" + path, null);
            Caller.Answer absent = alice.as("carol").ask("GET", "/project-deployer/infras/nope" + path, null);

            assertThat(hidden.status()).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.error()).isEqualTo(absent.error().replace("nope", "prod"));
        }
    }

    @Test
    void settings_are_for_administrators_and_hold_no_key() {
        assertThat(alice.ask("GET", "/project-deployer/infras/prod/settings", null).status()).isEqualTo(403);

        JsonNode settings = alice.as("bob").get("/project-deployer/infras/prod/settings");
        assertThat(settings.path("permissions").toString()).isEqualTo("[{\"admin\":false,\"deploy\":true,\"group\":\"data-team\",\"read\":true},"
                + "{\"admin\":true,\"deploy\":true,\"read\":true,\"user\":\"bob\"}]");
        assertThat(settings.path("type").asText()).isEqualTo("AUTOMATION_NODE");
        assertThat(settings.has("adminApiKey")).isFalse();
    }

    @Test
    void grants_that_were_read_changed_and_sent_back_count_at_once() {
        Caller bob = alice.as("bob");
        ObjectNode settings = (ObjectNode) bob.get("/project-deployer/infras/prod/settings");
        settings.withArray("permissions").addObject().put("group", "data-team").put("read", true);
        ((ObjectNode) settings.withArray("permissions").get(0)).put("group", "release");

        bob.put("/project-deployer/infras/prod/settings", settings);

        assertThat(alice.get("/project-deployer/infras/prod").path("canDeploy").asBoolean()).isFalse();
        JsonNode now = bob.get("/project-deployer/infras/prod/settings").path("permissions");
        assertThat(now).isEqualTo(bob.get("/project-deployer/infras/prod/settings").path("permissions"));
        assertThat(now.findValuesAsText("group")).containsExactly("release", "data-team");
    }

    @Test
    void everything_else_of_an_infrastructure_must_come_back_as_it_was() {
        Caller bob = alice.as("bob");
        ObjectNode settings = (ObjectNode) bob.get("/project-deployer/infras/prod/settings");
        bob.put("/project-deployer/infras/prod/settings", settings);
        settings.put("automationNodeUrl", "http://elsewhere.example.com:1");

        Caller.Answer refused = bob.ask("PUT", "/project-deployer/infras/prod/settings", settings.toString());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("automationNodeUrl");
        assertThat(alice.ask("PUT", "/project-deployer/infras/prod/settings", settings.toString()).status()).isEqualTo(403);
    }

    @Test
    void infrastructures_are_made_and_deleted_elsewhere() {
        assertThat(alice.as("admin").ask("POST", "/project-deployer/infras", "{}").error()).contains("configuration");
        assertThat(alice.as("admin").ask("DELETE", "/project-deployer/infras/prod", null).status()).isEqualTo(403);
        assertThat(alice.as("carol").ask("DELETE", "/project-deployer/infras/prod", null).status()).isEqualTo(404);
    }

    @Test
    void another_method_is_told_which_ones_there_are() {
        WebReply reply = alice.send("PATCH", "/project-deployer/infras/prod/settings", null, null);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("Allow", "GET, PUT");
        assertThat(alice.ask("GET", "/project-deployer/nothing/here", null).error()).startsWith("NOT_FOUND");
    }

    @Test
    void a_caller_is_told_who_they_are() {
        assertThat(alice.get("/auth/info").path("authIdentifier").asText()).isEqualTo("alice");
        assertThat(alice.get("/instance-info").path("nodeType").asText()).isEqualTo("DEPLOYER");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnApiTest {

    private World world;
    private Caller admin;
    private Described described;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        world = new World(home).infrastructure("prod", "Production");
        admin = new Caller(world, "admin").onPages();
        described = new Described(Api.description("own-openapi.json"), admin);
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void its_description_names_every_path_and_method_and_no_other() {
        described.assertNames(world.deployer().ownApi().routes());
        described.assertParameters();
        described.assertRefusals();
    }

    @Test
    void every_answer_is_as_described() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.gate("Production", World.approvals(1, Principal.ofGroup("release")));
        Update waiting = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().gates().request(waiting.number()).isPresent());

        for (Routes.Route route : world.deployer().ownApi().routes()) {
            if (route.method().equals("GET") && !route.template().endsWith("/archive") && !route.template().endsWith(".csv")) {
                String query = route.template().endsWith("/differences") ? "?from=1&to=1"
                        : route.template().endsWith("/may") ? "?user=alice&project=CHURN&infrastructure=prod" : "";
                described.check("GET", route.template(), Map.of("{id}", "CHURN-on-prod", "{number}", "1", "{key}", "CHURN", "{bundle}", "v1",
                        "{update}", String.valueOf(waiting.number())), query, null);
            }
        }
    }

    @Test
    void what_changes_something_answers_as_described() {
        Map<String, String> churn = Map.of("{key}", "CHURN");
        described.check("PUT", "/projects/{key}/grants", churn, "{\"grants\": [{\"user\": \"alice\", \"right\": \"ADMIN\"}]}");
        described.check("POST", "/projects", Map.of(), "{\"key\": \"OTHER\"}");
        described.check("DELETE", "/projects/{key}", Map.of("{key}", "OTHER"), null);
        described.check("POST", "/audit/verification", Map.of(), "{}");
        described.check("POST", "/access/readings", Map.of(), "{\"infrastructure\": \"prod\"}");
        described.check("GET", "/access", Map.of(), "?by=user&user=alice", null);
        Map<String, String> one = Map.of("{id}", "CHURN-on-prod");
        described.check("PUT", "/deployments/{id}/settings", one, admin.get("/deployments/CHURN-on-prod/settings").toString());
        JsonNode begun = described.check("POST", "/deployments/{id}/updates", one, "{\"dryRun\": true}");
        world.await(world.deployer().records().update(begun.path("number").asLong()).orElseThrow());
        updatesAreSteeredAsDescribed();
        described.refused(400, "POST", "/deployments/{id}/updates", "/deployments/CHURN-on-prod/updates", "{\"dryRun\": 1}");
        described.refused(404, "GET", "/deployments/{id}", "/deployments/NOPE-on-prod", null);
        described.refused(409, "POST", "/deployments/{id}/updates/{number}/retry", "/deployments/CHURN-on-prod/updates/1/retry", null);
        described.check("DELETE", "/deployments/{id}", one, null);
        described.check("DELETE", "/projects/{key}/bundles/{bundle}", Map.of("{key}", "CHURN", "{bundle}", "v1"), null);
    }

    /** Tried again, stopped, rolled back. */
    private void updatesAreSteeredAsDescribed() {
        world.publish(BundleZip.of("CHURN", "v2"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        Update failed = world.deploy(World.request("CHURN", "v2", "prod"));
        JsonNode again = steered("retry", failed.number());
        world.await(world.deployer().records().update(again.path("number").asLong()).orElseThrow());
        world.node("prod").faults().on("POST", "*/v1/actions/activate").once(new Fault.Hang());
        JsonNode back = steered("rollback", again.path("number").asLong());
        Awaitility.await().until(() -> world.node("prod").calls().stream().anyMatch(call -> call.path().endsWith("/v1/actions/activate")));
        steered("abort", back.path("number").asLong());
        assertThat(world.await(world.deployer().records().update(back.path("number").asLong()).orElseThrow()).status())
                .isEqualTo(UpdateStatus.ABORTED);
    }

    private JsonNode steered(String how, long number) {
        return described.check("POST", "/deployments/{id}/updates/{number}/" + how,
                Map.of("{id}", "CHURN-on-prod", "{number}", String.valueOf(number)), null);
    }

    @Test
    void another_deployer_is_read_and_taken_over_as_described(@TempDir Path elsewhere) {
        world.key("deployer", "admin:token");
        try (World other = new World(elsewhere).infrastructure(world.configuration().infrastructure("prod").orElseThrow());
                ApiServer server = new ApiServer(other.deployer(), key -> Optional.of(other.people().person(key.userId())), path -> Optional.empty())) {
            other.publish(BundleZip.of("OTHER", "v1"));
            other.deployer().administration().create("alice", "OTHER-on-prod", "OTHER", "prod", "v1", null, SettingsChange.NONE);
            String source = "{\"url\": \"" + server.url() + "\", \"credentialsId\": \"deployer-key\"";
            String one = source + ", \"name\": \"OTHER-on-prod\"}";

            JsonNode read = described.check("POST", "/take-over", Map.of(), source + "}");
            assertThat(read.at("/deployments/0/here").asBoolean()).isFalse();
            assertThat(admin.as("alice").ask("POST", "/take-over", source + "}").error()).startsWith("FORBIDDEN");
            assertThat(admin.as("alice").ask("POST", "/take-over/adoptions", one).error()).startsWith("FORBIDDEN");
            assertThat(admin.ask("POST", "/take-over/adoptions", source + "}").error()).contains("name");
            described.check("POST", "/take-over/adoptions", Map.of(), one);
            assertThat(admin.post("/take-over", source + "}").at("/deployments/0/here").asBoolean()).isTrue();
        }
    }

    @Test
    void a_page_about_a_thing_opens_for_those_who_see_it() {
        OwnApi api = world.deployer().ownApi();
        Person alice = world.people().person("alice");
        Person carol = world.people().person("carol");

        assertThat(api.opens(alice, Page.DEPLOYMENT, "CHURN-on-prod")).isTrue();
        assertThat(api.opens(alice, Page.DEPLOYMENT, "NOPE-on-prod")).isFalse();
        assertThat(api.opens(carol, Page.DEPLOYMENT, "CHURN-on-prod")).isFalse();
        assertThat(api.opens(carol, Page.DEPLOYMENTS, null)).isTrue();
        assertThat(api.opens(alice, Page.PROJECT, "CHURN")).isTrue();
        assertThat(api.opens(carol, Page.PROJECT, "CHURN")).isFalse();
    }

    @Test
    void somebody_is_told_who_they_are_and_which_pages_there_are() {
        JsonNode me = admin.as("alice").get("/me");

        assertThat(me.path("id").asText()).isEqualTo("alice");
        assertThat(me.path("administrator").asBoolean()).isFalse();
        assertThat(me.path("pages").findValuesAsText("title")).startsWith("Deployments").contains("Projects")
                .doesNotContain("Deployment", "Hooks", "Audit");
        assertThat(admin.get("/me").path("pages").findValuesAsText("title")).contains("Hooks", "Audit");
    }

    @Test
    void infrastructures_are_listed_with_what_somebody_may_do_there() {
        JsonNode alices = admin.as("alice").get("/infrastructures").path("infrastructures");

        assertThat(alices.findValuesAsText("id")).containsExactly("prod");
        assertThat(alices.get(0).path("deployments").asInt()).isEqualTo(1);
        assertThat(alices.get(0).path("canDeploy").asBoolean()).isTrue();
        assertThat(alices.get(0).path("isAdmin").asBoolean()).isFalse();
        assertThat(admin.as("carol").get("/infrastructures").path("infrastructures")).isEmpty();
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardResourcesTest {

    private static final String PAGE = "/deployments";

    private World world;
    private Caller alice;
    private Caller api;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("dev", "Development").infrastructure("prod", "Production");
        api = new Caller(world, "alice");
        alice = api.onPages();
        for (String project : List.of("CHURN", "FRAUD", "SALES")) {
            world.publish(BundleZip.of(project, "v1"));
            world.deployer().administration().create("alice", project + "-on-dev", project, "dev", "v1", null, SettingsChange.NONE);
        }
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("deployments").findValuesAsText("id");
    }

    private String tag(Caller caller, String path) {
        return caller.send("GET", path, null, null).headers().get("ETag");
    }

    private int ask(Caller caller, String path, String tag) {
        return caller.sendWith("GET", path, name -> name.equals("If-None-Match") ? tag : null, null).status();
    }

    @Test
    void each_deployment_stands_in_its_stage_with_what_is_known_of_it() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        JsonNode page = alice.get(PAGE);

        assertThat(ids(page)).containsExactly("CHURN-on-dev", "CHURN-on-prod", "FRAUD-on-dev", "SALES-on-dev");
        assertThat(page.path("stages").findValuesAsText("deployments")).containsExactly("3", "0", "1");
        JsonNode prod = page.path("deployments").get(1);
        assertThat(prod.path("stage").asText()).isEqualTo("Production");
        assertThat(prod.path("bundle").asText()).isEqualTo("v1");
        assertThat(prod.path("health").asText()).isEqualTo("HEALTHY");
        assertThat(prod.path("by").asText()).isEqualTo("alice");
        assertThat(prod.path("since").asText()).startsWith("20");
        assertThat(page.path("deployments").get(0).path("health").asText()).isEqualTo("UNKNOWN");
        assertThat(page.path("projects")).hasSize(3);
        assertThat(page.path("infrastructures")).hasSize(2);
        JsonNode carols = alice.as("carol").get(PAGE);
        assertThat(carols.path("deployments")).isEmpty();
        assertThat(carols.path("projects")).isEmpty();
        assertThat(carols.path("infrastructures")).isEmpty();
    }

    @Test
    void pages_follow_each_other_without_gap_or_overlap() {
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = alice.get(PAGE + "?limit=1&after=" + next);
            seen.addAll(ids(page));
            next = page.path("next").textValue();
        }

        assertThat(seen).containsExactly("CHURN-on-dev", "CHURN-on-prod", "FRAUD-on-dev", "SALES-on-dev");
        assertThat(alice.get(PAGE + "?limit=4").path("next").isNull()).isTrue();
    }

    @Test
    void it_is_filtered_by_each_of_its_columns() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(ids(alice.get(PAGE + "?stage=Production"))).containsExactly("CHURN-on-prod");
        assertThat(ids(alice.get(PAGE + "?infrastructure=dev&project=FRAUD"))).containsExactly("FRAUD-on-dev");
        assertThat(ids(alice.get(PAGE + "?text=sal"))).containsExactly("SALES-on-dev");
        assertThat(ids(alice.get(PAGE + "?health=HEALTHY"))).containsExactly("CHURN-on-prod");
        assertThat(alice.ask("GET", PAGE + "?limit=x", null).status()).isEqualTo(400);
    }

    @Test
    void an_update_under_way_is_shown_with_its_phase() {
        world.node("prod").faults().on("GET", "/projects/").once(new Fault.Hang());
        String job = api.post("/project-deployer/deployments/CHURN-on-prod/actions/update", null).path("jobId").asText();

        org.awaitility.Awaitility.await().until(() -> alice.get(PAGE).at("/deployments/1/update/phase").asText(), "plan"::equals);
        assertThat(alice.get(PAGE).at("/deployments/1/update/requester").asText()).isEqualTo("alice");
        api.delete("/futures/" + job);
        world.await(world.deployer().records().update(job).orElseThrow());
        assertThat(alice.get(PAGE).at("/deployments/1/update").isNull()).isTrue();
    }

    @Test
    void no_node_is_asked() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").forgetCalls();

        alice.get(PAGE + "?health=HEALTHY");

        assertThat(world.node("prod").calls()).isEmpty();
    }

    @Test
    void the_tag_holds_while_nothing_changes_and_not_longer() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        String tag = tag(alice, PAGE);
        assertThat(ask(alice, PAGE, tag)).isEqualTo(304);
        assertThat(ask(alice, PAGE + "?limit=1", tag)).as("another page").isEqualTo(200);
        assertThat(ask(alice.as("bob"), PAGE, tag)).as("somebody else").isEqualTo(200);

        world.node("prod").state().removeProject("CHURN");
        assertThat(ask(alice, PAGE, tag)).as("nobody has looked").isEqualTo(304);
        assertThat(api.get("/project-deployer/deployments/CHURN-on-prod/status").path("health").asText()).isEqualTo("ERROR");
        assertThat(ask(alice, PAGE, tag)).as("somebody has looked").isEqualTo(200);
        assertThat(alice.get(PAGE).at("/deployments/1/health").asText()).isEqualTo("ERROR");

        tag = tag(alice, PAGE);
        world.forget("dev");
        assertThat(ask(alice, PAGE, tag)).as("configuration").isEqualTo(200);
        tag = tag(alice, PAGE);
        world.person("alice", false, "data-team", "release");
        assertThat(ask(alice, PAGE, tag)).as("groups").isEqualTo(200);
        tag = tag(alice, PAGE);
        world.publish(BundleZip.of("CHURN", "v2"));
        assertThat(ask(alice, PAGE, tag)).as("records").isEqualTo(200);
    }

    @Test
    void the_history_goes_on_before_an_update() {
        for (int i = 0; i < 3; i++) {
            world.deploy(World.request("CHURN", "v1", "prod"));
        }
        String history = "/project-deployer/deployments/CHURN-on-prod/update";

        assertThat(api.get(history + "?limit=2").findValuesAsText("number")).containsExactly("3", "2");
        assertThat(api.get(history + "?limit=2&before=2").findValuesAsText("number")).containsExactly("1");
        assertThat(api.get(history + "?before=1")).isEmpty();
    }
}

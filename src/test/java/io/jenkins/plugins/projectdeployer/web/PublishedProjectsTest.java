package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedProjectsTest {

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice").onPages();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Caller.Answer publish(String query, BundleZip bundle) {
        return Caller.answer(alice.send("POST", "/bundles" + query, "application/zip", new ByteArrayInputStream(bundle.bytes())));
    }

    @Test
    void a_bundle_is_published_listed_downloaded_and_deleted() {
        byte[] bytes = BundleZip.of("CHURN", "v1").bytes();
        JsonNode published = publish("?name=churn%20v1.zip&notes=first", BundleZip.of("CHURN", "v1")).json();
        assertThat(published.path("project").asText()).isEqualTo("CHURN");
        assertThat(published.path("origin").asText()).isEqualTo("churn v1.zip");

        assertThat(alice.get("/projects").path("projects").findValuesAsText("newest")).containsExactly("v1");
        assertThat(alice.get("/projects/CHURN/bundles/v1").path("releaseNotes").asText()).isEqualTo("first");
        assertThat(Caller.octets(alice.send("GET", "/projects/CHURN/bundles/v1/archive", null, null))).isEqualTo(bytes);

        alice.delete("/projects/CHURN/bundles/v1");
        assertThat(alice.get("/projects/CHURN").path("published")).isEmpty();
    }

    @Test
    void a_bundle_of_another_project_than_asked_for_is_refused() {
        assertThat(publish("?project=SALES", BundleZip.of("CHURN", "v1")).status()).isEqualTo(400);
    }

    @Test
    void a_project_shows_what_of_it_is_where_and_to_administrators_who_may_do_what() {
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
        world.deployer().administration().changeGrants("alice", "CHURN", Json.read(
                "{\"l\": [{\"user\": \"alice\", \"right\": \"ADMIN\"}, {\"user\": \"carol\", \"right\": \"READ\"}]}", Grants.class).l());

        JsonNode alices = alice.get("/projects/CHURN");
        assertThat(alices.path("where").findValuesAsText("id")).containsExactly("CHURN-on-prod");
        assertThat(alices.at("/where/0/activeBundles")).as("only made").isEmpty();
        assertThat(alices.path("grants").findValuesAsText("user")).containsExactly("alice", "carol");

        JsonNode carols = alice.as("carol").get("/projects/CHURN");
        assertThat(carols.path("where")).as("she may not see the infrastructure").isEmpty();
        assertThat(carols.path("deployments").asInt()).isZero();
        assertThat(carols.path("grants").isNull()).isTrue();
        assertThat(alice.as("carol").ask("PUT", "/projects/CHURN/grants", "{\"grants\": []}").status()).isEqualTo(403);
        assertThat(alice.as("carol").ask("DELETE", "/projects/CHURN/bundles/v1", null).status()).isEqualTo(403);
    }

    @Test
    void what_is_active_is_not_what_the_next_update_is_to_bring() {
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        alice.put("/deployments/CHURN-on-prod/settings", Json.MAPPER.createObjectNode().put("bundleId", "v2"));

        JsonNode where = alice.get("/projects/CHURN").at("/where/0");

        assertThat(where.path("bundle").asText()).isEqualTo("v2");
        assertThat(where.path("activeBundles")).extracting(JsonNode::asText).containsExactly("v1");
    }

    private record Grants(List<io.jenkins.plugins.projectdeployer.model.Grant<io.jenkins.plugins.projectdeployer.model.ProjectRight>> l) {}

    @Test
    void rights_are_replaced_as_a_whole() {
        world.publish(BundleZip.of("CHURN", "v1"));

        alice.put("/projects/CHURN/grants", Json.read(
                "{\"grants\": [{\"user\": \"alice\", \"right\": \"ADMIN\"}, {\"group\": \"ops\", \"right\": \"DEPLOY\"}]}", ObjectNode.class));

        assertThat(alice.get("/projects/CHURN").path("grants").findValuesAsText("right")).containsExactly("ADMIN", "DEPLOY");
        assertThat(alice.ask("PUT", "/projects/CHURN/grants", "{\"grants\": [{\"user\": \"bob\", \"right\": \"FLY\"}]}").error())
                .startsWith("INVALID");
    }

    @Test
    void rights_are_not_changed_by_half_a_document_or_by_somebody_who_was_overtaken() {
        world.publish(BundleZip.of("CHURN", "v1"));
        String seen = alice.get("/projects/CHURN").path("revision").asText();

        for (String wrong : List.of("{}", "{\"grants\": [{\"right\": \"ADMIN\"}]}", "{\"grants\": {}}")) {
            assertThat(alice.ask("PUT", "/projects/CHURN/grants", wrong).status()).as(wrong).isEqualTo(400);
        }
        String first = "{\"revision\": \"" + seen + "\", \"grants\": [{\"user\": \"alice\", \"right\": \"ADMIN\"}, {\"user\": \"bob\", \"right\": \"READ\"}]}";
        assertThat(alice.ask("PUT", "/projects/CHURN/grants", first).status()).isEqualTo(200);
        assertThat(alice.ask("PUT", "/projects/CHURN/grants", first).status()).as("bob's line has come meanwhile").isEqualTo(409);
    }

    @Test
    void rights_are_not_overwritten_that_somebody_changes_while_they_are_being_saved() {
        world.publish(BundleZip.of("CHURN", "v1"));
        ObjectNode mine = rights("bob", alice.get("/projects/CHURN").path("revision").asText());

        Caller.Answer late = alice.putWhile("/projects/CHURN/grants", null, mine,
                () -> alice.put("/projects/CHURN/grants", rights("carol", null)));

        assertThat(late.error()).startsWith("CONFLICT").contains("load them again");
        assertThat(alice.get("/projects/CHURN").path("grants").findValuesAsText("user")).containsExactly("alice", "carol");
    }

    @Test
    void other_rights_have_another_revision() {
        world.publish(BundleZip.of("CHURN", "v1"));
        List<String> revisions = Stream.of("Aa", "BB").map(user -> { // texts of one String.hashCode
            alice.put("/projects/CHURN/grants", rights(user, null));
            return alice.get("/projects/CHURN").path("revision").asText();
        }).toList();

        assertThat(revisions).doesNotHaveDuplicates();
    }

    private static ObjectNode rights(String user, String revision) {
        return Json.read("{\"grants\": [{\"user\": \"alice\", \"right\": \"ADMIN\"}, {\"user\": \"" + user
                + "\", \"right\": \"READ\"}]}", ObjectNode.class).put("revision", revision);
    }

    @Test
    void whoever_may_not_see_a_project_learns_nothing_of_it() {
        world.publish(BundleZip.of("CHURN", "v1"));

        assertThat(alice.as("carol").get("/projects").path("projects")).isEmpty();
        for (String below : List.of("", "/bundles/v1", "/bundles/v1/archive")) {
            Caller.Answer hidden = alice.as("carol").ask("GET", "/projects/CHURN" + below, null);
            Caller.Answer absent = alice.as("carol").ask("GET", "/projects/NOPE" + below, null);
            assertThat(hidden.status()).as(below).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.json().toString().replace("CHURN", "NOPE")).isEqualTo(absent.json().toString());
        }
        List<List<String>> changes = List.of(List.of("PUT", "/grants"), List.of("DELETE", "/bundles/v1"), List.of("DELETE", ""));
        for (List<String> change : changes) {
            Caller.Answer hidden = alice.as("carol").ask(change.get(0), "/projects/CHURN" + change.get(1), "{\"grants\": []}");
            Caller.Answer absent = alice.as("carol").ask(change.get(0), "/projects/NOPE" + change.get(1), "{\"grants\": []}");
            assertThat(hidden.status()).as("%s", change).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.json().toString().replace("CHURN", "NOPE")).as("%s", change).isEqualTo(absent.json().toString());
        }
        assertThat(alice.get("/projects/CHURN").path("published")).as("nothing was removed").hasSize(1);
    }

    @Test
    void pages_of_projects_follow_each_other() {
        List.of("A", "B", "C").forEach(key -> world.publish(BundleZip.of(key, "v1")));

        JsonNode first = alice.get("/projects?limit=2");

        assertThat(first.path("projects").findValuesAsText("key")).containsExactly("A", "B");
        assertThat(first.path("next").asText()).isEqualTo("B");
        assertThat(alice.get("/projects?limit=2&after=B").path("projects").findValuesAsText("key")).containsExactly("C");
        assertThat(alice.get("/projects?text=c").path("projects").findValuesAsText("key")).containsExactly("C");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectResourcesTest {

    private static final String UPLOAD = "/project-deployer/projects/bundles";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home);
        alice = new Caller(world, "alice");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static byte[] churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).bytes();
    }

    @Test
    void an_uploaded_bundle_makes_its_project() {
        assertThat(alice.upload(UPLOAD, churn("v1")).status()).isEqualTo(200);
        assertThat(alice.upload(UPLOAD + "?projectKey=CHURN", churn("v2")).status()).isEqualTo(200);

        JsonNode project = alice.get("/project-deployer/projects/CHURN");
        assertThat(project.at("/projectBasicInfo/id").asText()).isEqualTo("CHURN");
        assertThat(project.path("packages").findValuesAsText("id")).containsExactly("v2", "v1");
        assertThat(project.path("packages").get(0).path("publishedBy").asText()).isEqualTo("alice");
        assertThat(project.path("canWrite").asBoolean()).isTrue();
        assertThat(alice.get("/project-deployer/projects")).hasSize(1);
        assertThat(alice.as("carol").get("/project-deployer/projects")).isEmpty();
    }

    @Test
    void the_body_itself_may_be_the_bundle() {
        WebReply reply = alice.send("POST", UPLOAD, "application/zip", new ByteArrayInputStream(churn("v1")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(world.deployer().records().bundle("CHURN", "v1")).isPresent();
    }

    @Test
    void the_body_is_left_open_for_whoever_brought_it() {
        AtomicBoolean closed = new AtomicBoolean();
        alice.send("POST", UPLOAD, "multipart/form-data; boundary=b", new ByteArrayInputStream("--b\r\n".getBytes()) {
            @Override
            public void close() {
                closed.set(true);
            }
        });

        assertThat(closed).isFalse();
    }

    @Test
    void what_comes_down_is_what_went_up() {
        byte[] archive = BundleZip.of("CHURN", "v 1+2%").filler(200_000).bytes();
        alice.upload(UPLOAD, archive);

        WebReply reply = alice.send("GET", "/project-deployer/projects/CHURN/bundles/v%201+2%25", null, null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Content-Type", "application/zip");
        assertThat(Caller.octets(reply)).isEqualTo(archive);
    }

    @Test
    void an_upload_that_is_cut_off_anywhere_leaves_nothing() {
        byte[] form = Arrays.copyOf(("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.zip\"\r\n\r\n").getBytes(), 400);

        for (int length : List.of(0, 3, 40, 72, 200, 400)) {
            Caller.Answer answer = Caller.answer(alice.send("POST", UPLOAD, "multipart/form-data; boundary=b",
                    new ByteArrayInputStream(form, 0, length)));
            assertThat(answer.status()).as("cut at " + length).isEqualTo(400);
            assertThat(answer.error()).startsWith("INVALID");
        }
        assertThat(world.home().resolve("bundles")).isDirectoryNotContaining("glob:**.zip").isDirectoryNotContaining("glob:**incoming*");
    }

    @Test
    void what_is_no_upload_is_refused_before_it_is_read() {
        assertThat(Caller.answer(alice.send("POST", UPLOAD, "application/x-www-form-urlencoded", null)).status()).isEqualTo(400);
        assertThat(Caller.answer(alice.send("POST", UPLOAD, null, null)).error()).contains("part \"file\"");
        assertThat(alice.upload(UPLOAD + "?projectKey=OTHER", churn("v1")).status()).isEqualTo(400);
    }

    @Test
    void who_may_not_publish_is_refused_without_learning_whether_the_project_exists() {
        alice.upload(UPLOAD, churn("v1"));
        Caller carol = alice.as("carol");

        Caller.Answer hidden = carol.upload(UPLOAD + "?projectKey=CHURN", churn("v2"));
        Caller.Answer absent = carol.upload(UPLOAD + "?projectKey=NOPE", churn("v2"));

        assertThat(hidden.status()).isEqualTo(404).isEqualTo(absent.status());
        assertThat(hidden.error()).isEqualTo(absent.error().replace("NOPE", "CHURN"));
        assertThat(alice.as("bob").upload(UPLOAD + "?projectKey=CHURN", churn("v2")).status()).isEqualTo(403);
    }

    @Test
    void a_project_can_be_made_before_its_first_bundle() {
        alice.post("/project-deployer/projects", "{\"publishedProjectKey\": \"CHURN\"}");

        assertThat(alice.get("/project-deployer/projects/CHURN").path("packages")).isEmpty();
        assertThat(alice.ask("POST", "/project-deployer/projects", "{\"publishedProjectKey\": \"CHURN\"}").status()).isEqualTo(409);
        assertThat(alice.ask("POST", "/project-deployer/projects", "{\"publishedProjectKey\": \"../x\"}").status()).isEqualTo(400);
        assertThat(alice.ask("POST", "/project-deployer/projects", "{}").error()).contains("publishedProjectKey is missing");
        assertThat(alice.as("carol").ask("POST", "/project-deployer/projects", "{\"publishedProjectKey\": \"B\"}").status()).isEqualTo(404);
    }

    @Test
    void grants_come_back_as_they_were_sent_and_count_at_once() {
        alice.upload(UPLOAD, churn("v1"));
        String settings = "/project-deployer/projects/CHURN/settings";
        ObjectNode read = (ObjectNode) alice.get(settings);
        assertThat(read.path("permissions").findValuesAsText("group")).containsExactly("data-team", "release");
        world.person("carol", false, "auditors");
        read.withArray("permissions").addObject().put("group", "auditors").put("write", true).put("deploy", true);

        alice.put(settings, read);

        JsonNode line = alice.get(settings).path("permissions").get(2);
        assertThat(line.toString()).isEqualTo("{\"admin\":false,\"deploy\":true,\"group\":\"auditors\",\"read\":true,\"write\":true}");
        assertThat(alice.as("carol").get("/project-deployer/projects/CHURN").path("canDeploy").asBoolean()).isTrue();
        assertThat(alice.as("bob").ask("GET", settings, null).status()).isEqualTo(403);
        assertThat(alice.as("bob").ask("PUT", settings, read.toString()).status()).isEqualTo(403);
    }

    @Test
    void wrong_documents_are_refused_by_the_fields_name() {
        alice.upload(UPLOAD, churn("v1"));
        String settings = "/project-deployer/projects/CHURN/settings";

        assertThat(alice.ask("PUT", settings, "{\"permissions\": 3}").error()).contains("permissions must be a list");
        assertThat(alice.ask("PUT", settings, "{\"permissions\": [{\"admin\": true}]}").error()).contains("a group or a user");
        assertThat(alice.ask("PUT", settings, "{\"permissions\": [{\"group\": \"a\", \"admin\": 1}]}").error()).contains("admin must be true or false");
        assertThat(alice.ask("PUT", settings, "{\"id\": \"OTHER\"}").error()).contains("keeps its key");
        assertThat(alice.ask("PUT", settings, "[]").error()).contains("JSON object");
        assertThat(alice.ask("PUT", settings, "{").error()).contains("not JSON");
        assertThat(Caller.answer(alice.send("PUT", settings, "application/x-www-form-urlencoded", null)).error()).contains("application/json");
        assertThat(alice.ask("GET", "/project-deployer/projects/CHURN%2", null).error()).contains("percent-encoded");
        assertThat(alice.ask("GET", "/project-deployer//projects", null).status()).isEqualTo(404);
    }

    @Test
    void bundles_and_projects_are_deleted() {
        alice.upload(UPLOAD, churn("v1"));
        alice.upload(UPLOAD, churn("v2"));
        String v1 = "/project-deployer/projects/CHURN/bundles/v1";
        assertThat(alice.get(v1 + "/project-standards-report").isNull()).isTrue();
        assertThat(alice.as("bob").ask("DELETE", v1, null).status()).isEqualTo(403);

        alice.delete(v1);
        assertThat(alice.ask("GET", v1, null).status()).isEqualTo(404);
        assertThat(alice.ask("DELETE", v1, null).status()).isEqualTo(404);

        alice.delete("/project-deployer/projects/CHURN");
        assertThat(alice.ask("GET", "/project-deployer/projects/CHURN", null).status()).isEqualTo(404);
    }
}

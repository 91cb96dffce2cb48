package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.User;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jenkins.security.ApiTokenProperty;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that a client of Dataiku's does, from the upload to the deletion, through the filters of a real Jenkins. */
class WholeWayByRequestTest extends DeployingTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private String key;
    private String root;

    @BeforeEach
    void byAlice() throws IOException {
        by("alice");
    }

    private void by(String user) throws IOException {
        key = user + ":" + User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("api").plainValue;
    }

    private HttpResponse<byte[]> send(String method, String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + root + path)).method(method, body)
                .header("Authorization", "Bearer " + key);
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as("%s %s: %s", method, path, new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return answer;
    }

    private JsonNode ask(String method, String path, String json) throws IOException, InterruptedException {
        byte[] answer = send(method, path, json == null ? null : "application/json",
                json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)).body();
        return answer.length == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(answer);
    }

    /** A bundle of several megabytes that cannot be packed any smaller. */
    private Path large(String id) throws IOException {
        Path archive = Scene.bundle(directory, id);
        Path larger = directory.resolve("large-" + id + ".zip");
        byte[] noise = new byte[3 << 20];
        new SecureRandom().nextBytes(noise);
        try (ZipInputStream from = new ZipInputStream(Files.newInputStream(archive));
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(larger))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry("managed_datasets/noise"));
            to.write(noise);
        }
        return larger;
    }

    private void upload(Path archive) throws IOException, InterruptedException {
        String head = "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"churn.zip\"\r\n\r\n";
        send("POST", "/project-deployer/projects/bundles", "multipart/form-data; boundary=b0und", BodyPublishers.concat(
                BodyPublishers.ofString(head), BodyPublishers.ofFile(archive), BodyPublishers.ofString("\r\n--b0und--\r\n")));
    }

    private void update(String deployment) throws IOException, InterruptedException {
        String job = ask("POST", deployment + "/actions/update", null).path("jobId").asText();
        Awaitility.await().until(() -> ask("GET", "/futures/" + job, null).path("hasResult").asBoolean());
        assertThat(ask("GET", "/futures/" + job, null).at("/result/status").asText()).isEqualTo("SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"project-deployer/public/api", "project-deployer/dip/publicapi"})
    void a_bundle_goes_from_its_upload_to_the_node_and_all_is_deleted_again(String address) throws Exception {
        root = address;
        Path archive = large("v1");
        upload(archive);
        upload(large("v2"));
        String bundle = "/project-deployer/projects/CHURN/bundles/v1";
        assertThat(send("GET", bundle, null, BodyPublishers.noBody()).body()).isEqualTo(Files.readAllBytes(archive));

        ask("POST", "/project-deployer/deployments", "{\"deploymentId\": \"churn\", \"publishedProjectKey\": \"CHURN\","
                + " \"infraId\": \"dev\", \"bundleId\": \"v1\"}");
        String deployment = "/project-deployer/deployments/churn";
        update(deployment);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");

        ObjectNode settings = (ObjectNode) ask("GET", deployment + "/settings", null);
        ask("PUT", deployment + "/settings", settings.put("bundleId", "v2").toString());
        update(deployment);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(ask("GET", deployment + "/status", null).path("health").asText()).isEqualTo("HEALTHY");
        assertThat(ask("GET", deployment + "/update", null)).hasSize(2);

        by("admin");
        ask("DELETE", deployment, null);
        ask("DELETE", bundle, null);
        ask("DELETE", "/project-deployer/projects/CHURN", null);
        assertThat(ask("GET", "/project-deployer/projects", null)).isEmpty();
    }
}

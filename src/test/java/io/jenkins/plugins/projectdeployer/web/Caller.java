package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * Somebody who asks an API, as Dataiku's client would: paths below its root, JSON without a content type.
 *
 * @param own whether it is ours that is asked, not the one in Dataiku's shapes
 */
record Caller(World world, String userId, boolean own) {

    Caller(World world, String userId) {
        this(world, userId, false);
    }

    /** An answer, read to its end. */
    record Answer(int status, JsonNode json) {

        String error() {
            assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("errorType", "message", "detailedMessage");
            assertThat(json.path("detailedMessage")).isEqualTo(json.path("message"));
            return json.path("errorType").asText() + ": " + json.path("message").asText();
        }
    }

    Caller as(String otherUserId) {
        return new Caller(world, otherUserId, own);
    }

    /** The same person, asking our own resources. */
    Caller onPages() {
        return new Caller(world, userId, true);
    }

    JsonNode get(String path) {
        return fine(ask("GET", path, null));
    }

    JsonNode post(String path, String json) {
        return fine(ask("POST", path, json));
    }

    JsonNode put(String path, JsonNode json) {
        return fine(ask("PUT", path, json.toString()));
    }

    JsonNode delete(String path) {
        return fine(ask("DELETE", path, null));
    }

    private static JsonNode fine(Answer answer) {
        assertThat(answer.status()).as(() -> answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    Answer ask(String method, String path, String json) {
        return answer(send(method, path, null,
                json == null ? null : new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }

    WebReply send(String method, String path, String contentType, InputStream body) {
        return sendWith(method, path, name -> name.equals("Content-Type") ? contentType : null, body);
    }

    WebReply sendWith(String method, String path, UnaryOperator<String> headers, InputStream body) {
        String[] pathAndQuery = path.split("\\?", 2);
        String query = pathAndQuery.length == 2 ? pathAndQuery[1] : null;
        return own
                ? world.deployer().ownApi().answer(method, pathAndQuery[0], query, headers, body, world.people().person(userId))
                : world.deployer().api().answer(method, pathAndQuery[0], query, headers, body, userId);
    }

    /**
     * Puts a document while somebody else does something: after what is there was looked at, before it is changed.
     *
     * @param match what must still be there; null: whatever it is
     */
    Answer putWhile(String path, String match, JsonNode json, Runnable somebodyElse) {
        byte[] octets = json.toString().getBytes(StandardCharsets.UTF_8);
        return answer(sendWith("PUT", path, name -> name.equals("If-Match") ? match : null, new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                // Reading the document comes first; asking the directory whether they may comes last.
                world.meanwhile(somebodyElse);
                return super.read(into, offset, length);
            }
        }));
    }

    /** As {@code requests} writes a form with one file. */
    Answer upload(String path, byte[] archive) {
        byte[] head = "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"churn v1.zip\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--b0und--\r\n".getBytes(StandardCharsets.UTF_8);
        return answer(send("POST", path, "multipart/form-data; boundary=b0und", new java.io.SequenceInputStream(
                new java.io.SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(archive)),
                new ByteArrayInputStream(tail))));
    }

    static Answer answer(WebReply reply) {
        try {
            byte[] octets = octets(reply);
            assertThat(octets).hasSize((int) reply.length());
            return new Answer(reply.status(), Json.MAPPER.readTree(octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] octets(WebReply reply) {
        try (InputStream body = reply.body().open()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an update and polls its future until it has a result. */
    JsonNode update(String deploymentId) {
        JsonNode started = post("/project-deployer/deployments/" + deploymentId + "/actions/update", null);
        return Awaitility.await().atMost(java.time.Duration.ofMinutes(2))
                .until(() -> get("/futures/" + started.path("jobId").asText() + "?peek=False"),
                        future -> future.path("hasResult").asBoolean())
                .path("result");
    }
}

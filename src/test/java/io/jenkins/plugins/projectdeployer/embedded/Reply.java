package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a route answers: a status, a content type, and a body of known length. */
record Reply(int status, String contentType, long length, Body body) {

    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Reply json(JsonNode node) {
        return of(200, "application/json;charset=utf-8", Json.bytes(node));
    }

    /** What Dataiku answers where a client expects nothing in particular. */
    static Reply done(String message) {
        return json(Json.object().put("msg", message));
    }

    static Reply nothing() {
        return of(200, "text/plain;charset=utf-8", new byte[0]);
    }

    static Reply text(String contentType, String text) {
        return of(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(ApiError error, int status) {
        return of(status, "application/json;charset=utf-8", Json.bytes(error.body()));
    }

    static Reply html(int status, String title) {
        String page = "<html><head><title>" + title + "</title></head><body><center><h1>" + title
                + "</h1></center><hr><center>nginx</center></body></html>";
        return of(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    static Reply file(String contentType, Path file) {
        try {
            return new Reply(200, contentType, Files.size(file), out -> Files.copy(file, out));
        } catch (IOException e) {
            throw ApiError.notFound("The archive is gone: " + e.getMessage());
        }
    }

    static Reply of(int status, String contentType, byte[] bytes) {
        return new Reply(status, contentType, bytes.length, out -> out.write(bytes));
    }
}

package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Writes a call in OkHttp's terms: address, key, acting user, body. */
final class WireRequest {

    private static final MediaType JSON = MediaType.get("application/json");

    private WireRequest() {}

    static Request of(HttpUrl api, NodeRequest request, String key, String actingUser, Attempt attempt)
            throws IOException {
        Headers.Builder headers =
                new Headers.Builder().add("Authorization", Credentials.basic(key, "", StandardCharsets.UTF_8));
        if (actingUser != null) {
            headers.addUnsafeNonAscii("X-DKU-ProxyUser", actingUser);
        }
        return new Request.Builder()
                .url(url(api, request))
                .headers(headers.build())
                .method(request.method(), body(request, attempt))
                .tag(Attempt.class, attempt)
                .build();
    }

    private static HttpUrl url(HttpUrl api, NodeRequest request) {
        HttpUrl.Builder url = api.newBuilder().addEncodedPathSegments(request.path().toString().substring(1));
        request.query().forEach(parameter -> url.addQueryParameter(parameter.name(), parameter.value()));
        return url.build();
    }

    private static RequestBody body(NodeRequest request, Attempt attempt) throws IOException {
        if (request.payload() instanceof NodeRequest.Upload upload) {
            return new UploadBody(upload, attempt);
        }
        if (request.payload() instanceof NodeRequest.Document document) {
            return new OneShotBody(NodeJson.write(document.json()), JSON);
        }
        if (request.payload() instanceof NodeRequest.Octets raw) {
            return new OneShotBody(raw.octets(), raw.contentType() == null ? null : MediaType.parse(raw.contentType()));
        }
        boolean needsBody = request.method().equals("POST") || request.method().equals("PUT");
        return needsBody ? new OneShotBody(new byte[0], null) : null;
    }
}

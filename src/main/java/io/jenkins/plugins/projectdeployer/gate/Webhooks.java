package io.jenkins.plugins.projectdeployer.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.GateWebhook;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.LongFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts news to the webhooks of the request's gate, as JSON with a signature over exactly its bytes: a receiver that
 * knows the secret knows that they come from here. Redirects are not followed: they would carry the message elsewhere.
 */
public final class Webhooks implements Notifier {

    /** {@code sha256=} and HMAC-SHA-256 of the body in lower-case hexadecimal. */
    public static final String SIGNATURE = "X-Project-Deployer-Signature";

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int TRIES = 3;

    private final OkHttpClient http;
    private final Function<String, String> secrets;
    private final LongFunction<String> links;
    private final Duration pause;

    /**
     * @param secrets value of a Secret text by its id
     * @param links where people find a request; null where there is no such page
     * @param pause before a second try, doubled before a third
     */
    public Webhooks(OkHttpClient http, Function<String, String> secrets, LongFunction<String> links, Duration pause) {
        this.http = http.newBuilder().followRedirects(false).followSslRedirects(false).callTimeout(Duration.ofSeconds(20)).build();
        this.secrets = secrets;
        this.links = links;
        this.pause = pause;
    }

    @Override
    public void tell(GateNews news) throws Exception {
        Exception failure = null;
        for (GateWebhook webhook : news.gate().webhooks()) {
            try {
                deliver(webhook, body(news));
            } catch (IOException | RuntimeException e) {
                // One that does not answer keeps no other from being told.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private byte[] body(GateNews news) {
        ObjectNode body = Json.MAPPER.createObjectNode()
                .put("event", news.kind().name())
                .put("at", news.at().toString())
                .put("text", news.text())
                .put("by", news.by());
        if (news.glass() != null) {
            body.putObject("brokenGlass")
                    .put("by", news.glass().userId())
                    .put("reason", news.glass().reason())
                    .put("until", news.glass().until().toString());
        }
        if (news.request() == null) {
            body.put("project", news.glass().project()).put("infrastructure", news.glass().infrastructure());
        } else {
            add(news.request(), body);
        }
        return Json.text(body).getBytes(StandardCharsets.UTF_8);
    }

    private void add(ApprovalRequest request, ObjectNode body) {
        body.put("update", request.update())
                .put("revision", request.revision())
                .put("deployment", request.deploymentId())
                .put("project", request.project())
                .put("bundle", request.bundle())
                .put("infrastructure", request.infrastructure())
                .put("stage", request.stage())
                .put("approvals", request.votes().stream().filter(vote -> vote.approves()).count())
                .put("needed", request.needed())
                .put("link", links.apply(request.update()));
        if (request.followUpBy() != null) {
            body.put("owedUntil", request.followUpBy().toString());
        }
        body.set("requestedBy", Json.MAPPER.valueToTree(request.requestedBy()));
    }

    private void deliver(GateWebhook webhook, byte[] body) throws IOException, InterruptedException {
        Request request = new Request.Builder()
                .url(webhook.url())
                .header(SIGNATURE, "sha256=" + signature(secrets.apply(webhook.credentialsId()), body))
                .post(RequestBody.create(body, JSON))
                .build();
        for (int attempt = 1; ; attempt++) {
            try (Response response = http.newCall(request).execute()) {
                if (response.isSuccessful()) {
                    return;
                }
                if (response.code() < 500 || attempt == TRIES) {
                    throw new IOException("Webhook " + host(request) + " answered " + response.code());
                }
            } catch (IOException e) {
                if (attempt == TRIES || e.getMessage() != null && e.getMessage().startsWith("Webhook ")) {
                    throw e;
                }
            }
            Thread.sleep(pause.multipliedBy(attempt).toMillis());
        }
    }

    /** The path of a webhook is often a secret by itself. */
    private static String host(Request request) {
        return Ids.printable(request.url().host()) + ":" + request.url().port();
    }

    /** HMAC-SHA-256 of these bytes, in lower-case hexadecimal. */
    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}

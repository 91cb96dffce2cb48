package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Reads an answer that is not a success.
 *
 * <p>Dataiku answers errors as {@code {"errorType","message","detailedMessage"}} and uses 500 for client errors too, so
 * the body decides before the status does. Proxies answer HTML, or JSON of their own without an {@code errorType}.
 */
final class ErrorReply {

    private static final Logger LOGGER = Logger.getLogger(ErrorReply.class.getName());

    /** Enough for any error; the rest of a body is not read. */
    static final int MAX_OCTETS = 64 * 1024;

    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>([^<]{1,500})", Pattern.CASE_INSENSITIVE);
    private static final int MAX_TEXT = 1000;

    private final CallSite site;
    private final int status;
    private final String errorType;
    private final String text;

    private ErrorReply(CallSite site, int status, String errorType, String text) {
        this.site = site;
        this.status = status;
        this.errorType = errorType;
        this.text = text;
    }

    static NodeException of(CallSite site, int status, byte[] body) {
        JsonNode json = json(body);
        if (json == null) {
            return new ErrorReply(site, status, null, title(site, body)).byStatus();
        }
        JsonNode type = json.get("errorType");
        String errorType = type == null || type.isNull() ? null : site.foreign(type.asText(), 200);
        String said = site.foreign(message(json), MAX_TEXT);
        ErrorReply reply = new ErrorReply(site, status, errorType, said);
        return errorType == null && (said.isEmpty() || status >= 501) ? reply.byStatus() : reply.byDataiku();
    }

    static NodeException redirect(CallSite site, Response response) {
        String location = response.header("Location");
        HttpUrl target = location == null ? null : response.request().url().resolve(location);
        String where = target == null ? "elsewhere" : "to " + target.scheme() + "://" + target.host() + ":" + target.port();
        LOGGER.log(Level.WARNING, "{0} redirects {1}, which is not followed", new Object[] {response.request().url().host(), where});
        return site.answered(
                Kind.REDIRECT,
                CallSite.Answer.of(response.code()),
                false,
                target == null ? "redirects elsewhere" : "redirects to another address (" + target.scheme() + ")",
                "redirects are not followed, because the API key must not travel on;"
                        + " the controller's log says where to: if that is the node, make it the node's URL, else let the proxy pass"
                        + " /public/api through");
    }

    private NodeException byDataiku() {
        return switch (status) {
            case 401 -> isAboutRights()
                    ? failure(Kind.FORBIDDEN, "forbids this or does not have it", saying(advice403()))
                    : failure(Kind.UNAUTHORIZED, "does not accept the API key", saying(advice401()));
            case 403 -> failure(Kind.FORBIDDEN, "forbids this", saying(advice403()));
            case 404 -> failure(Kind.NOT_FOUND, "has no such thing", saying(""));
            case 413 -> failure(Kind.TOO_LARGE, "takes no body of this size", saying(advice413()));
            default -> failure(Kind.REFUSED, "refuses", text.isEmpty() ? "it gives no reason but " + errorType : text);
        };
    }

    private NodeException byStatus() {
        return switch (status) {
            case 401 -> failure(Kind.UNAUTHORIZED, "does not accept the API key", advice401());
            case 403 -> failure(Kind.FORBIDDEN, "forbids this", saying(advice403()));
            case 404 -> failure(
                    Kind.NOT_FOUND,
                    "has nothing there",
                    saying("check that the URL of the node is that of a Dataiku node, and its version"));
            case 407 -> failure(
                    Kind.GATEWAY,
                    "was not reached",
                    "the HTTP proxy asks for a user and password; set them in Jenkins' proxy settings");
            case 413 -> failure(Kind.TOO_LARGE, "or a proxy before it takes no body of this size", saying(advice413()));
            case 502, 503 -> failure(
                    Kind.GATEWAY,
                    "was not reached by the proxy before it",
                    saying("check that the node is running"));
            case 504 -> failure(
                    Kind.GATEWAY,
                    "took longer than the proxy before it waits",
                    saying("raise the proxy's read timeout (Dataiku recommends 3600 s)"));
            default -> failure(
                    Kind.UNEXPECTED,
                    "gave an answer that is not Dataiku's",
                    saying("check that the URL is that of a Dataiku node and what stands before it"));
        };
    }

    /**
     * Dataiku answers 401 not only to an unknown key, but also for a project that is not there or may not be seen, and
     * for a user to act as whom it does not know.
     */
    private boolean isAboutRights() {
        return errorType != null
                && !text.toLowerCase(Locale.ROOT).contains("key")
                && (errorType.contains("UnauthorizedException") || site.actingUser() != null);
    }

    private NodeException failure(Kind kind, String what, String advice) {
        boolean unknown = kind == Kind.GATEWAY && status != 407 && !site.request().changesNothing();
        String said = text.isEmpty() ? null : text;
        return site.answered(kind, new CallSite.Answer(status, errorType, said), unknown, what, advice);
    }

    private String saying(String advice) {
        if (text.isEmpty()) {
            return advice;
        }
        return "it says " + Words.quoted(text) + (advice.isEmpty() ? "" : "; " + advice);
    }

    private static String advice401() {
        return "the key is wrong, expired or revoked;"
                + " put a valid global admin API key of this node into the infrastructure's credential";
    }

    private String advice403() {
        String user = site.actingUser();
        if (user == null) {
            return "the API key needs global admin rights";
        }
        boolean ascii = user.chars().allMatch(c -> c < 0x80);
        return "the user " + Words.quoted(user) + " is unknown or disabled there, or lacks the right"
                + (ascii ? "" : "; the node may not read a login beyond ASCII as it is sent, so map it to a plain one");
    }

    private static String advice413() {
        return "raise the proxy's limit (nginx: client_max_body_size 0)";
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = NodeJson.read(body);
            return json.isObject() ? json : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** The detailed message where it says all that the message says, and more. */
    private static String message(JsonNode json) {
        String message = json.path("message").asText("");
        String detailed = json.path("detailedMessage").asText("");
        return detailed.contains(message) ? detailed : message;
    }

    private static String title(CallSite site, byte[] body) {
        Matcher title = TITLE.matcher(new String(body, StandardCharsets.UTF_8));
        return title.find() ? site.foreign(title.group(1), 200) : "";
    }
}

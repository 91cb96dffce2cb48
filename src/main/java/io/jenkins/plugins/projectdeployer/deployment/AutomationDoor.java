package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.hook.WholeResponse;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeReply;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A hook's {@code automation_client}: the infrastructure's first node, with its key, and nothing else. */
final class AutomationDoor implements HookHttp {

    /** What a hook may send in one body; bundles belong into a deployment. */
    private static final int LARGEST_BODY = 64 << 20;

    private final NodeHttp node;

    AutomationDoor(NodeHttp node) {
        this.node = node;
    }

    @Override
    public Response send(Request request) throws Failure {
        var cancellation = new io.jenkins.plugins.projectdeployer.node.http.Cancellation();
        request.cancellation().onCancel(cancellation::cancel);
        try {
            return answer(node.watching(cancellation).exchange(forNode(request)));
        } catch (NodeException e) {
            throw new Failure(switch (e.kind()) {
                case TIMEOUT -> Failure.Kind.TIMEOUT;
                case TLS -> Failure.Kind.SSL;
                case INVALID, REDIRECT -> Failure.Kind.REFUSED;
                default -> Failure.Kind.CONNECT;
            }, e.getMessage(), e);
        }
    }

    private static NodeRequest forNode(Request request) throws NodeException, Failure {
        String[] parts = request.path().split("\\?", 2);
        NodeRequest.Payload payload = request.body() == null
                ? new NodeRequest.Nothing()
                : new NodeRequest.Octets(body(request), request.headers().getOrDefault("content-type", "application/json"));
        NodeRequest forNode = new NodeRequest(request.method(), ApiPath.fromEncoded(parts[0]), List.of(), payload,
                NodeRequest.Patience.LONG);
        if (parts.length == 2) {
            for (String pair : parts[1].split("&")) {
                String[] nameAndValue = pair.split("=", 2);
                forNode = forNode.query(decoded(nameAndValue[0]), nameAndValue.length == 2 ? decoded(nameAndValue[1]) : "");
            }
        }
        return forNode;
    }

    private static byte[] body(Request request) throws Failure {
        try (InputStream body = request.body()) {
            byte[] octets = body.readNBytes(LARGEST_BODY + 1);
            if (octets.length > LARGEST_BODY) {
                throw new Failure(Failure.Kind.REFUSED, "The body of " + request.method() + " " + request.path()
                        + " is larger than 64 MiB; a hook may not send more in one call.");
            }
            return octets;
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.CONNECT, "The body of the hook's call could not be read: " + e.getMessage(), e);
        }
    }

    private static String decoded(String text) throws Failure {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.REFUSED, "\"" + Ids.printable(text) + "\" in the query of the hook's call is not"
                    + " URL-encoded; write a percent sign as %25.", e);
        }
    }

    private static Response answer(NodeReply reply) {
        Map<String, String> headers = new HashMap<>();
        reply.headers().forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        return new WholeResponse(reply.status(), headers, reply.octets());
    }
}

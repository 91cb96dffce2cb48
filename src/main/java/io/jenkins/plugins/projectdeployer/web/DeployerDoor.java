package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** A hook's {@code deployer_client}: this deployer's own API, with the rights of the hook's user. */
public final class DeployerDoor implements HookHttp {

    private final Supplier<PublicApi> api;
    private final String userId;

    /** @param userId whose rights the hook has; empty: nobody's */
    public DeployerDoor(Supplier<PublicApi> api, String userId) {
        this.api = api;
        this.userId = userId;
    }

    @Override
    public Response send(Request request) throws Failure {
        WebReply reply = userId.isEmpty() ? nobody() : reply(request);
        try {
            return new Answer(reply, reply.body().open());
        } catch (IOException e) {
            throw new Failure(Failure.Kind.CONNECT, "The deployer's answer could not be read: " + e.getMessage(), e);
        }
    }

    private static WebReply nobody() {
        return WebReply.refused(new Refused(Refused.Reason.FORBIDDEN, "This hook has no user, so deployer_client may see nothing; an"
                + " administrator of the infrastructure can set the hook's user."));
    }

    private WebReply reply(Request request) {
        String[] pathAndQuery = request.path().split("\\?", 2);
        return api.get().answer(request.method(), pathAndQuery[0], pathAndQuery.length == 2 ? pathAndQuery[1] : null,
                name -> request.headers().get(name.toLowerCase(Locale.ROOT)), request.body(), userId);
    }

    private record Answer(WebReply reply, InputStream body) implements Response {

        @Override
        public int status() {
            return reply.status();
        }

        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>(reply.headers());
            if (reply.length() != WebReply.ANY_LENGTH) {
                headers.put("Content-Length", String.valueOf(reply.length()));
            }
            return headers;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}

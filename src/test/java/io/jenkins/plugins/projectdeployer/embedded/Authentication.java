package io.jenkins.plugins.projectdeployer.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Finds out who calls: the key in one of the three forms that Dataiku takes, and the user it acts for. */
final class Authentication {
    private final NodeState state;

    Authentication(NodeState state) {
        this.state = state;
    }

    Caller caller(String authorization, String proxyUser) {
        synchronized (state) {
            Caller key = state.callerOfKey(key(authorization));
            if (proxyUser == null) {
                return key;
            }
            if (!key.admin()) {
                throw ApiError.forbidden("Action forbidden: only an administrator's key may act for another user");
            }
            return state.directory().caller(proxyUser);
        }
    }

    private static String key(String authorization) {
        if (authorization == null) {
            throw ApiError.notAuthenticated("No authentication was sent");
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).trim();
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(Base64.getDecoder().decode(authorization.substring(6).trim()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon >= 0) {
                    return colon == 0 ? pair.substring(1) : pair.substring(0, colon);
                }
            } catch (IllegalArgumentException e) {
                throw ApiError.notAuthenticated("The Authorization header is not base64");
            }
        }
        throw ApiError.notAuthenticated("Unknown kind of authentication");
    }
}

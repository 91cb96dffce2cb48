package io.jenkins.plugins.projectdeployer.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The key of a request, {@code user:token}, in the forms that Dataiku's clients send it (facts B0): Basic with the key as
 * user name and an empty password, Basic the other way round, or Bearer.
 *
 * @param userId before the first colon
 * @param token behind it
 */
public record ApiKey(String userId, String token) {

    /** The key in a request's {@code Authorization} header; empty when there is none in it. */
    public static Optional<ApiKey> of(String authorization) {
        String[] schemeAndValue = authorization == null ? new String[0] : authorization.strip().split(" +", 2);
        if (schemeAndValue.length < 2) {
            return Optional.empty();
        }
        return switch (schemeAndValue[0].toLowerCase(java.util.Locale.ROOT)) {
            case "bearer" -> key(schemeAndValue[1]);
            case "basic" -> decoded(schemeAndValue[1]).flatMap(ApiKey::ofBasic);
            default -> Optional.empty();
        };
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code user:token:}, {@code :user:token}, or what every other client sends, {@code user:token}. */
    private static Optional<ApiKey> ofBasic(String credentials) {
        String key = credentials.startsWith(":") ? credentials.substring(1) : credentials;
        return key(key.endsWith(":") ? key.substring(0, key.length() - 1) : key);
    }

    private static Optional<ApiKey> key(String key) {
        int colon = key.indexOf(':');
        return colon < 1 || colon == key.length() - 1
                ? Optional.empty()
                : Optional.of(new ApiKey(key.substring(0, colon), key.substring(colon + 1)));
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "key of " + userId;
    }
}

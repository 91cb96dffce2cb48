package io.jenkins.plugins.projectdeployer.jenkins.rest;

import hudson.model.User;
import io.jenkins.plugins.projectdeployer.web.ApiKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import jenkins.security.ApiTokenProperty;
import jenkins.security.SecurityListener;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Whose key a request carries: an API token of Jenkins, sent as Dataiku's clients send their keys. */
record KeyHolder(String userId, Authentication authentication) {

    /** Empty when there is no key, or none that holds. */
    static Optional<KeyHolder> of(HttpServletRequest request) {
        return ApiKey.of(request.getHeader("Authorization")).flatMap(KeyHolder::of);
    }

    private static Optional<KeyHolder> of(ApiKey key) {
        User user = User.getById(key.userId(), false);
        ApiTokenProperty tokens = user == null ? null : user.getProperty(ApiTokenProperty.class);
        if (tokens == null || !tokens.matchesPassword(key.token())) {
            SecurityListener.fireFailedToAuthenticate(key.userId());
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyHolder(user.getId(), user.impersonate2()));
        } catch (UsernameNotFoundException e) {
            SecurityListener.fireFailedToAuthenticate(key.userId());
            return Optional.empty();
        }
    }
}

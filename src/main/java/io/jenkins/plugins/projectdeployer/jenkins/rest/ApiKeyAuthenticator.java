package io.jenkins.plugins.projectdeployer.jenkins.rest;

import hudson.Extension;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jenkins.model.Jenkins;
import jenkins.security.BasicHeaderAuthenticator;
import org.springframework.security.core.Authentication;

/**
 * Keeps Jenkins from answering a key in Dataiku's form with a page of its own: it would look for a user {@code alice} with
 * the password {@code token:}. Whether the key holds is for {@link ApiFilter} to say; until then nobody is logged in.
 */
@Extension
public final class ApiKeyAuthenticator extends BasicHeaderAuthenticator {

    @Override
    public Authentication authenticate2(
            HttpServletRequest request, HttpServletResponse response, String username, String password) {
        return ApiPath.isOurs(request) ? Jenkins.ANONYMOUS2 : null;
    }
}

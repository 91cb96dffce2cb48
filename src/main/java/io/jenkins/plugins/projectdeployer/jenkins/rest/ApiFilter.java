package io.jenkins.plugins.projectdeployer.jenkins.rest;

import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.web.PublicApi;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import jenkins.util.HttpServletFilter;

/**
 * Answers every request for the public API, before Jenkins looks for a page: only the request line as it came tells a slash
 * from an encoded one. A session counts for nothing here.
 */
@Extension
public final class ApiFilter implements HttpServletFilter {

    @Override
    public boolean handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!ApiPath.isOurs(request)) {
            return false;
        }
        Optional<KeyHolder> holder = KeyHolder.of(request);
        if (holder.isEmpty()) {
            Replies.send(response, PublicApi.unauthorized());
            return true;
        }
        try (ACLContext asHolder = ACL.as2(holder.get().authentication())) {
            Replies.send(response, answer(request, holder.get().userId()));
        }
        return true;
    }

    private static WebReply answer(HttpServletRequest request, String userId) throws IOException {
        Optional<String> path = ApiPath.below(request);
        if (path.isEmpty()) {
            return WebReply.refused(Refused.notFound("resource", request.getPathInfo()));
        }
        try {
            return Engine.get().api().answer(request.getMethod(), path.get(), request.getQueryString(), request::getHeader,
                    request.getInputStream(), userId);
        } catch (Refused e) {
            return WebReply.refused(e);
        }
    }
}

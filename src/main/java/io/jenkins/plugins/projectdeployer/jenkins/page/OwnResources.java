package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.ExtensionList;
import hudson.security.csrf.CrumbExclusion;
import hudson.security.csrf.CrumbIssuer;
import hudson.security.csrf.CrumbIssuerDescriptor;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.rest.Replies;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code /project-deployer/api/}: our own resources, for whoever is logged in or brings an API token of Jenkins. */
public final class OwnResources {

    private static final String ROOT = "/project-deployer/api";
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    /** Every method and every path below; which of them there are is for the resources to say. */
    public void doDynamic(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        Replies.send(rsp, isForged(req) ? withoutCrumb() : answer(req));
    }

    /** The path as it stood in the request line, in which an encoded slash is none. */
    private static WebReply answer(HttpServletRequest request) throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!path.startsWith(ROOT)) {
            return WebReply.refused(Refused.notFound("resource", path));
        }
        try {
            return Engine.get().ownApi().answer(request.getMethod(), path.substring(ROOT.length()), request.getQueryString(),
                    request::getHeader, request.getInputStream(), Visitor.current().person());
        } catch (Refused e) {
            return WebReply.refused(e);
        }
    }

    /** Jenkins itself asks for the crumb in POST requests alone. */
    private static boolean isForged(HttpServletRequest request) throws IOException, ServletException {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        if (issuer == null || SAFE.contains(request.getMethod()) || isExempt(request)) {
            return false;
        }
        CrumbIssuerDescriptor<CrumbIssuer> descriptor = issuer.getDescriptor();
        String crumb = request.getHeader(descriptor.getCrumbRequestField());
        return crumb == null || !issuer.validateCrumb(request, descriptor.getCrumbSalt(), crumb);
    }

    /**
     * Whether Jenkins lets it by: an API token is proof enough, since no browser sends one by itself. An exclusion that
     * answers a request itself, instead of passing it on, has no say here, and nothing to write to.
     */
    private static boolean isExempt(HttpServletRequest request) throws IOException, ServletException {
        AtomicBoolean passedOn = new AtomicBoolean();
        FilterChain chain = (passed, answer) -> passedOn.set(true);
        HttpServletResponse nowhere = NoResponse.make();
        for (CrumbExclusion exclusion : ExtensionList.lookup(CrumbExclusion.class)) {
            if (exclusion.process(request, nowhere, chain) && passedOn.get()) {
                return true;
            }
        }
        return false;
    }

    private static WebReply withoutCrumb() {
        return WebReply.refused(new Refused(Refused.Reason.FORBIDDEN, Messages.OwnResources_crumb()));
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.rest;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.projectdeployer.web.ApiKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request with a key needs no crumb: no other site's page can make a browser send one. */
@Extension
public final class ApiCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!ApiPath.isOurs(request) || ApiKey.of(request.getHeader("Authorization")).isEmpty()) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}

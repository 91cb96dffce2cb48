package io.jenkins.plugins.projectdeployer.harness;

import hudson.security.csrf.CrumbIssuer;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Somebody who sends requests to Jenkins without a browser. {@code anonymous} sends no password.
 *
 * @param password theirs, which is their id, or an API token
 */
record Caller(JenkinsRule jenkins, String user, String password) {

    Caller(JenkinsRule jenkins, String user) {
        this(jenkins, user, user);
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> get(String path, String header, String value) throws IOException, InterruptedException {
        return send(request(path).header(header, value).GET());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send("POST", path, true);
    }

    HttpResponse<String> postWithoutCrumb(String path) throws IOException, InterruptedException {
        return send("POST", path, false);
    }

    HttpResponse<String> send(String method, String path, boolean withCrumb) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString("{}"));
        if (withCrumb) {
            CrumbIssuer issuer = jenkins.jenkins.getCrumbIssuer();
            request.header(issuer.getDescriptor().getCrumbRequestField(), issuer.getCrumb((ServletRequest) null));
        }
        return send(request);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path));
        if (!user.equals("anonymous")) {
            String credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}

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

/** Somebody who sends requests to Jenkins without a browser. Their password is their id; {@code anonymous} sends none. */
record Caller(JenkinsRule jenkins, String user) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        CrumbIssuer issuer = jenkins.jenkins.getCrumbIssuer();
        return send(request(path)
                .header(issuer.getDescriptor().getCrumbRequestField(), issuer.getCrumb((ServletRequest) null))
                .POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> postWithoutCrumb(String path) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path));
        if (!user.equals("anonymous")) {
            String password = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + password);
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}

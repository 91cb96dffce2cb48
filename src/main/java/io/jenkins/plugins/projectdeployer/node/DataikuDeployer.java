package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.BodyReader;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;

/** A Project Deployer of Dataiku, or whatever speaks like one, by its public API. Reads, and changes nothing. Source: facts B7. */
public final class DataikuDeployer {

    private static final ApiPath ROOT = ApiPath.of("project-deployer");

    private final NodeHttp http;

    /** Calls through this transport. */
    public DataikuDeployer(NodeHttp http) {
        this.http = http;
    }

    /** The same, every call ended when this is cancelled. */
    public DataikuDeployer watching(Cancellation toHeed) {
        return new DataikuDeployer(http.watching(toHeed));
    }

    /** How messages name it. */
    public String name() {
        return http.name();
    }

    /** Its lifecycle stages: {@code id}, {@code desc}. */
    public JsonNode stages() throws NodeException {
        return list("stages");
    }

    /** Its infrastructures, in brief. */
    public JsonNode infrastructures() throws NodeException {
        return list("infras");
    }

    /** All of one, for whoever administers it. */
    public JsonNode infrastructure(String id) throws NodeException {
        return http.json(NodeRequest.get(ROOT.then("infras").id("infrastructure id", id).then("settings")));
    }

    /** Its published projects, in brief. */
    public JsonNode projects() throws NodeException {
        return list("projects");
    }

    /** Owner and permissions of one, for whoever administers it. */
    public JsonNode project(String key) throws NodeException {
        return http.json(NodeRequest.get(ROOT.then("projects").id("project key", key).then("settings")));
    }

    /** Its deployments, in brief. */
    public JsonNode deployments() throws NodeException {
        return list("deployments");
    }

    /** What one is to be. */
    public JsonNode deployment(String id) throws NodeException {
        return http.json(NodeRequest.get(ROOT.then("deployments").id("deployment id", id).then("settings")));
    }

    /** Hands a bundle's archive to the reader while it arrives. */
    public <T> T download(String projectKey, String bundleId, BodyReader<T> reader) throws NodeException {
        ApiPath bundle = ROOT.then("projects").id("project key", projectKey).then("bundles").id("bundle id", bundleId);
        return http.stream(NodeRequest.get(bundle).longCall(), reader);
    }

    private JsonNode list(String name) throws NodeException {
        JsonNode list = http.json(NodeRequest.get(ROOT.then(name)));
        if (!list.isArray()) {
            throw NodeException.unexpected(http.name(), "What answers in place of the deployer does not list its " + name
                    + " (GET /project-deployer/" + name + "): check that its URL is that of a Project Deployer.");
        }
        return list;
    }
}

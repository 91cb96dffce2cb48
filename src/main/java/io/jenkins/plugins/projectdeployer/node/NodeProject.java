package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;

/** One project on a node: a way to its parts, which are looked up when they are used. */
public final class NodeProject {

    private final NodeHttp http;
    private final ApiPath path;
    private final String key;

    NodeProject(NodeHttp http, String key) throws NodeException {
        this.http = http;
        this.path = ApiPath.of("projects").id("project key", key);
        this.key = key;
    }

    /** The project key. */
    public String key() {
        return key;
    }

    /** Bundles of the project, on an automation node. */
    public ImportedBundles bundles() {
        return new ImportedBundles(http, path);
    }

    /** Settings: remappings and code env behaviour under {@code bundleContainerSettings}, code envs, containers. */
    public NodeDocument settings() {
        return document("settings");
    }

    /** Owner and permissions. */
    public NodeDocument permissions() {
        return document("permissions");
    }

    /** {@code standard} variables, which come with the bundle, and {@code local} ones, which are the node's. */
    public NodeDocument variables() {
        return new NodeDocument(http, path.then("variables", ""));
    }

    /** Label, description, tags. */
    public NodeDocument metadata() {
        return document("metadata");
    }

    /** Its scenarios. */
    public Scenarios scenarios() {
        return new Scenarios(http, path);
    }

    /** Its web apps. */
    public WebApps webApps() {
        return new WebApps(http, path);
    }

    private NodeDocument document(String name) {
        return new NodeDocument(http, path.then(name));
    }
}

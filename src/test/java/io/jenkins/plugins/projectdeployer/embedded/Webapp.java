package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A web app of a project. Public methods are for tests: they lock, and give copies. */
public final class Webapp {
    private final Object lock;
    final String projectKey;
    final String id;
    ObjectNode definition;
    boolean running;
    int restarts;

    Webapp(Object lock, String projectKey, String id, ObjectNode definition) {
        this.lock = lock;
        this.projectKey = projectKey;
        this.id = id;
        this.definition = definition;
        definition.put("id", id).put("projectKey", projectKey);
    }

    ObjectNode listItem() {
        ObjectNode item = Json.object()
                .put("projectKey", projectKey)
                .put("id", id)
                .put("name", definition.path("name").asText(id))
                .put("type", definition.path("type").asText("STANDARD"))
                .put("hasBackend", true)
                .put("backendRunning", running);
        item.set("tags", definition.path("tags").isArray() ? definition.get("tags").deepCopy() : Json.array());
        return item;
    }

    ObjectNode state() {
        ObjectNode state = Json.object().put("projectKey", projectKey).put("webAppId", id);
        if (restarts > 0) {
            state.putObject("futureInfo").put("alive", running).put("hasResult", false).put("aborted", !running);
        }
        return state;
    }

    /** The run-as user set on the web app, or null: then it is the last editor. */
    public String runAsUser() {
        synchronized (lock) {
            return definition.path("runAsUser").asText(null);
        }
    }

    /** Sets the run-as user, as an administrator would; null for none. */
    public Webapp runAsUser(String login) {
        synchronized (lock) {
            definition.put("runAsUser", login);
        }
        return this;
    }

    public boolean isRunning() {
        synchronized (lock) {
            return running;
        }
    }

    /** How often its backend was started. */
    public int restarts() {
        synchronized (lock) {
            return restarts;
        }
    }

    public ObjectNode definition() {
        synchronized (lock) {
            return definition.deepCopy();
        }
    }

    void restart() {
        running = true;
        restarts++;
    }
}

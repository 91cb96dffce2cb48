package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A scenario of a project. Public methods are for tests: they lock, and give copies. */
public final class Scenario {
    private final Object lock;
    final String projectKey;
    final String id;
    final boolean local;
    ObjectNode definition;
    final List<ScenarioRun> runs = new ArrayList<>();

    Scenario(Object lock, String projectKey, String id, ObjectNode definition, boolean local) {
        this.lock = lock;
        this.projectKey = projectKey;
        this.id = id;
        this.local = local;
        this.definition = definition;
        definition.put("id", id).put("projectKey", projectKey);
    }

    /** A step-based scenario without steps, last changed by this user. */
    static ObjectNode definition(String name, String author) {
        ObjectNode definition = Json.object()
                .put("type", "step_based")
                .put("name", name)
                .put("active", false)
                .put("markedAsTest", false)
                .put("automationLocal", false);
        definition.putObject("params").putArray("steps");
        definition.putArray("triggers");
        definition.putArray("reporters");
        definition.putArray("tags");
        tag(definition, "creationTag", author);
        tag(definition, "versionTag", author);
        return definition;
    }

    static void tag(ObjectNode definition, String tag, String login) {
        ObjectNode node = Json.child(definition, tag);
        node.put("versionNumber", node.path("versionNumber").asInt() + 1);
        node.putObject("lastModifiedBy").put("login", login);
        node.put("lastModifiedOn", System.currentTimeMillis());
    }

    ObjectNode listItem() {
        ScenarioRun running = running();
        ObjectNode item = Json.object()
                .put("projectKey", projectKey)
                .put("id", id)
                .put("name", definition.path("name").asText(id))
                .put("type", definition.path("type").asText("step_based"))
                .put("active", definition.path("active").asBoolean())
                .put("markedAsTest", definition.path("markedAsTest").asBoolean())
                .put("automationLocal", local)
                .put("running", running != null)
                .put("start", running == null ? 0 : running.start());
        item.set("tags", definition.path("tags").isArray() ? definition.get("tags").deepCopy() : Json.array());
        return item;
    }

    ScenarioRun running() {
        for (ScenarioRun run : runs) {
            if (run.isPending()) {
                return run;
            }
        }
        return null;
    }

    String effectiveRunAs() {
        for (String path : new String[] {"/runAsUser", "/versionTag/lastModifiedBy/login", "/creationTag/lastModifiedBy/login"}) {
            String login = definition.at(path).asText(null);
            if (login != null && !login.isEmpty() && !login.equals("null")) {
                return login;
            }
        }
        return null;
    }

    public boolean isActive() {
        synchronized (lock) {
            return definition.path("active").asBoolean();
        }
    }

    /** The run-as user set on the scenario, or null: then it is the last editor. */
    public String runAsUser() {
        synchronized (lock) {
            return definition.path("runAsUser").asText(null);
        }
    }

    /** Whom the scenario would really run as (A4.13). */
    public String runsAs() {
        synchronized (lock) {
            return effectiveRunAs();
        }
    }

    public ObjectNode definition() {
        synchronized (lock) {
            return definition.deepCopy();
        }
    }

    public List<ScenarioRun> runs() {
        synchronized (lock) {
            return List.copyOf(runs);
        }
    }

    /** Sets the run-as user, as an administrator would; null for none. */
    public Scenario runAsUser(String login) {
        synchronized (lock) {
            definition.put("runAsUser", login);
        }
        return this;
    }

    public Scenario active(boolean active) {
        synchronized (lock) {
            definition.put("active", active);
        }
        return this;
    }
}

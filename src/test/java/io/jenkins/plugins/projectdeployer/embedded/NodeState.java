package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The world of one embedded node: changed by requests, and by tests that set a scene or look at the end. The object itself is
 * the lock of everything in it.
 */
public final class NodeState {

    private record Key(String id, boolean admin) {}

    private final String nodeId;
    private NodeType nodeType;
    private String version = "13.5.3";
    private List<String> newerSettings = List.of();
    private boolean takesForeignBundles;
    private boolean streamTakesPropagation;
    private Duration scenarioStartDelay = Duration.ZERO;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Directory directory = new Directory(this);
    private final Resources resources = new Resources(this);
    private final Folders folders = new Folders(this);
    private final Futures futures = new Futures(this);
    final Map<String, Project> projects = new LinkedHashMap<>();
    private final Map<List<String>, ScenarioOutcome> outcomes = new LinkedHashMap<>();
    private int runs;
    private long timePassed;

    NodeState(String nodeId, NodeType nodeType) {
        this.nodeId = nodeId;
        this.nodeType = nodeType;
    }

    public String nodeId() {
        return nodeId;
    }

    public Directory directory() {
        return directory;
    }

    public Resources resources() {
        return resources;
    }

    public Folders folders() {
        return folders;
    }

    public Futures futures() {
        return futures;
    }

    public synchronized NodeType nodeType() {
        return nodeType;
    }

    public synchronized NodeState nodeType(NodeType type) {
        nodeType = type;
        return this;
    }

    public synchronized String version() {
        return version;
    }

    public synchronized NodeState version(String dssVersion) {
        version = dssVersion;
        return this;
    }

    /** Lets the node have settings of projects that it did not have before; it adds them to whatever it is sent. */
    public synchronized NodeState newerSettings(String... names) {
        newerSettings = List.of(names);
        return this;
    }

    synchronized ObjectNode withNewerSettings(ObjectNode document) {
        ObjectNode whole = document.deepCopy();
        newerSettings.forEach(name -> {
            whole.putObject(name).put("mode", "INHERIT");
            Json.child(whole, "settings").put(name, true);
        });
        return whole;
    }

    /** Whether {@code importFromStream} takes a bundle of a project with another key; whether real nodes do is not known. */
    public synchronized NodeState takesForeignBundles(boolean takes) {
        takesForeignBundles = takes;
        return this;
    }

    synchronized boolean takesForeignBundles() {
        return takesForeignBundles;
    }

    /** Whether creating from a stream honours {@code permissionsPropagationPolicy}; the public client never sends it there. */
    public synchronized NodeState streamTakesPropagation(boolean takes) {
        streamTakesPropagation = takes;
        return this;
    }

    synchronized boolean streamTakesPropagation() {
        return streamTakesPropagation;
    }

    /** Adds a key, of an administrator or of nobody in particular. */
    public synchronized NodeState key(String key, String id, boolean admin) {
        keys.put(key, new Key(id, admin));
        return this;
    }

    /** Makes a key unknown. */
    public synchronized NodeState revoke(String key) {
        keys.remove(key);
        return this;
    }

    Caller callerOfKey(String secret) {
        Key key = keys.get(secret);
        if (key == null) {
            throw ApiError.notAuthenticated("Unknown API Key");
        }
        return new Caller(key.id(), false, key.admin(), Set.of(), key.admin());
    }

    /** Lets a scenario end like this whenever it runs; scenarios end well otherwise. */
    public synchronized NodeState scenarioEnds(String projectKey, String scenarioId, ScenarioOutcome outcome) {
        outcomes.put(List.of(projectKey, scenarioId), outcome);
        return this;
    }

    /** Lets a scenario end like this while this bundle is active. */
    public synchronized NodeState scenarioEnds(
            String projectKey, String scenarioId, String bundleId, ScenarioOutcome outcome) {
        outcomes.put(List.of(projectKey, scenarioId, bundleId), outcome);
        return this;
    }

    /** How long after it was asked for a run begins; "a few seconds" on real nodes, at once here. */
    public synchronized NodeState scenarioStartDelay(Duration delay) {
        scenarioStartDelay = delay;
        return this;
    }

    /** Lets time pass for scenarios: what would have begun or ended by then has. */
    public synchronized NodeState passTime(Duration time) {
        timePassed += time.toMillis();
        return this;
    }

    synchronized long now() {
        return System.currentTimeMillis() + timePassed;
    }

    long scenarioStart() {
        return now() + scenarioStartDelay.toMillis();
    }

    ScenarioOutcome outcome(Project project, Scenario scenario) {
        String runAs = scenario.effectiveRunAs();
        if (runAs != null && !directory.isEnabled(runAs)) {
            return ScenarioOutcome.ends("FAILED").saying("Run-as user '" + runAs + "' does not exist or is disabled");
        }
        ScenarioOutcome general =
                outcomes.getOrDefault(List.of(project.key, scenario.id), ScenarioOutcome.SUCCESS);
        return project.activeBundleId == null
                ? general
                : outcomes.getOrDefault(List.of(project.key, scenario.id, project.activeBundleId), general);
    }

    int nextRun() {
        return ++runs;
    }

    /** The project with this key, if there is one. */
    public synchronized Optional<Project> findProject(String key) {
        return Optional.ofNullable(projects.get(key));
    }

    /** The project with this key; fails the test if there is none. */
    public synchronized Project project(String key) {
        return findProject(key).orElseThrow(() -> new AssertionError("no project " + key + " on node " + nodeId));
    }

    /** Deletes a project, as people do in the node's pages. */
    public synchronized NodeState removeProject(String key) {
        projects.remove(key);
        return this;
    }

    public synchronized List<String> projectKeys() {
        return new ArrayList<>(projects.keySet());
    }

    /** Adds an empty project, as people make them in the node's pages. */
    public synchronized Project addProject(String key, String owner) {
        Project project = new Project(this, key, key, owner);
        projects.put(key, project);
        return project;
    }

    /** Adds a project with a bundle's contents but no bundle, as somebody would have built it on a design node. */
    public synchronized Project addProject(BundleZip like) {
        BundleContents contents = like.contents();
        Project project = addProject(contents.projectKey(), contents.params.path("owner").asText("admin"));
        project.settings = ProjectSettings.fromBundle(project.settings, contents);
        Activation.load(this, project, contents, project.owner);
        if (contents.params.path("permissions").isArray()) {
            project.permissions = contents.params.withArray("permissions").deepCopy();
        }
        return project;
    }

    /** Puts a bundle on the node as an earlier deployment by this user left it: imported, preloaded and active. */
    public synchronized Project deployed(BundleZip bundle, String user) {
        Project project = imported(bundle, user);
        BundleContents contents = bundle.contents();
        project.preloaded.add(contents.bundleId());
        project.settings = ProjectSettings.fromBundle(project.settings, contents);
        Activation.load(this, project, contents, user);
        project.scenarios.values().forEach(scenario ->
                scenario.active(project.rememberedActive.getOrDefault(scenario.id, false)));
        project.activeBundleId = contents.bundleId();
        return project;
    }

    /** Puts a bundle on the node as an upload by this user leaves it: imported and nothing else. */
    public synchronized Project imported(BundleZip bundle, String user) {
        BundleContents contents = bundle.contents();
        Project project = findProject(contents.projectKey()).orElseGet(() -> addProject(contents.projectKey(), user));
        ImportedBundle imported = new ImportedBundle(contents, 0, null, user, Instant.now());
        project.imported.put(imported.bundleId(), imported);
        return project;
    }

    Project existingProject(Request request) {
        return existingProject(request.path("project"));
    }

    Project existingProject(String key) {
        Project project = projects.get(key);
        if (project == null) {
            throw ApiError.unknownProject();
        }
        return project;
    }
}

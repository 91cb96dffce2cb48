package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The deployed project on one node, as one phase sees it. What changes the project is done as the deploying user; what
 * only an administrator may do, with the infrastructure's key itself (facts A4.9, A4.12). Nothing is written that is
 * right already, and what was written is read back, since a node drops what it does not know and still answers 200
 * (facts B0).
 */
final class TargetProject {

    private final NodeHttp admin;
    private final NodeHttp deployer;
    private final String key;
    private final String url;
    private final UpdateRun run;

    TargetProject(NodeHttp admin, NodeHttp deployer, String key, String url, UpdateRun run) {
        this.admin = admin;
        this.deployer = deployer;
        this.key = key;
        this.url = url;
        this.run = run;
    }

    /** A scenario as lists show it. */
    record ScenarioLine(String id, boolean active) {}

    /** How people name the node. */
    String node() {
        return admin.name();
    }

    /** This node's part of the way back. */
    WayBack.NodeState before(WayBack wayBack) {
        return wayBack.nodes().stream().filter(state -> state.url().equals(url)).findFirst().orElseThrow();
    }

    /** Whether the plan found the project on this node. */
    boolean wasPresent(Plan plan) {
        return plan.nodes().stream().anyMatch(node -> node.address().url().equals(url) && node.projectPresent());
    }

    boolean isPresent() throws NodeException {
        return listed().isPresent();
    }

    Optional<String> activeBundle() throws NodeException {
        return listed().map(project -> project.path("activeBundleState").path("bundleId").asText(null));
    }

    private Optional<JsonNode> listed() throws NodeException {
        for (JsonNode project : admin.json(NodeRequest.get(ApiPath.of("projects", "")))) {
            if (project.path("projectKey").asText().equals(key)) {
                return Optional.of(project);
            }
        }
        return Optional.empty();
    }

    boolean hasImported(String bundleId) throws NodeException {
        if (!isPresent()) {
            return false;
        }
        for (JsonNode bundle : admin.json(NodeRequest.get(path().then("bundles", "imported"))).path("bundles")) {
            if (bundle.path("bundleId").asText().equals(bundleId)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the project from its first bundle, in a folder given by its path; null: the root. */
    void create(Path archive, String folder) throws NodeException {
        NodeRequest request = upload(ApiPath.of("projectsFromBundle", ""), archive);
        deployer.send(folder == null ? request : request.query("projectFolderId", new ProjectFolders(deployer).idOf(folder)));
    }

    void importBundle(Path archive) throws NodeException {
        deployer.send(upload(path().then("bundles", "imported", "actions", "importFromStream"), archive));
    }

    private NodeRequest upload(ApiPath path, Path archive) {
        TransferLines lines = new TransferLines("send: " + node(), run::progress);
        return NodeRequest.post(path).sending(new NodeRequest.Upload(archive, "bundle.zip", lines));
    }

    void preload(String bundleId) throws NodeException, PhaseFailed {
        JsonNode report = job(deployer, NodeRequest.post(bundle(bundleId).then("actions", "preload")));
        judge("Preload", report);
    }

    /** @param active which scenarios are switched on with it; those left out keep their state */
    void activate(String bundleId, Map<String, Boolean> active) throws NodeException, PhaseFailed {
        ObjectNode body = NodeJson.object();
        active.forEach(body.putObject("scenariosActiveOnActivation")::put);
        JsonNode report = job(deployer, NodeRequest.post(bundle(bundleId).then("actions", "activate")).sending(body));
        judge("Activation", report);
    }

    private JsonNode job(NodeHttp node, NodeRequest request) throws NodeException {
        try {
            return new NodeJobs(node, run.cancellation()).result(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NodeException.invalid("Waiting for node " + node() + " was interrupted; the controller is stopping.");
        }
    }

    private void judge(String what, JsonNode report) throws PhaseFailed {
        List<Message> messages = NodeReports.messages(report).stream().map(message -> message.onNode(node())).toList();
        if (NodeReports.isBad(report)) {
            throw new PhaseFailed(messages.isEmpty()
                    ? List.of(Message.error("NODE", what + " failed on " + node() + "; its log says why.").onNode(node()))
                    : messages);
        }
        messages.forEach(run::say);
    }

    void changeSettings(Consumer<ObjectNode> change) throws NodeException {
        change(deployer, path().then("settings"), change);
    }

    void changePermissions(Consumer<ObjectNode> change) throws NodeException {
        change(admin, path().then("permissions"), change);
    }

    void changeVariables(Consumer<ObjectNode> change) throws NodeException {
        change(deployer, path().then("variables", ""), change);
    }

    String owner() throws NodeException {
        return admin.json(NodeRequest.get(path().then("permissions"))).path("owner").asText(null);
    }

    List<ScenarioLine> scenarios() throws NodeException {
        List<ScenarioLine> lines = new ArrayList<>();
        for (JsonNode line : admin.json(NodeRequest.get(path().then("scenarios", "")))) {
            lines.add(new ScenarioLine(line.path("id").asText(), line.path("active").asBoolean()));
        }
        return lines;
    }

    List<String> webApps() throws NodeException {
        List<String> ids = new ArrayList<>();
        admin.json(NodeRequest.get(path().then("webapps", ""))).forEach(line -> ids.add(line.path("id").asText()));
        return ids;
    }

    /**
     * Sets whom a scenario runs as and whether its triggers are on, in one write.
     *
     * @param runAsUser login; null leaves it as it is
     * @return whether something had to be written
     */
    boolean changeScenario(String id, String runAsUser, boolean active) throws NodeException {
        return change(admin, scenario(id), scenario -> {
            scenario.put("active", active);
            if (runAsUser != null) {
                scenario.put("runAsUser", runAsUser);
            }
        });
    }

    /** Sets whom a web app runs as; one whose backend runs is started again, so that it does so from now on. */
    boolean changeWebApp(String id, String runAsUser) throws NodeException {
        ApiPath path = path().then("webapps").id("web app", id);
        boolean changed = change(admin, path, webApp -> webApp.put("runAsUser", runAsUser));
        if (changed) {
            JsonNode backend = admin.json(NodeRequest.get(path.then("backend", "state")));
            if (backend.path("futureInfo").path("alive").asBoolean()) {
                job(admin, NodeRequest.put(path.then("backend", "actions", "restart")));
            }
        }
        return changed;
    }

    /** Runs a scenario to its end and answers with its outcome. */
    String runScenario(String id) throws NodeException, InterruptedException {
        return new ScenarioStart(deployer, scenario(id), id).outcome(run.cancellation());
    }

    /** All that an update may change here, as it is now. */
    WayBack.NodeState state() throws NodeException {
        return new WayBackReader(admin, path(), url).read(listed(), this);
    }

    WayBack.ScenarioState scenarioState(String id) throws NodeException {
        JsonNode scenario = admin.json(NodeRequest.get(scenario(id)));
        return new WayBack.ScenarioState(scenario.path("active").asBoolean(), scenario.path("runAsUser").asText(null));
    }

    WayBack.WebAppState webAppState(String id) throws NodeException {
        JsonNode webApp = admin.json(NodeRequest.get(path().then("webapps").id("web app", id)));
        return new WayBack.WebAppState(webApp.path("runAsUser").asText(null));
    }

    /** Puts back whom a scenario ran as, an absent run-as user too. */
    boolean restoreScenario(String id, WayBack.ScenarioState before) throws NodeException {
        return change(admin, scenario(id), scenario -> {
            scenario.put("active", before.active());
            putOrRemove(scenario, "runAsUser", before.runAsUser());
        });
    }

    boolean restoreWebApp(String id, WayBack.WebAppState before) throws NodeException {
        return change(admin, path().then("webapps").id("web app", id),
                webApp -> putOrRemove(webApp, "runAsUser", before.runAsUser()));
    }

    private static void putOrRemove(ObjectNode document, String field, String value) {
        if (value == null) {
            document.remove(field);
        } else {
            document.put(field, value);
        }
    }

    /** Reads, changes, writes where that made a difference, and reads back. */
    private static boolean change(NodeHttp node, ApiPath path, Consumer<ObjectNode> change) throws NodeException {
        ObjectNode before = (ObjectNode) node.json(NodeRequest.get(path));
        ObjectNode wanted = before.deepCopy();
        change.accept(wanted);
        if (wanted.equals(before)) {
            return false;
        }
        node.send(NodeRequest.put(path, wanted));
        JsonNode after = node.json(NodeRequest.get(path));
        List<String> dropped = new ArrayList<>();
        wanted.fields().forEachRemaining(field -> {
            if (!Objects.equals(before.get(field.getKey()), field.getValue())
                    && Objects.equals(before.get(field.getKey()), after.get(field.getKey()))) {
                dropped.add(field.getKey());
            }
        });
        if (!dropped.isEmpty()) {
            throw NodeException.unexpected(node.name(), "Node " + node.name() + " accepted a change of " + path
                    + " and did not keep " + String.join(", ", dropped) + "; its version may not know it.");
        }
        return true;
    }

    private ApiPath path() throws NodeException {
        return ApiPath.of("projects").id("project key", key);
    }

    private ApiPath bundle(String bundleId) throws NodeException {
        return path().then("bundles", "imported").id("bundle id", bundleId);
    }

    private ApiPath scenario(String id) throws NodeException {
        return path().then("scenarios").id("scenario", id);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.WebApps;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compares what is on one node with what the last update of the deployment left there. Changes nothing. */
final class NodeLook {

    private final Deployment deployment;
    private final Optional<Update> last;
    private final String url;
    private final List<Sign> signs = new ArrayList<>();
    private ScenarioRuns runs = ScenarioRuns.NONE;
    private JsonNode permissions;

    /**
     * @param last the last update that began to change the nodes
     * @param url of the node
     */
    NodeLook(Deployment deployment, Optional<Update> last, String url) {
        this.deployment = deployment;
        this.last = last;
        this.url = url;
    }

    /** Looks once. */
    void at(AutomationNode node) throws NodeException {
        Optional<ProjectOnNode> found = node.findProject(deployment.targetProject());
        if (found.isEmpty()) {
            signs.add(new Sign(Health.Level.ERROR, Message.error("PROJECT_GONE", "Project " + Ids.printable(deployment.targetProject())
                    + " is not on the node; update the deployment to bring it back.")));
            return;
        }
        bundle(found.get().activeBundle());
        NodeProject project = node.project(deployment.targetProject());
        List<Scenarios.Summary> scenarios = project.scenarios().list();
        scenarioStates(project, scenarios);
        runAsUsers(project, scenarios);
        permissions(project);
        if (last.isPresent()) {
            signs.addAll(new SettingsLook(last.get(), url).at(project));
        }
        runs = ScenarioRuns.read(project, scenarios);
        signs.addAll(runs.signs());
    }

    List<Sign> signs() {
        return signs;
    }

    Health.Monitoring monitoring() {
        return runs.monitoring();
    }

    /** Owner and permissions as they were found; empty where the project is not there. */
    Optional<JsonNode> permissions() {
        return Optional.ofNullable(permissions);
    }

    private void bundle(String active) {
        if (!Objects.equals(active, deployment.bundleId())) {
            signs.add(Sign.outOfSync(Message.warning("NOT_ACTIVE", "Bundle " + shown(active) + " is active, the deployment is to have "
                    + shown(deployment.bundleId()) + "; update it, or set the bundle that is active.")));
        }
    }

    private static String shown(String bundleId) {
        return bundleId == null ? "none" : Ids.printable(bundleId);
    }

    /** What the update carried out; after one that went back, nothing of it counts. */
    private Optional<Plan> plan() {
        return last.filter(update -> update.status() != UpdateStatus.ROLLED_BACK).map(Update::plan);
    }

    private Optional<WayBack.NodeState> before() {
        return last.map(Update::wayBack).flatMap(back -> back.nodes().stream().filter(state -> state.url().equals(url)).findFirst());
    }

    /** Triggers are on or off as the last update left them. */
    private void scenarioStates(NodeProject project, List<Scenarios.Summary> scenarios) throws NodeException {
        if (plan().isEmpty() || before().isEmpty()) {
            return;
        }
        ScenarioStates states = ScenarioStates.of(plan().get(), before().get());
        for (Scenarios.Summary scenario : scenarios) {
            boolean wanted = states.wanted(scenario.id()) && (scenario.active() || states.trusts(scenario.id(),
                    RunAs.configured(project.scenarios().document(scenario.id()).get()).orElse(null)));
            if (scenario.active() != wanted) {
                signs.add(Sign.outOfSync(Message.warning("SCENARIO_STATE", "Scenario " + Ids.printable(scenario.id()) + " is "
                        + (scenario.active() ? "on" : "off") + ", the deployment left it " + (wanted ? "on." : "off."))));
            }
        }
    }

    /** Whoever may edit a scenario on the node could make it run as somebody else (facts A4.14). */
    private void runAsUsers(NodeProject project, List<Scenarios.Summary> scenarios) throws NodeException {
        String scenariosAs = plan().map(Plan::users).map(Plan.Users::scenariosRunAsUser).orElse(null);
        if (scenariosAs != null) {
            runAs("Scenario", scenarios.stream().map(Scenarios.Summary::id).toList(), scenariosAs,
                    id -> RunAs.configured(project.scenarios().document(id).get()));
        }
        String webAppsAs = plan().map(Plan::users).map(Plan.Users::webAppsRunAsUser).orElse(null);
        if (webAppsAs != null) {
            runAs("Web app", project.webApps().list().stream().map(WebApps.Summary::id).toList(), webAppsAs,
                    id -> RunAs.configured(project.webApps().document(id).get()));
        }
    }

    private void runAs(String what, List<String> ids, String wanted, InParallel.NodeCall<String, Optional<String>> read)
            throws NodeException {
        List<Optional<String>> users = InParallel.map(ids, read);
        for (int i = 0; i < ids.size(); i++) {
            if (!users.get(i).equals(Optional.of(wanted))) {
                signs.add(Sign.outOfSync(Message.warning("RUN_AS_CHANGED", what + " " + Ids.printable(ids.get(i)) + " runs as "
                        + users.get(i).map(Ids::printable).orElse("its last editor") + ", the deployment set " + wanted + ".")));
            }
        }
    }

    /** What the update left must still be there; what was granted since then on the node is the node's own affair. */
    private void permissions(NodeProject project) throws NodeException {
        permissions = project.permissions().get();
        Optional<JsonNode> left = leftPermissions();
        if (left.isEmpty()) {
            return;
        }
        JsonNode now = permissions;
        if (!left.get().path("owner").equals(now.path("owner"))) {
            signs.add(Sign.outOfSync(Message.warning("NOT_OWNER", "The project's owner is "
                    + Ids.printable(now.path("owner").asText()) + ", the deployment left "
                    + Ids.printable(left.get().path("owner").asText()) + ".")));
        }
        for (JsonNode line : left.get().path("permissions")) {
            String field = line.hasNonNull("group") ? "group" : "user";
            JsonNode there = lineOf(now.path("permissions"), field, line.path(field).asText());
            List<String> lost = new ArrayList<>();
            line.properties().stream()
                    .filter(flag -> flag.getValue().isBoolean() && flag.getValue().booleanValue() && !there.path(flag.getKey()).asBoolean())
                    .forEach(flag -> lost.add(flag.getKey()));
            if (!lost.isEmpty()) {
                signs.add(Sign.outOfSync(Message.warning("PERMISSIONS_LOST", "The " + field + " " + Ids.printable(line.path(field).asText())
                        + " no longer has " + String.join(", ", lost) + " on the project, as the deployment left it.")));
            }
        }
    }

    /** What the plan set where the project was new; else what was there before the update, which left it alone. */
    private Optional<JsonNode> leftPermissions() {
        Optional<Plan> plan = plan();
        boolean anew = plan.isPresent() && plan.get().nodes().stream()
                .anyMatch(node -> node.address().url().equals(url) && plan.get().securesAnew(node));
        if (!anew) {
            return before().map(WayBack.NodeState::permissions);
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        Documents.permit(document, plan.get().permissions());
        return Optional.of(document);
    }

    private static JsonNode lineOf(JsonNode lines, String field, String name) {
        for (JsonNode line : lines) {
            if (line.path(field).asText().equals(name)) {
                return line;
            }
        }
        return MissingNode.getInstance();
    }
}

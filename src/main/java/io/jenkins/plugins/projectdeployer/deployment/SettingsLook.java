package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a project's remappings, what becomes of its code envs, its switch for all triggers and its local variables with what the last update left on
 * one node. Of variables names are said and no values, which may be secret.
 */
final class SettingsLook {

    /** A table of the remapping, and what people call the things that it renames. */
    private static final Map<String, String> TABLES = new TreeMap<>(Map.of(
            "connections", "connections", "codeEnvs", "code envs", "containerExecs", "container configurations"));

    /** A node may write 1.0 for 1, and nothing for null. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        boolean same = one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other) || isNothing(one) && isNothing(other);
        return same ? 0 : 1;
    };

    private final Update last;
    private final String url;
    private final List<Sign> signs = new ArrayList<>();

    /**
     * @param last the last update that began to change the nodes
     * @param url of the node
     */
    SettingsLook(Update last, String url) {
        this.last = last;
        this.url = url;
    }

    /** What is otherwise; nothing where the update did not come so far that it left something. */
    List<Sign> at(NodeProject project) throws NodeException {
        boolean back = last.status() == UpdateStatus.ROLLED_BACK;
        if (!back && !last.isDeployed() || last.plan() == null || last.wayBack() == null) {
            return signs;
        }
        WayBack restored = back ? last.wayBack() : last.plan().restore();
        Optional<WayBack.NodeState> brought = restored == null ? Optional.empty()
                : restored.nodes().stream().filter(state -> state.url().equals(url)).findFirst();
        Optional<JsonNode> settings = brought.map(WayBack.NodeState::settings);
        ObjectNode now = project.settings().get();
        // Where the project was not there before, going back has left what it found.
        (restored == null ? Optional.of(planned(now.deepCopy(), last.plan())) : settings).ifPresent(left -> settings(now, left));
        Deployment wanted = back ? restored.deployment() : last.plan().deployment();
        if (wanted != null && wanted.settings().variables() != null) {
            Optional<JsonNode> variables = restored == null ? Optional.of(Json.MAPPER.valueToTree(wanted.settings().variables()))
                    : brought.map(WayBack.NodeState::variables).map(document -> document.path("local"));
            if (variables.isPresent()) {
                variables(project.variables().get().path("local"), variables.get());
            }
        }
        return signs;
    }

    private void settings(ObjectNode now, JsonNode left) {
        TABLES.forEach((table, what) -> {
            TreeSet<String> is = pairs(now, table);
            TreeSet<String> was = pairs(left, table);
            if (!is.equals(was)) {
                out("REMAPPING_CHANGED", "The project renames " + what + " by " + shown(is) + ", the deployment left " + shown(was) + ".");
            }
        });
        for (String choice : List.of("importTimeMode", "envImportSpecificationMode")) {
            String is = behavior(now, choice);
            String was = behavior(left, choice);
            if (!was.isEmpty() && !is.equals(was)) {
                out("CODE_ENVS_CHANGED", choice + " of the project's code envs is " + (is.isEmpty() ? "not set" : Ids.printable(is))
                        + ", the deployment left it " + was + ".");
            }
        }
        if (triggersOff(now) != triggersOff(left)) {
            out("TRIGGERS_CHANGED", triggersOff(now) ? "All triggers of the project are off, the deployment left them to each scenario."
                    : "The project's triggers are left to each scenario, the deployment had all of them off.");
        }
    }

    private static ObjectNode planned(ObjectNode document, Plan plan) {
        Documents.configure(document, plan.remapping(), plan.infrastructure().codeEnvsBehavior());
        Documents.disableTriggers(document, plan.deployment().settings().disableAutomaticTriggers());
        return document;
    }

    private static TreeSet<String> pairs(JsonNode settings, String table) {
        TreeSet<String> pairs = new TreeSet<>();
        settings.path("bundleContainerSettings").path("remapping").path(table).forEach(row ->
                pairs.add(Ids.printable(row.path("source").asText()) + " to " + Ids.printable(row.path("target").asText())));
        return pairs;
    }

    private static String shown(TreeSet<String> pairs) {
        return pairs.isEmpty() ? "no table" : String.join(", ", pairs);
    }

    private static String behavior(JsonNode settings, String choice) {
        return settings.path("bundleContainerSettings").path("codeEnvsBehavior").path(choice).asText();
    }

    private static boolean triggersOff(JsonNode settings) {
        return settings.path("settings").path("disableAutomaticTriggers").asBoolean();
    }

    private void variables(JsonNode local, JsonNode left) {
        TreeSet<String> names = new TreeSet<>();
        left.fieldNames().forEachRemaining(names::add);
        local.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> left.path(name).equals(BY_VALUE, local.path(name)));
        if (!names.isEmpty()) {
            out("VARIABLES_CHANGED", "Local variables of the project are not as the deployment set them: "
                    + String.join(", ", names.stream().map(Ids::printable).toList()) + ".");
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    private void out(String code, String text) {
        signs.add(Sign.outOfSync(Message.warning(code, text)));
    }
}

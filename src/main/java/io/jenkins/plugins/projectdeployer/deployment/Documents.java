package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a plan changes in a project's documents on a node. The documents are the node's own (facts B3, B4): all that is
 * not ours stays as it is.
 */
final class Documents {

    private Documents() {}

    /** Lays the plan's names and code env choices into a settings document; both must stand there before activation. */
    static void configure(ObjectNode settings, Remapping remapping, CodeEnvsBehavior behavior) {
        ObjectNode container = object(settings, "bundleContainerSettings");
        ObjectNode tables = object(container, "remapping");
        tables.set("connections", table(tables, remapping.connections()));
        tables.set("codeEnvs", table(tables, remapping.codeEnvs()));
        // The node heeds that table only with this flag beside it; versions before 13.5 know neither (facts A2.30).
        if (!remapping.containerExecs().isEmpty() || tables.has("containerExecs")) {
            tables.set("containerExecs", table(tables, remapping.containerExecs()));
            tables.put("enableContainerExecRemapping", !remapping.containerExecs().isEmpty());
        }
        object(container, "codeEnvsBehavior")
                .put("importTimeMode", behavior.importTimeMode().name())
                .put("envImportSpecificationMode", behavior.envImportSpecificationMode().name());
    }

    /**
     * Lays a recorded settings document over the present one. Tables that the record has not are emptied, not taken away: a
     * node may write for itself again what is missing, which would look as if it had not taken the rest.
     */
    static void restoreSettings(ObjectNode settings, ObjectNode recorded) {
        if (settings.path("bundleContainerSettings").get("remapping") instanceof ObjectNode tables) {
            Stream.of("connections", "codeEnvs", "containerExecs").filter(tables::has).forEach(tables::putArray);
            if (tables.path("enableContainerExecRemapping").asBoolean()) {
                tables.put("enableContainerExecRemapping", false);
            }
        }
        lay(recorded, settings);
    }

    private static void lay(ObjectNode recorded, ObjectNode document) {
        recorded.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode inner && document.get(field.getKey()) instanceof ObjectNode there) {
                lay(inner, there);
            } else {
                document.set(field.getKey(), field.getValue());
            }
        });
    }

    /** Whether all triggers of the project are off, whatever each scenario says. */
    static void disableTriggers(ObjectNode settings, boolean disabled) {
        object(settings, "settings").put("disableAutomaticTriggers", disabled);
    }

    /**
     * Makes the scheme the whole of a permissions document; dashboards keep theirs. A line that is there keeps the names
     * of its flags, all of which a node writes out, so that what is right already compares as equal.
     */
    static void permit(ObjectNode permissions, Plan.Scheme scheme) {
        JsonNode before = permissions.path("permissions");
        permissions.put("owner", scheme.owner());
        ArrayNode lines = permissions.putArray("permissions");
        for (ProjectPermissions line : scheme.permissions()) {
            ObjectNode entry = lines.addObject();
            lineOf(before, line.principal()).ifPresent(there -> there.properties().forEach(field ->
                    entry.set(field.getKey(), field.getValue().isBoolean() ? BooleanNode.FALSE : field.getValue())));
            entry.put(field(line.principal()), line.principal().name());
            line.flags().forEach(flag -> entry.put(flag, true));
        }
    }

    private static Optional<JsonNode> lineOf(JsonNode lines, Principal principal) {
        for (JsonNode line : lines) {
            if (line.path(field(principal)).asText().equals(principal.name())) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private static String field(Principal principal) {
        return principal.isGroup() ? "group" : "user";
    }

    /** Replaces the local variables; the standard ones come with the bundle (facts A2.18). */
    static void localVariables(ObjectNode variables, Map<String, JsonNode> local) {
        ObjectNode own = variables.putObject("local");
        local.forEach(own::set);
    }

    private static ArrayNode table(ObjectNode any, List<Remap> remaps) {
        ArrayNode table = any.arrayNode();
        remaps.forEach(remap -> table.addObject().put("source", remap.source()).put("target", remap.target()));
        return table;
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }
}

package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads who may do what with a resource of a node (facts B5). Automation nodes have the fields at the top, design nodes
 * below {@code desc}. What Dataiku calls the middle and the highest right differs between kinds and is not documented, so
 * each name that is known of them is read.
 */
final class ResourceGrantsJson {

    private static final List<String> UPDATE = List.of("update", "operate");
    private static final List<String> ADMIN = List.of("admin", "manageUsers");

    private ResourceGrantsJson() {}

    /** Of the document of a code env or a cluster; empty where it says nothing of it. */
    static Optional<ResourceGrants> owned(JsonNode document) {
        if (field(document, "permissions").isMissingNode() && field(document, "usableByAll").isMissingNode()) {
            return Optional.empty();
        }
        List<Grant<ResourceRight>> grants = new ArrayList<>();
        for (JsonNode line : field(document, "permissions")) {
            String group = text(line, "group");
            String user = group == null ? text(line, "user") : null;
            ResourceRight right = right(line);
            if ((group != null || user != null) && right != null) {
                grants.add(new Grant<>(group, user, right));
            }
        }
        return Optional.of(new ResourceGrants(text(document, "owner") != null ? text(document, "owner") : text(document.path("desc"), "owner"),
                field(document, "usableByAll").asBoolean(false), grants));
    }

    /** Of a connection or a containerized execution configuration: everybody may use it, or these groups. */
    static ResourceGrants shared(boolean usableByAll, Set<String> groups) {
        return new ResourceGrants(null, usableByAll,
                usableByAll ? List.of() : groups.stream().map(group -> Grant.toGroup(group, ResourceRight.USE)).toList());
    }

    private static ResourceRight right(JsonNode line) {
        if (isOn(line, ADMIN)) {
            return ResourceRight.ADMIN;
        }
        return isOn(line, UPDATE) ? ResourceRight.UPDATE : isOn(line, List.of("use")) ? ResourceRight.USE : null;
    }

    private static boolean isOn(JsonNode line, List<String> flags) {
        return flags.stream().anyMatch(flag -> line.path(flag).asBoolean(false));
    }

    private static JsonNode field(JsonNode document, String name) {
        return document.has(name) ? document.path(name) : document.path("desc").path(name);
    }

    private static String text(JsonNode node, String name) {
        String text = node.path(name).asText("");
        return text.isBlank() ? null : text;
    }
}

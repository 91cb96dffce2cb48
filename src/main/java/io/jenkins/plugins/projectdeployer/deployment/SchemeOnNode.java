package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Owner and permissions of a deployed project, as somebody who looked found them on one node.
 *
 * @param node how people call it
 * @param owner login; empty where the node does not say
 * @param permissions line by line
 */
public record SchemeOnNode(String node, String owner, List<ProjectPermissions> permissions) {

    public SchemeOnNode {
        permissions = List.copyOf(permissions);
    }

    /**
     * What was found on the nodes of a deployment.
     *
     * @param at when; null: nothing was looked at
     * @param nodes those that answered and have the project
     * @param why not of all nodes, one sentence each; empty where all were looked at
     */
    public record Found(Instant at, List<SchemeOnNode> nodes, List<String> why) {

        public Found {
            nodes = List.copyOf(nodes);
            why = List.copyOf(why);
        }
    }

    /** Of the document that a node answers (facts B3); a line that names nobody, or two at once, says nothing. */
    static SchemeOnNode of(String node, JsonNode document) {
        List<ProjectPermissions> permissions = new ArrayList<>();
        for (JsonNode line : document.path("permissions")) {
            String group = line.path("group").asText("");
            String user = line.path("user").asText("");
            if (group.isBlank() != user.isBlank()) {
                Set<String> flags = new TreeSet<>();
                line.properties().stream().filter(flag -> flag.getValue().asBoolean(false)).forEach(flag -> flags.add(flag.getKey()));
                permissions.add(new ProjectPermissions(group, user, flags));
            }
        }
        return new SchemeOnNode(node, document.path("owner").asText(""), permissions);
    }
}

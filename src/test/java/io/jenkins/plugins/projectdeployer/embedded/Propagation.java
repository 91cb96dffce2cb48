package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which permissions a project made from a bundle begins with (A4.1 to A4.4). Unknown users and groups are left out silently. */
final class Propagation {
    private Propagation() {}

    static ArrayNode permissions(String policy, BundleContents bundle, Directory directory) {
        ArrayNode permissions = Json.array();
        switch (policy) {
            case "NONE" -> { }
            case "READ_ONLY", "ALL" -> {
                for (JsonNode entry : bundle.params.path("permissions")) {
                    boolean known = entry.has("group")
                            ? directory.hasGroup(entry.get("group").asText())
                            : directory.hasUser(entry.path("user").asText());
                    if (known) {
                        permissions.add(policy.equals("ALL") ? entry.deepCopy() : reader(entry));
                    }
                }
            }
            default -> throw ApiError.illegal("No enum constant PermissionsPropagationPolicy." + policy);
        }
        return permissions;
    }

    private static ObjectNode reader(JsonNode entry) {
        ObjectNode reader = Json.object();
        String principal = entry.has("group") ? "group" : "user";
        reader.put(principal, entry.path(principal).asText());
        for (ProjectFlag flag : ProjectFlag.values()) {
            reader.put(flag.name(), flag == ProjectFlag.readProjectContent);
        }
        return reader;
    }
}

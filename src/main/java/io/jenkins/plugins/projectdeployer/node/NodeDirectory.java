package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The users and groups of a node. Each list comes whole (facts E9): read it once for a plan. Needs the admin key. */
public final class NodeDirectory {

    /**
     * A user of the node.
     *
     * @param login as the node compares it: with its case
     * @param enabled whether they may act
     */
    public record User(String login, Set<String> groups, boolean enabled) {

        /** Freezes the groups. */
        public User {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * A group of the node.
     *
     * @param administrators whether its members administer the node
     * @param mayCreateProjects empty where the node does not say
     */
    public record Group(String name, boolean administrators, Optional<Boolean> mayCreateProjects) {}

    private final NodeHttp http;

    NodeDirectory(NodeHttp http) {
        this.http = http;
    }

    /** All users by login. Users of a company directory are missing until they have logged in once (facts A1.22). */
    public Map<String, User> users() throws NodeException {
        Map<String, User> users = new LinkedHashMap<>();
        for (JsonNode user : http.json(NodeRequest.get(ApiPath.of("admin", "users", "")))) {
            Set<String> groups = new LinkedHashSet<>();
            user.path("groups").forEach(group -> groups.add(group.asText()));
            String login = user.path("login").asText();
            users.put(login, new User(login, groups, user.path("enabled").asBoolean(true)));
        }
        return users;
    }

    /** All groups by name. */
    public Map<String, Group> groups() throws NodeException {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (JsonNode group : http.json(NodeRequest.get(ApiPath.of("admin", "groups", "")))) {
            String name = group.path("name").asText();
            JsonNode mayCreate = group.path("mayCreateProjects");
            groups.put(name, new Group(name, group.path("admin").asBoolean(false),
                    mayCreate.isBoolean() ? Optional.of(mayCreate.booleanValue()) : Optional.empty()));
        }
        return groups;
    }
}

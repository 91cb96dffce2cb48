package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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

    /** The names of all groups. */
    public Set<String> groups() throws NodeException {
        Set<String> groups = new LinkedHashSet<>();
        for (JsonNode group : http.json(NodeRequest.get(ApiPath.of("admin", "groups", "")))) {
            groups.add(group.path("name").asText());
        }
        return groups;
    }
}

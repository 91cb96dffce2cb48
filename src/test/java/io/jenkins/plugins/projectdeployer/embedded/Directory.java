package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Users and groups of the node. Logins compare exactly, as Dataiku's do. */
public final class Directory {
    private final Object lock;
    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, ObjectNode> groups = new LinkedHashMap<>();

    Directory(Object lock) {
        this.lock = lock;
    }

    /** Adds a group; {@code rights} are global ones, such as {@code admin} or {@code mayCreateProjects}. */
    public Directory group(String name, String... rights) {
        ObjectNode group = Json.object()
                .put("name", name)
                .put("description", "")
                .put("sourceType", "LOCAL")
                .put("admin", false)
                .put("mayCreateProjects", false)
                .put("mayCreateCodeEnvs", false)
                .put("mayManageCodeEnvs", false);
        for (String right : rights) {
            group.put(right, true);
        }
        synchronized (lock) {
            groups.put(name, group);
        }
        return this;
    }

    /** Adds an enabled user. */
    public Directory user(String login, String... memberOf) {
        ObjectNode user = Json.object()
                .put("login", login)
                .put("displayName", login)
                .put("email", login + "@example.com")
                .put("sourceType", "LOCAL")
                .put("userProfile", "FULL_DESIGNER")
                .put("enabled", true);
        ArrayNode groupNames = user.putArray("groups");
        for (String group : memberOf) {
            groupNames.add(group);
        }
        synchronized (lock) {
            users.put(login, user);
        }
        return this;
    }

    public Directory enabled(String login, boolean enabled) {
        synchronized (lock) {
            existingUser(login).put("enabled", enabled);
        }
        return this;
    }

    public Directory removeUser(String login) {
        synchronized (lock) {
            users.remove(login);
        }
        return this;
    }

    public Directory removeGroup(String name) {
        synchronized (lock) {
            groups.remove(name);
        }
        return this;
    }

    public boolean hasUser(String login) {
        synchronized (lock) {
            return users.containsKey(login);
        }
    }

    public boolean hasGroup(String name) {
        synchronized (lock) {
            return groups.containsKey(name);
        }
    }

    public boolean isEnabled(String login) {
        synchronized (lock) {
            return users.containsKey(login) && users.get(login).path("enabled").asBoolean();
        }
    }

    /** The user as a caller, or the error that Dataiku answers for a login it will not act for. */
    Caller caller(String header) {
        // Headers come as bytes of either charset; which one a real node expects for other than ASCII is not known.
        String login = users.containsKey(header)
                ? header
                : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        ObjectNode user = users.get(login);
        if (user == null) {
            throw ApiError.notAuthenticated("Cannot proxy as user '" + login + "': unknown user");
        }
        if (!user.path("enabled").asBoolean()) {
            throw ApiError.notAuthenticated("Cannot proxy as user '" + login + "': user is disabled");
        }
        Set<String> memberOf = new LinkedHashSet<>();
        boolean admin = false;
        boolean creates = false;
        for (JsonNode name : user.path("groups")) {
            memberOf.add(name.asText());
            JsonNode group = groups.get(name.asText());
            if (group != null) {
                admin |= group.path("admin").asBoolean();
                creates |= group.path("mayCreateProjects").asBoolean();
            }
        }
        return new Caller(login, true, admin, memberOf, admin || creates);
    }

    ObjectNode existingUser(String login) {
        ObjectNode user = users.get(login);
        if (user == null) {
            throw ApiError.notFound("User '" + login + "' does not exist");
        }
        return user;
    }

    ObjectNode existingGroup(String name) {
        ObjectNode group = groups.get(name);
        if (group == null) {
            throw ApiError.notFound("Group '" + name + "' does not exist");
        }
        return group;
    }

    Map<String, ObjectNode> users() {
        return users;
    }

    Map<String, ObjectNode> groups() {
        return groups;
    }
}

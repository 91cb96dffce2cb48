package io.jenkins.plugins.projectdeployer.model;

import java.util.Map;

/**
 * How a Jenkins user id becomes a login on Dataiku's nodes: by the table, else by the pattern, else it is the same name.
 *
 * @param table Jenkins user id to login
 * @param pattern a login in which {@code {user}} stands for the Jenkins user id, such as {@code {user}@example.com}; may be null
 */
public record LoginMapping(Map<String, String> table, String pattern) {

    /** Same name everywhere. */
    public static final LoginMapping SAME = new LoginMapping(Map.of(), null);

    public LoginMapping {
        table = Text.map(table);
        pattern = Text.trimmed(pattern);
    }

    /** The login of a Jenkins user. */
    public String login(String userId) {
        String listed = table.get(userId);
        if (listed != null) {
            return listed;
        }
        return pattern == null ? userId : pattern.replace("{user}", userId);
    }
}

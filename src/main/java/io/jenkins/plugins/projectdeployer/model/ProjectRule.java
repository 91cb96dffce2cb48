package io.jenkins.plugins.projectdeployer.model;

import java.util.List;

/**
 * What holds for published projects whose key matches.
 *
 * @param pattern project key, {@code *} stands for any run of characters; compared with case
 * @param grants first grants of a project published for the first time
 * @param creators who may publish such a project for the first time; empty: whoever has the Jenkins permission for it
 */
public record ProjectRule(String pattern, List<Grant<ProjectRight>> grants, List<Principal> creators) {

    public ProjectRule {
        pattern = Text.trimmed(pattern);
        grants = Text.list(grants);
        creators = Text.list(creators);
    }

    /** Whether the rule is about this project. */
    public boolean matches(String projectKey) {
        return Wildcard.matches(pattern, projectKey);
    }
}

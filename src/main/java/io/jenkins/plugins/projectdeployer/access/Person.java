package io.jenkins.plugins.projectdeployer.access;

import java.util.Set;

/**
 * Somebody, with the groups that the directory gives them at this moment.
 *
 * @param id Jenkins user id
 * @param groups names as the directory writes them
 * @param administrator whether they administer Jenkins
 */
public record Person(String id, Set<String> groups, boolean administrator) {

    public Person {
        groups = Set.copyOf(groups);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.Person;
import java.util.Set;

/**
 * A group, or a user, as the columns of the authorization matrix are asked about them.
 *
 * @param name as it is shown
 * @param person who holds what is granted to this group alone, or to this user
 * @param global what Jenkins lets them do with the whole deployer
 * @param login of a user on nodes; null: it is a group
 * @param spellings of a group; to Jenkins they are the same, on nodes each is a name of its own
 * @param resolved whether the groups of a user count; else only what names the user does
 */
record MatrixRow(
        String name, Person person, Set<GlobalRight> global, String login, Set<String> spellings, boolean resolved) {

    boolean isGroup() {
        return login == null;
    }
}

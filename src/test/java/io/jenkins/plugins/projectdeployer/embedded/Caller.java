package io.jenkins.plugins.projectdeployer.embedded;

import java.util.Set;

/**
 * On whose behalf a request runs: a key itself, or the user whom an administrator's key acts for (A4.9).
 *
 * @param identifier login of the user, or id of the key
 * @param user whether this is a user
 * @param admin whether it has global administrator's rights
 * @param groups groups of the user
 * @param mayCreateProjects whether it may create projects
 */
record Caller(String identifier, boolean user, boolean admin, Set<String> groups, boolean mayCreateProjects) {

    void requireAdmin(String action) {
        if (!admin) {
            throw ApiError.forbidden("Action forbidden, you are not admin: '" + identifier + "' may not " + action);
        }
    }

    boolean inOneOf(Iterable<String> names) {
        for (String name : names) {
            if (groups.contains(name)) {
                return true;
            }
        }
        return false;
    }
}

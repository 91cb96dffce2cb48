package io.jenkins.plugins.projectdeployer.access;

import java.util.Collection;
import java.util.Set;

/** Jenkins' own authorization, as far as the deployer has rights there. Never asks a directory of people. */
public interface GlobalRights {

    /** Nobody has any. */
    GlobalRights NONE = new GlobalRights() {
        @Override
        public Set<GlobalRight> of(String userId, Set<String> groups) {
            return Set.of();
        }

        @Override
        public Collection<String> groups() {
            return Set.of();
        }
    };

    /**
     * What somebody may who has this id and these groups.
     *
     * @param userId empty: nobody in person, so that only what the groups have counts
     */
    Set<GlobalRight> of(String userId, Set<String> groups);

    /** The names that the authorization knows as groups; some kinds of it count users among them. */
    Collection<String> groups();
}

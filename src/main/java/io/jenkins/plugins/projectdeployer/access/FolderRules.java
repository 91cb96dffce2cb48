package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Wildcard;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the folders around a job let it use. Each folder narrows what the folders above it allow; none can widen it.
 *
 * @param rules of the folders that have any, the nearest first
 */
public record FolderRules(List<Rule> rules) {

    /** No folder says anything. */
    public static final FolderRules NONE = new FolderRules(List.of());

    public FolderRules {
        rules = List.copyOf(rules);
    }

    /**
     * One folder's.
     *
     * @param folder its full name
     * @param infrastructures ids or patterns of those that jobs inside may deploy to; empty: whatever is allowed around it
     * @param project the project that jobs inside deploy unless they name another; may be null
     */
    public record Rule(String folder, List<String> infrastructures, String project) {

        public Rule {
            infrastructures = List.copyOf(infrastructures);
        }

        private boolean allows(String infrastructure) {
            return infrastructures.isEmpty()
                    || infrastructures.stream().anyMatch(pattern -> Wildcard.matchesId(pattern, infrastructure));
        }
    }

    /**
     * Lets a job deploy to an infrastructure.
     *
     * @throws Refused naming the folder that forbids it
     */
    public void check(String infrastructure) {
        against(infrastructure).ifPresent(why -> {
            throw new Refused(Refused.Reason.FORBIDDEN, why);
        });
    }

    /** Why a job may not deploy to an infrastructure, in a sentence that names the folder that forbids it; empty: it may. */
    public Optional<String> against(String infrastructure) {
        if (infrastructure == null) {
            return Optional.empty(); // the request itself says that it is missing
        }
        return rules.stream().filter(rule -> !rule.allows(infrastructure)).findFirst().map(rule -> "Folder \"" + Ids.printable(rule.folder)
                + "\" does not let its jobs deploy to infrastructure \"" + Ids.printable(infrastructure)
                + "\". Whoever configures the folder can add it there.");
    }

    /** The project that a job deploys: the one it names, else the nearest folder's; null when nobody names one. */
    public String project(String named) {
        return named != null ? named : rules.stream().map(Rule::project).filter(Objects::nonNull).findFirst().orElse(null);
    }
}

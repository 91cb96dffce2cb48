package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import java.util.List;
import java.util.Optional;

/** Who may publish bundles, and who has rights on a project that is published for the first time (design 5). */
public final class Publishing {

    private final Access access;
    private final People people;

    public Publishing(Access access, People people) {
        this.access = access;
        this.people = people;
    }

    /**
     * Whether this person may publish a bundle of this project. An existing project takes Write. One that does not exist
     * yet takes what the first rule that matches says: the creators it names, or, where it names none or no rule matches,
     * whoever has the Jenkins permission to create published projects. Whoever may not create a project cannot tell from
     * the answer whether it exists.
     *
     * @param found the project; absent when it does not exist yet
     * @param key as it was asked for
     * @param rule the first that matches the key
     * @param mayCreateProjects whether the person has the Jenkins permission
     */
    public Decision mayPublish(
            Person person, Optional<PublishedProject> found, String key, Optional<ProjectRule> rule, boolean mayCreateProjects) {
        boolean seen = found.isPresent() && access.may(person, found.get(), ProjectRight.READ).granted();
        if (seen) {
            return access.may(person, found.get(), ProjectRight.WRITE);
        }
        List<Principal> creators = rule.map(ProjectRule::creators).orElse(List.of());
        boolean mayCreate = person.administrator()
                || (creators.isEmpty() ? mayCreateProjects : creators.stream().anyMatch(creator -> isOneOf(person, creator)));
        if (!mayCreate) {
            return Decision.hidden(Secured.PROJECT.kind(), key).besides(whoCreates(creators));
        }
        return found.isPresent()
                ? Decision.hidden(Secured.PROJECT.kind(), key)
                : Decision.granted(() -> List.of("nobody has published " + Ids.printable(key) + " yet, and you may be the first"));
    }

    /**
     * Whether there is any project at all of which this person may publish a bundle: asked before an archive is taken that
     * does not say beforehand whose it is.
     */
    public Decision mayPublishAny(
            Person person, List<PublishedProject> projects, List<ProjectRule> rules, boolean mayCreateProjects) {
        boolean may = person.administrator() || mayCreateProjects
                || rules.stream().anyMatch(rule -> rule.creators().stream().anyMatch(creator -> isOneOf(person, creator)))
                || projects.stream().anyMatch(project -> access.may(person, project, ProjectRight.WRITE).granted());
        return may
                ? Decision.granted(() -> List.of("you may publish bundles of some project"))
                : Decision.forbidden(() -> List.of("you (" + Ids.printable(person.id()) + ") need Write on a published project, or the"
                        + " right to publish one for the first time"));
    }

    /**
     * The grants of a project published for the first time: those of the rule; where there are none, the publisher
     * administers it, since nobody else could so much as see it.
     */
    public List<Grant<ProjectRight>> firstGrants(Person publisher, Optional<ProjectRule> rule) {
        return rule.map(ProjectRule::grants)
                .filter(grants -> !grants.isEmpty())
                .orElseGet(() -> List.of(Grant.toUser(publisher.id(), ProjectRight.ADMIN)));
    }

    private boolean isOneOf(Person person, Principal principal) {
        return principal.isGroup()
                ? person.groups().stream().anyMatch(group -> people.groupKey(group).equals(people.groupKey(principal.group())))
                : people.userKey(person.id()).equals(people.userKey(principal.user()));
    }

    private static String whoCreates(List<Principal> creators) {
        if (creators.isEmpty()) {
            return "to publish it for the first time you need Jenkins' permission to create published projects";
        }
        return "it may be published for the first time by " + Access.listed(creators.stream().map(Principal::toString).toList());
    }
}

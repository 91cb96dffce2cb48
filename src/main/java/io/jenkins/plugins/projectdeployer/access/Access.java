package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides who may do what with infrastructures, published projects, deployments and code envs (design 5).
 *
 * <p>A right is held through a group or by name; names compare as {@link People} says. Who administers Jenkins holds
 * every right: they could grant it to themselves anyway. Whoever holds no right on a thing is answered as if it did not
 * exist. Safe for use by many threads; asking twice about the same records costs no second look at their names.
 */
public final class Access {

    private static final int NAMES_SHOWN = 10;
    /** Any name with both cases in it, in and behind something that looks like a mail address. */
    private static final String SAMPLE = "Aa@Bb";

    private final People people;
    private volatile Compiled compiled;

    public Access(People people) {
        this.people = people;
        this.compiled = new Compiled(people);
    }

    /** Whether this person holds this right on the infrastructure. */
    public Decision may(Person person, Infrastructure infrastructure, InfrastructureRight right) {
        Compiled names = compiled();
        return decide(person, infrastructure, right, Secured.INFRASTRUCTURE, names.infrastructures, names);
    }

    /** Whether this person holds this right on the published project. */
    public Decision may(Person person, PublishedProject project, ProjectRight right) {
        Compiled names = compiled();
        return decide(person, project, right, Secured.PROJECT, names.projects, names);
    }

    /** Whether this person holds this right on the code env; everybody uses one that is usable by all. */
    public Decision may(Person person, CodeEnv codeEnv, ResourceRight right) {
        Compiled names = compiled();
        Decision decision = decide(person, codeEnv, right, Secured.CODE_ENV, names.codeEnvs, names);
        if (decision.granted() || !codeEnv.usableByAll()) {
            return decision;
        }
        GrantTable<ResourceRight> table = names.codeEnvs.get(codeEnv, ignored -> table(codeEnv, Secured.CODE_ENV));
        return right == ResourceRight.USE
                ? Decision.granted(() -> List.of("everybody may use code env " + Ids.printable(codeEnv.name())))
                : Decision.forbidden(() -> List.of(missing(person, codeEnv, right, Secured.CODE_ENV, table)));
    }

    /**
     * Whether this person may deploy, as it was asked for by id and key: what is absent is answered as what is hidden.
     *
     * @param askedInfrastructure the id as it was asked for
     * @param askedProject the key as it was asked for
     */
    public Decision mayDeploy(
            Person person,
            Optional<Infrastructure> infrastructure,
            String askedInfrastructure,
            Optional<PublishedProject> project,
            String askedProject) {
        Decision there = infrastructure.map(it -> may(person, it, InfrastructureRight.DEPLOY).askedAs(askedInfrastructure))
                .orElseGet(() -> Decision.hidden(Secured.INFRASTRUCTURE.kind(), askedInfrastructure));
        return there.and(project.map(it -> may(person, it, ProjectRight.DEPLOY).askedAs(askedProject))
                .orElseGet(() -> Decision.hidden(Secured.PROJECT.kind(), askedProject)));
    }

    /**
     * What anybody may do there, by the names that people give the rights; a right that another implies is left out. For many
     * people and the same thing: made anew for each request, since names may compare otherwise by the next.
     */
    public Function<Person, List<String>> rights(Infrastructure infrastructure) {
        Compiled names = compiled();
        return rights(infrastructure, InfrastructureRight.ADMIN, Secured.INFRASTRUCTURE, names.infrastructures, names);
    }

    /** The same of a published project. */
    public Function<Person, List<String>> rights(PublishedProject project) {
        Compiled names = compiled();
        return rights(project, ProjectRight.ADMIN, Secured.PROJECT, names.projects, names);
    }

    /** The same of a code env on the controller, without what everybody may. */
    public Function<Person, List<String>> rights(CodeEnv codeEnv) {
        Compiled names = compiled();
        return rights(codeEnv, ResourceRight.ADMIN, Secured.CODE_ENV, names.codeEnvs, names);
    }

    private <T, R extends Enum<R>> Function<Person, List<String>> rights(
            T thing, R all, Secured<T, R> secured, ByIdentity<T, GrantTable<R>> tables, Compiled names) {
        GrantTable<R> table = tables.get(thing, it -> table(it, secured));
        Map<Integer, List<String>> words = new HashMap<>();
        return person -> {
            int rights = person.administrator() ? GrantTable.bit(all)
                    : table.rights(names.subjects.get(person, it -> Subject.of(it, people)), all);
            return words.computeIfAbsent(rights, bits -> secured.highest(bits, all.getDeclaringClass()));
        };
    }

    /** Deploying takes Deploy on both (facts A1.9). */
    public Decision mayDeploy(Person person, Infrastructure infrastructure, PublishedProject project) {
        return may(person, infrastructure, InfrastructureRight.DEPLOY).and(may(person, project, ProjectRight.DEPLOY));
    }

    /** A deployment is visible to whoever may see both its infrastructure and its project. */
    public boolean sees(Person person, Infrastructure infrastructure, PublishedProject project) {
        return may(person, infrastructure, InfrastructureRight.READ).granted()
                && may(person, project, ProjectRight.READ).granted();
    }

    /**
     * The infrastructure, for somebody who holds this right on it.
     *
     * @param asked the id as it was asked for
     * @throws Refused {@code NOT_FOUND} when it is absent or hidden, {@code FORBIDDEN} when the right is missing
     */
    public Infrastructure require(Person person, Optional<Infrastructure> found, String asked, InfrastructureRight right) {
        found.map(infrastructure -> may(person, infrastructure, right).askedAs(asked))
                .orElseGet(() -> Decision.hidden(Secured.INFRASTRUCTURE.kind(), asked))
                .require();
        return found.orElseThrow();
    }

    /**
     * The published project, for somebody who holds this right on it.
     *
     * @param asked the key as it was asked for
     * @throws Refused {@code NOT_FOUND} when it is absent or hidden, {@code FORBIDDEN} when the right is missing
     */
    public PublishedProject require(Person person, Optional<PublishedProject> found, String asked, ProjectRight right) {
        found.map(project -> may(person, project, right).askedAs(asked))
                .orElseGet(() -> Decision.hidden(Secured.PROJECT.kind(), asked))
                .require();
        return found.orElseThrow();
    }

    /**
     * The deployment, for somebody who may see both its infrastructure and its project.
     *
     * @param found the deployment; absent when there is none of this id
     * @param infrastructure the one it is on; absent when there is none any more
     * @param project the one it is of
     * @param asked the id as it was asked for
     * @throws Refused {@code NOT_FOUND} when it is absent or hidden
     */
    public Deployment require(
            Person person,
            Optional<Deployment> found,
            Optional<Infrastructure> infrastructure,
            Optional<PublishedProject> project,
            String asked) {
        boolean seen = infrastructure.isPresent() && project.isPresent() && sees(person, infrastructure.get(), project.get());
        return found.filter(deployment -> seen).orElseThrow(() -> Refused.notFound("deployment", asked));
    }

    /**
     * An update as this person may see it, who may see its deployment: what hooks are, printed and asked for is for the
     * infrastructure's administrators alone (design 12).
     *
     * @param infrastructure where the update went, as it is configured now; absent when there is none any more
     */
    public Update shown(Person person, Update update, Optional<Infrastructure> infrastructure) {
        boolean administers = infrastructure.isPresent()
                && may(person, infrastructure.get(), InfrastructureRight.ADMIN).granted();
        return administers ? update : update.withoutHooks();
    }

    private <T, R extends Enum<R>> Decision decide(
            Person person, T thing, R right, Secured<T, R> secured, ByIdentity<T, GrantTable<R>> tables, Compiled names) {
        if (person.administrator()) {
            return Decision.granted(() -> List.of(Ids.printable(person.id()) + " administers Jenkins"));
        }
        GrantTable<R> table = tables.get(thing, it -> table(it, secured));
        Subject subject = names.subjects.get(person, it -> Subject.of(it, people));
        int rights = table.rights(subject, right);
        if ((rights & GrantTable.bit(right)) != 0) {
            return Decision.granted(() -> held(person, thing, right, secured, table));
        }
        return rights == 0
                ? Decision.hidden(secured.kind(), secured.id().apply(thing), () -> List.of(missing(person, thing, right, secured, table)))
                : Decision.forbidden(() -> List.of(missing(person, thing, right, secured, table)));
    }

    private <T, R extends Enum<R>> GrantTable<R> table(T thing, Secured<T, R> secured) {
        return GrantTable.of(secured.grants().apply(thing), secured.implies(), people);
    }

    private <T, R extends Enum<R>> List<String> held(
            Person person, T thing, R right, Secured<T, R> secured, GrantTable<R> table) {
        String what = " has " + secured.labels().get(right) + " on " + name(thing, secured);
        List<String> reasons = new ArrayList<>();
        table.usersWith(right).stream()
                .filter(user -> people.userKey(user).equals(people.userKey(person.id())))
                .forEach(user -> reasons.add("user " + Ids.printable(user) + what));
        List<String> groups = person.groups().stream().map(people::groupKey).toList();
        table.groupsWith(right).stream()
                .filter(group -> groups.contains(people.groupKey(group)))
                .forEach(group -> reasons.add("group " + Ids.printable(group) + what));
        return reasons;
    }

    /** "you (alice) need Deploy on infrastructure prod; the groups that have it: release". */
    private static <T, R extends Enum<R>> String missing(
            Person person, T thing, R right, Secured<T, R> secured, GrantTable<R> table) {
        String need = "you (" + Ids.printable(person.id()) + ") need " + secured.labels().get(right) + " on "
                + name(thing, secured) + "; ";
        List<String> groups = table.groupsWith(right);
        List<String> users = table.usersWith(right);
        if (groups.isEmpty() && users.isEmpty()) {
            return need + "nobody but Jenkins' administrators has it";
        }
        List<String> who = new ArrayList<>();
        if (!groups.isEmpty()) {
            who.add("the groups that have it: " + listed(groups));
        }
        if (!users.isEmpty()) {
            who.add("the users that have it: " + listed(users));
        }
        return need + String.join("; ", who);
    }

    private static <T> String name(T thing, Secured<T, ?> secured) {
        return secured.kind() + " " + Ids.printable(secured.id().apply(thing));
    }

    static String listed(List<String> names) {
        List<String> shown = new ArrayList<>(names.stream().limit(NAMES_SHOWN).map(Ids::printable).toList());
        if (names.size() > NAMES_SHOWN) {
            shown.add("and " + (names.size() - NAMES_SHOWN) + " more");
        }
        return String.join(", ", shown);
    }

    /** Names in the form in which they compare now; another security realm may compare otherwise. */
    private Compiled compiled() {
        Compiled current = compiled;
        if (!current.stillHolds(people)) {
            current = new Compiled(people);
            compiled = current;
        }
        return current;
    }

    private static final class Compiled {

        private final String userSample;
        private final String groupSample;
        private final ByIdentity<Person, Subject> subjects = new ByIdentity<>();
        private final ByIdentity<Infrastructure, GrantTable<InfrastructureRight>> infrastructures = new ByIdentity<>();
        private final ByIdentity<PublishedProject, GrantTable<ProjectRight>> projects = new ByIdentity<>();
        private final ByIdentity<CodeEnv, GrantTable<ResourceRight>> codeEnvs = new ByIdentity<>();

        private Compiled(People people) {
            userSample = people.userKey(SAMPLE);
            groupSample = people.groupKey(SAMPLE);
        }

        private boolean stillHolds(People people) {
            return userSample.equals(people.userKey(SAMPLE)) && groupSample.equals(people.groupKey(SAMPLE));
        }
    }
}

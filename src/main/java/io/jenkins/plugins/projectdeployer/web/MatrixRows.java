package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.deployment.ReportedResources;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of the authorization matrix: every group, or every user, that is named where a right is granted. Nobody's groups
 * are asked for, so a row of a user says what is granted to that user by name.
 */
final class MatrixRows {

    private final People people;
    private final GlobalRights globalRights;
    private final ReportedResources reported;

    MatrixRows(People people, GlobalRights globalRights, ReportedResources reported) {
        this.people = people;
        this.globalRights = globalRights;
        this.reported = reported;
    }

    /** Names that are equal to Jenkins, by the form in which they compare, in their order. */
    TreeMap<String, Set<String>> groups(View view) {
        TreeMap<String, Set<String>> names = collect(
                Stream.concat(named(view), onNodes(view)).distinct().filter(Principal::isGroup).map(Principal::group), people::groupKey);
        // Some kinds of authorization count users among their groups; of all, only those that may do something here matter.
        globalRights.groups().stream()
                .filter(name -> !globalRights.of("", Set.of(name)).isEmpty())
                .forEach(name -> names.computeIfAbsent(people.groupKey(name), key -> new TreeSet<>()).add(name));
        return names;
    }

    /** The same of users. */
    TreeMap<String, Set<String>> users(View view) {
        LoginMapping logins = view.loginMapping();
        Stream<String> onNodes = onNodes(view).filter(principal -> !principal.isGroup())
                .flatMap(login -> logins.user(login.user(), people::userKey).stream());
        return collect(Stream.concat(named(view).filter(principal -> !principal.isGroup()).map(Principal::user), onNodes),
                people::userKey);
    }

    private static TreeMap<String, Set<String>> collect(Stream<String> names, Function<String, String> key) {
        TreeMap<String, Set<String>> collected = new TreeMap<>();
        // Many things name the same few groups.
        names.distinct().forEach(name -> collected.computeIfAbsent(key.apply(name), ignored -> new TreeSet<>()).add(name));
        return collected;
    }

    /** A group with these spellings. */
    MatrixRow group(Collection<String> spellings) {
        Set<String> names = Set.copyOf(spellings);
        String name = spellings.iterator().next();
        Set<GlobalRight> global = globalRights.of("", Set.of(name));
        return new MatrixRow(name, new Person("", Set.of(name), global.contains(GlobalRight.ADMINISTER)), global, null, names, true);
    }

    /** A user, with what is granted to them by name. */
    MatrixRow byName(String userId, View view) {
        Set<GlobalRight> global = globalRights.of(userId, Set.of());
        return user(new Person(userId, Set.of(), global.contains(GlobalRight.ADMINISTER)), global, false, view);
    }

    /** A user whose groups are known. */
    MatrixRow resolved(Person person, View view) {
        return user(person, globalRights.of(person.id(), person.groups()), true, view);
    }

    private MatrixRow user(Person person, Set<GlobalRight> global, boolean resolved, View view) {
        return new MatrixRow(person.id(), person, global, view.loginMapping().login(person.id(), people::userKey), Set.of(), resolved);
    }

    /** Whoever is named on the controller, for somebody who administers it. */
    private Stream<Principal> named(View view) {
        return Stream.of(
                view.infrastructures().stream().flatMap(each -> principals(each.grants())),
                view.projects().stream().flatMap(each -> principals(each.grants())),
                view.codeEnvs().stream().flatMap(each -> principals(each.resourceGrants().withOwner())),
                view.projectRules().stream().flatMap(each -> Stream.concat(principals(each.grants()), each.creators().stream())),
                view.stages().stream().flatMap(each -> each.gate().approvers().stream()))
                .flatMap(each -> each);
    }

    private Stream<Principal> onNodes(View view) {
        return view.infrastructures().stream()
                .flatMap(each -> reported.of(each).stream())
                .flatMap(node -> node.stream().map(ReportedResources.Node::resources))
                .flatMap(List::stream)
                .flatMap(each -> principals(each.resource().grants().withOwner()));
    }

    private static Stream<Principal> principals(List<? extends Grant<?>> grants) {
        return grants.stream().map(Grant::principal);
    }

    /** Those from a place in the order on whose name holds this text. */
    static Map<String, Set<String>> from(TreeMap<String, Set<String>> all, String after, String text) {
        Map<String, Set<String>> found = new TreeMap<>(after.isEmpty() ? all : all.tailMap(after, false));
        String wanted = text.toLowerCase(Locale.ROOT);
        found.values().removeIf(names -> names.stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted)));
        return found;
    }
}

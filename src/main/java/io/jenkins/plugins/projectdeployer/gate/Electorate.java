package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who counts at one request. Whoever is named, by id or through a group that the directory gives them at this moment, and
 * did not ask for the update, change the infrastructure shortly before, or break the glass. Administering Jenkins makes
 * nobody count.
 */
public final class Electorate {

    private final List<Principal> approvers;
    private final People people;
    private final Set<String> users = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final Map<String, String> excluded = new HashMap<>();

    /**
     * Who would count if somebody asked.
     *
     * @param editors who does not
     */
    Electorate(StageGate gate, String infrastructure, Collection<String> editors, People people) {
        approvers = gate.approvers();
        this.people = people;
        approvers.forEach(approver -> {
            if (approver.isGroup()) {
                groups.add(people.groupKey(approver.group()));
            } else {
                users.add(people.userKey(approver.user()));
            }
        });
        exclude(editors, "changed infrastructure " + infrastructure + " or its hooks shortly before");
    }

    /** @param editors who does not count besides those that the request names */
    Electorate(ApprovalRequest request, Collection<String> editors, People people) {
        this(request.gate(), request.infrastructure(), Stream.concat(request.editors().stream(), editors.stream()).toList(), people);
        if (request.glass() != null) {
            exclude(List.of(request.glass().userId()), "broke the glass");
        }
        exclude(request.requestedBy(), "asked for the deployment");
    }

    private void exclude(Collection<String> userIds, String why) {
        userIds.forEach(userId -> excluded.put(people.userKey(userId), why));
    }

    /** Why this person does not count, as it follows their name; empty when they do. */
    public Optional<String> objection(Person person) {
        String reason = excluded.get(people.userKey(person.id()));
        if (reason != null) {
            return Optional.of(reason);
        }
        boolean named = users.contains(people.userKey(person.id()))
                || person.groups().stream().map(people::groupKey).anyMatch(groups::contains);
        return named ? Optional.empty() : Optional.of("is none of the approvers: " + names());
    }

    /** How many can approve it; empty where a group is named, whose members nobody can list. */
    OptionalInt most() {
        return groups.isEmpty() ? OptionalInt.of((int) users.stream().filter(user -> !excluded.containsKey(user)).count()) : OptionalInt.empty();
    }

    /** {@code group release, user carol}. */
    public String names() {
        return approvers.stream().map(approver -> Ids.printable(approver.toString())).collect(Collectors.joining(", "));
    }
}

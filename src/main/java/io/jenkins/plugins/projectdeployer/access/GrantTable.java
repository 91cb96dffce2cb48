package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A list of grants made ready for questions: names in the form in which they compare, rights as bits with all that they
 * imply. One question is one lookup for each of the person's groups.
 */
final class GrantTable<R extends Enum<R>> {

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<Grant<R>> grants;
    private final BiPredicate<R, R> implies;

    private GrantTable(List<Grant<R>> grants, BiPredicate<R, R> implies) {
        this.grants = grants;
        this.implies = implies;
    }

    static <R extends Enum<R>> GrantTable<R> of(List<Grant<R>> grants, BiPredicate<R, R> implies, People people) {
        GrantTable<R> table = new GrantTable<>(grants, implies);
        for (Grant<R> grant : grants) {
            if (grant.principal().isGroup()) {
                table.groups.merge(people.groupKey(grant.group()), table.bits(grant.right()), (a, b) -> a | b);
            } else {
                table.users.merge(people.userKey(grant.user()), table.bits(grant.right()), (a, b) -> a | b);
            }
        }
        return table;
    }

    /** The rights of the subject as bits; stops looking once {@code enough} is among them. */
    int rights(Subject subject, R enough) {
        int wanted = bit(enough);
        int found = users.getOrDefault(subject.userKey(), 0);
        for (String group : subject.groupKeys()) {
            if ((found & wanted) != 0) {
                return found;
            }
            Integer more = groups.get(group);
            if (more != null) {
                found |= more;
            }
        }
        return found;
    }

    static int bit(Enum<?> right) {
        return 1 << right.ordinal();
    }

    /** The names of the groups that hold {@code right}, as the grants write them. */
    List<String> groupsWith(R right) {
        return namesWith(right, true);
    }

    /** The ids of the users that hold {@code right} by name, as the grants write them. */
    List<String> usersWith(R right) {
        return namesWith(right, false);
    }

    private List<String> namesWith(R right, boolean groups) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (Grant<R> grant : grants) {
            if (grant.principal().isGroup() == groups && implies.test(grant.right(), right)) {
                names.add(grant.principal().name());
            }
        }
        return new ArrayList<>(names);
    }

    private int bits(R granted) {
        int bits = 0;
        for (R right : granted.getDeclaringClass().getEnumConstants()) {
            if (implies.test(granted, right)) {
                bits |= bit(right);
            }
        }
        return bits;
    }
}

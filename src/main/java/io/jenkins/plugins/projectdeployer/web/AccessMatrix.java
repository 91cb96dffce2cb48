package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may what: to administrators every group, or user, that a grant names; to anybody else themselves and their groups, and
 * of things those that they may see. Asks the directory of people for nobody but the one user who is looked up.
 */
final class AccessMatrix {

    private final People people;
    private final MatrixRows rows;
    private final MatrixColumns columns;

    AccessMatrix(People people, MatrixRows rows, MatrixColumns columns) {
        this.people = people;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * What is asked for.
     *
     * @param byUser users; else groups
     * @param kind of columns; empty: all
     * @param thing what the columns' names hold; empty: anything
     * @param text what the rows' names hold; empty: anything
     * @param after where the page before ended; empty: this is the first
     * @param lookUp a user whose groups are to count; empty: nobody
     */
    record Asked(boolean byUser, String kind, String thing, String text, String after, String lookUp) {

        static Asked of(WebRequest request) {
            Map<String, String> said = request.query();
            String by = said.getOrDefault("by", "group");
            if (!Set.of("group", "user").contains(by)) {
                throw Refused.invalid("by must be group or user.");
            }
            return new Asked(by.equals("user"), said.getOrDefault("kind", ""), said.getOrDefault("thing", ""),
                    said.getOrDefault("text", ""), said.getOrDefault("after", ""), said.getOrDefault("user", "").strip());
        }
    }

    /**
     * A part of the matrix.
     *
     * @param next what to ask for the next part after; null: there is none
     */
    record Part(List<MatrixColumn> columns, Optional<MatrixRow> lookedUp, List<MatrixRow> rows, String next) {}

    /** @param limit how many rows at most */
    Part part(View view, Asked asked, int limit) {
        List<MatrixColumn> shown = columns(view, asked);
        Optional<MatrixRow> lookedUp = asked.lookUp().isEmpty() ? Optional.empty() : Optional.of(lookUp(view, asked.lookUp()));
        if (!view.person().administrator()) {
            return new Part(shown, lookedUp, own(view, asked, shown), null);
        }
        TreeMap<String, Set<String>> all = asked.byUser() ? rows.users(view) : rows.groups(view);
        // Whoever is looked up stands above the others, and once.
        lookedUp.filter(row -> asked.byUser()).ifPresent(row -> all.remove(people.userKey(row.name())));
        List<Map.Entry<String, Set<String>>> found = MatrixRows.from(all, asked.after(), asked.text()).entrySet().stream()
                .limit(limit + 1L)
                .toList();
        return new Part(shown, lookedUp,
                found.stream().limit(limit).map(each -> asked.byUser()
                        ? rows.byName(each.getValue().iterator().next(), view) : rows.group(each.getValue())).toList(),
                found.size() > limit ? found.get(limit - 1).getKey() : null);
    }

    private List<MatrixColumn> columns(View view, Asked asked) {
        String thing = asked.thing().toLowerCase(Locale.ROOT);
        return columns.all(view).stream()
                .filter(column -> asked.kind().isEmpty() || column.kind().equals(asked.kind()))
                .filter(column -> column.name().toLowerCase(Locale.ROOT).contains(thing))
                .toList();
    }

    /** Of somebody's groups, those that give something that they may see: which others are named somewhere is not said. */
    private List<MatrixRow> own(View view, Asked asked, List<MatrixColumn> shown) {
        if (asked.byUser()) {
            return List.of(rows.resolved(view.person(), view));
        }
        MatrixRow nobody = rows.group(List.of(""));
        return view.person().groups().stream()
                .filter(group -> group.toLowerCase(Locale.ROOT).contains(asked.text().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(people::groupKey))
                .map(group -> rows.group(List.of(group)))
                .filter(row -> shown.stream().anyMatch(column -> !column.cell(row).equals(column.cell(nobody))))
                .toList();
    }

    private MatrixRow lookUp(View view, String userId) {
        return rows.resolved(person(view, userId), view);
    }

    /**
     * A user with their groups: whoever asks with those of the login, anybody else, for administrators, as the directory has
     * them at this moment.
     *
     * @throws Refused for others than administrators, whether there is such a user or not
     */
    Person person(View view, String userId) {
        if (userId.isEmpty() || people.userKey(userId).equals(people.userKey(view.person().id()))) {
            return view.person();
        }
        if (!view.person().administrator()) {
            throw Refused.notFound("user", userId);
        }
        return people.person(userId);
    }
}

package io.jenkins.plugins.projectdeployer.model;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A time in which nothing is deployed to a stage; it may recur.
 *
 * @param name for people: {@code year end}
 * @param start local date and time in {@code zone}
 * @param end local date and time in {@code zone}, not part of it any more
 * @param rrule how it recurs, an iCal recurrence rule such as {@code FREQ=WEEKLY;BYDAY=FR}; null: it comes once
 * @param zone time zone id; null: UTC
 * @param infrastructures ids or patterns of those that it is about; empty: all of the stage
 * @param projects patterns of project keys that it is about; empty: all
 */
public record Freeze(
        String name,
        LocalDateTime start,
        LocalDateTime end,
        String rrule,
        String zone,
        List<String> infrastructures,
        List<String> projects) {

    public Freeze {
        name = Text.trimmed(name);
        rrule = Text.trimmed(rrule);
        zone = Text.orElse(Text.trimmed(zone), "UTC");
        infrastructures = Text.list(infrastructures);
        projects = Text.list(projects);
    }

    /** Whether it is about this project on this infrastructure. */
    public boolean concerns(String infrastructure, String project) {
        return (infrastructures.isEmpty() || infrastructures.stream().anyMatch(pattern -> Wildcard.matchesId(pattern, infrastructure)))
                && (projects.isEmpty() || projects.stream().anyMatch(pattern -> Wildcard.matches(pattern, project)));
    }
}

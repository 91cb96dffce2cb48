package io.jenkins.plugins.projectdeployer.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TimeZone;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * When a {@link Freeze} holds. Days are those of its time zone: a freeze from Friday 18:00 to Monday 06:00 lasts an hour
 * less where clocks go forward meanwhile.
 */
public final class FreezeTimes {

    private static final EnumSet<Freq> AT_MOST_DAILY = EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);
    /** More occurrences than this never lie within one of them and a day. */
    private static final int OCCURRENCES = 1_000;
    private static final Duration LONGEST = Duration.ofDays(400);

    private final Freeze freeze;
    private final ZoneId zone;
    private final Duration length;
    private final RecurrenceRule rule;

    private FreezeTimes(Freeze freeze) throws InvalidRecurrenceRuleException {
        this.freeze = freeze;
        zone = ZoneId.of(freeze.zone());
        length = Duration.between(freeze.start(), freeze.end());
        rule = freeze.rrule() == null ? null : new RecurrenceRule(freeze.rrule(), RecurrenceRule.RfcMode.RFC5545_STRICT);
        if (rule != null) {
            iterator(); // An UNTIL that does not fit the start is noticed only here.
        }
    }

    /** One occurrence of a freeze; the end is not part of it any more. */
    public record Window(String name, Instant start, Instant end) {}

    /** The times of a freeze in which {@link #problem} finds nothing wrong. */
    public static FreezeTimes of(Freeze freeze) {
        try {
            return new FreezeTimes(freeze);
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException("freeze \"" + freeze.name() + "\" has rrule \"" + freeze.rrule() + "\"", e);
        }
    }

    /** What is wrong with a freeze, beginning with the field; null when nothing is. */
    static String problem(Freeze freeze) {
        if (freeze.name() == null) {
            return "name is missing";
        }
        if (freeze.start() == null || freeze.end() == null) {
            return (freeze.start() == null ? "start" : "end") + " is missing; write a local date and time, such as 2026-12-20T00:00";
        }
        if (!freeze.end().isAfter(freeze.start())) {
            return "end " + freeze.end() + " must be after start " + freeze.start();
        }
        if (Duration.between(freeze.start(), freeze.end()).compareTo(LONGEST) > 0) {
            return "end " + freeze.end() + " is more than " + LONGEST.toDays() + " days after start; let it recur instead";
        }
        try {
            FreezeTimes times = new FreezeTimes(freeze);
            return times.rule == null || AT_MOST_DAILY.contains(times.rule.getFreq()) ? null
                    : "rrule \"" + Ids.printable(freeze.rrule()) + "\" recurs more often than daily";
        } catch (DateTimeException e) {
            return "zone \"" + Ids.printable(freeze.zone()) + "\" is no time zone; write one such as Europe/Paris";
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            return "rrule \"" + Ids.printable(freeze.rrule()) + "\" is no iCal recurrence rule, such as FREQ=WEEKLY;BYDAY=FR: "
                    + Ids.printable(e.getMessage());
        }
    }

    /** The occurrence that this moment lies in; of several that overlap, the one that ends last. */
    public Optional<Window> at(Instant now) {
        Window last = window(freeze.start());
        if (now.isBefore(last.start())) {
            return Optional.empty();
        }
        Window found = now.isBefore(last.end()) ? last : null;
        if (rule != null) {
            RecurrenceRuleIterator occurrences = iterator();
            occurrences.fastForward(now.minus(length).minus(Duration.ofDays(1)).toEpochMilli());
            for (int i = 0; i < OCCURRENCES && occurrences.hasNext(); i++) {
                Instant start = Instant.ofEpochMilli(occurrences.nextMillis());
                if (start.isAfter(now)) {
                    break;
                }
                Window window = window(LocalDateTime.ofInstant(start, zone));
                if (now.isBefore(window.end()) && !now.isBefore(window.start())) {
                    found = window;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private Window window(LocalDateTime start) {
        return new Window(freeze.name(), start.atZone(zone).toInstant(), start.plus(length).atZone(zone).toInstant());
    }

    private RecurrenceRuleIterator iterator() {
        return rule.iterator(freeze.start().atZone(zone).toInstant().toEpochMilli(), TimeZone.getTimeZone(zone));
    }
}

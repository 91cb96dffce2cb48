package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-19T23:59:59Z, false", "2026-12-20T00:00:00Z, true", "2027-01-04T05:59:59Z, true", "2027-01-04T06:00:00Z, false",
        "2027-12-24T00:00:00Z, false"})
    void a_freeze_that_comes_once_holds_from_its_start_until_its_end(Instant now, boolean frozen) {
        assertThat(FreezeTimes.of(freeze("2026-12-20T00:00", "2027-01-04T06:00", null, null)).at(now)).matches(found -> found.isPresent() == frozen);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T12:00:00Z, true", "2031-12-24T12:00:00Z, true", "2031-01-03T12:00:00Z, true", "2031-01-05T12:00:00Z, false",
        "2031-06-01T12:00:00Z, false", "2025-12-24T12:00:00Z, false"})
    void a_yearly_freeze_comes_again_and_goes_over_the_turn_of_the_year(Instant now, boolean frozen) {
        FreezeTimes times = FreezeTimes.of(freeze("2026-12-20T00:00", "2027-01-04T06:00", "FREQ=YEARLY", null));

        assertThat(times.at(now)).matches(found -> found.isPresent() == frozen);
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks went forward on 29 March 2026 in Paris, and back on 25 October.
        "2026-03-27T16:59:00Z, false", "2026-03-27T17:00:00Z, true", "2026-03-30T03:59:00Z, true", "2026-03-30T04:00:00Z, false",
        "2026-10-23T15:59:00Z, false", "2026-10-23T16:00:00Z, true", "2026-10-26T04:59:00Z, true", "2026-10-26T05:00:00Z, false"})
    void weekends_are_those_of_the_time_zone_also_when_clocks_change(Instant now, boolean frozen) {
        FreezeTimes times = FreezeTimes.of(
                freeze("2026-01-02T18:00", "2026-01-05T06:00", "FREQ=WEEKLY;BYDAY=FR", "Europe/Paris"));

        assertThat(times.at(now)).matches(found -> found.isPresent() == frozen);
    }

    @Test
    void the_window_says_when_the_freeze_ends() {
        FreezeTimes times = FreezeTimes.of(freeze("2026-01-02T18:00", "2026-01-05T06:00", "FREQ=WEEKLY;BYDAY=FR", "Europe/Paris"));

        assertThat(times.at(Instant.parse("2026-06-06T12:00:00Z"))).contains(new FreezeTimes.Window(
                "calm", Instant.parse("2026-06-05T16:00:00Z"), Instant.parse("2026-06-08T04:00:00Z")));
    }

    @Test
    void a_start_that_the_rule_does_not_name_is_a_freeze_all_the_same() {
        FreezeTimes times = FreezeTimes.of(freeze("2026-01-01T00:00", "2026-01-02T00:00", "FREQ=WEEKLY;BYDAY=FR", null));

        assertThat(times.at(Instant.parse("2026-01-01T12:00:00Z"))).isPresent();
        assertThat(times.at(Instant.parse("2026-01-02T12:00:00Z"))).isPresent();
        assertThat(times.at(Instant.parse("2026-01-03T12:00:00Z"))).isEmpty();
    }

    @Test
    void a_rule_that_ends_freezes_no_longer() {
        FreezeTimes times = FreezeTimes.of(freeze("2026-01-02T00:00", "2026-01-03T00:00", "FREQ=WEEKLY;COUNT=3", null));

        assertThat(times.at(Instant.parse("2026-01-16T12:00:00Z"))).isPresent();
        assertThat(times.at(Instant.parse("2026-01-23T12:00:00Z"))).isEmpty();
    }

    @Test
    void of_occurrences_that_overlap_the_one_that_ends_last_counts() {
        FreezeTimes times = FreezeTimes.of(freeze("2026-01-01T00:00", "2026-01-03T12:00", "FREQ=DAILY", null));

        assertThat(times.at(Instant.parse("2026-02-10T06:00:00Z")).orElseThrow().end()).isEqualTo("2026-02-12T12:00:00Z");
    }

    @Test
    void a_freeze_is_about_the_infrastructures_and_projects_that_it_names() {
        Freeze freeze = new Freeze("calm", null, null, null, null, List.of("prod-eu", "Asia-*"), List.of("CHURN*"));

        assertThat(freeze.concerns("PROD-EU", "CHURN_2")).isTrue();
        assertThat(freeze.concerns("asia-2", "CHURN")).isTrue();
        assertThat(freeze.concerns("prod-us", "CHURN_2")).isFalse();
        assertThat(freeze.concerns("prod-eu", "FRAUD")).isFalse();
    }

    private static Freeze freeze(String start, String end, String rrule, String zone) {
        return new Freeze("calm", LocalDateTime.parse(start), LocalDateTime.parse(end), rrule, zone, null, null);
    }
}

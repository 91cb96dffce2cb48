package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage's gate as people write it, and what is refused in it. */
class StageGateTest {

    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void the_short_form_is_read() throws IOException {
        StageGate gate = read("{approvals: 2, approvers: [{group: release}], promoteFrom: Test}");

        assertThat(gate.approvals()).isEqualTo(2);
        assertThat(gate.approvers()).containsExactly(Principal.ofGroup("release"));
        assertThat(gate.promoteFrom()).isEqualTo("Test");
        assertThat(gate.promoteHealth()).isEqualTo(PromotionHealth.WARNING);
        assertThat(gate.timeLimit()).isNull();
    }

    @Test
    void the_long_form_is_read_and_written_back_the_same() throws IOException {
        StageGate gate = read("""
                approvals: 1
                approvers: [{group: release}, {user: carol}]
                excludeEditorsWithin: 7d
                timeLimit: 36h
                promoteFrom: Test
                promoteAfter: 24h
                promoteHealth: HEALTHY
                freezes:
                  - {name: year end, start: "2026-12-20T00:00", end: "2027-01-04T06:00", rrule: FREQ=YEARLY, zone: Europe/Paris}
                  - {name: audit, start: 2026-03-01T00:00, end: 2026-03-08T00:00, infrastructures: [prod-eu], projects: ["CHURN*"]}
                webhooks: [{url: "https://chat.example.com/in", credentialsId: chat}]
                """);

        assertThat(gate.excludeEditorsWithin()).isEqualTo(new Span(Duration.ofDays(7)));
        assertThat(gate.timeLimit()).hasToString("36h");
        assertThat(gate.freezes()).extracting(Freeze::start).first().isEqualTo(LocalDateTime.of(2026, 12, 20, 0, 0));
        assertThat(gate.freezes().get(1).zone()).isEqualTo("UTC");
        assertThat(gate.webhooks()).containsExactly(new GateWebhook("https://chat.example.com/in", "chat"));
        assertThat(Json.read(Json.text(gate), StageGate.class)).isEqualTo(gate);
    }

    @Test
    void where_approvers_are_named_and_no_number_one_is_enough() throws IOException {
        assertThat(read("{approvers: [{group: release}]}").approvals()).isEqualTo(1);
        assertThat(read("{promoteFrom: Test}").approvals()).isZero();
    }

    @Test
    void a_stage_without_a_gate_is_open_and_one_with_a_rule_is_not() throws IOException {
        assertThat(new Stage("Test").gate().isOpen()).isTrue();
        assertThat(read("{promoteFrom: Test}").isOpen()).isFalse();
        assertThat(read("{approvers: [{user: carol}]}").isOpen()).isFalse();
    }

    @Test
    void a_key_that_nobody_reads_is_refused() {
        assertThatThrownBy(() -> read("{approval: 2}")).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90s, 1 min", "30m, 30m, 30 min", "26h, 26h, 1 d 2 h", "48 H, 2d, 2 d", "120m, 2h, 2 h", "5s, 5s, 5 s"})
    void lengths_of_time_are_written_with_a_unit(String typed, String written, String words) {
        assertThat(Span.of(typed)).hasToString(written);
        assertThat(Span.words(Span.of(typed).duration())).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{approvals: 2}|gate: approvals 2 are asked for, but approvers is empty; name groups or users",
        "{approvals: -1}|gate: approvals -1 must be at least 0",
        "{approvals: 0, approvers: [{group: release}]}|gate: approvers are named, but approvals is 0; ask for one at least, or name nobody",
        "{approvals: 2, approvers: [{user: bob}, {user: BOB}]}|gate: approvals 2 can never be reached by 1 user; name more, or a group",
        "{promoteFrom: Production}|gate: promoteFrom \"Production\" is none of the stages before this one",
        "{promoteFrom: Later}|gate: promoteFrom \"Later\" is none of the stages before this one",
        "{promoteAfter: 1h}|gate: promoteAfter 1h says nothing without promoteFrom",
        "{timeLimit: 0h}|gate: timeLimit 0s must be at least 1s",
        "{freezes: [{start: 2026-01-01T00:00, end: 2026-01-02T00:00}]}|gate: freeze \"\": name is missing",
        "{freezes: [{name: x, end: 2026-01-02T00:00}]}|gate: freeze \"x\": start is missing; write a local date and time, such as 2026-12-20T00:00",
        "{freezes: [{name: x, start: 2026-01-02T00:00, end: 2026-01-02T00:00}]}|gate: freeze \"x\": end 2026-01-02T00:00 must be after start 2026-01-02T00:00",
        "{freezes: [{name: x, start: 2026-01-01T00:00, end: 2026-01-02T00:00, zone: Europe/Nowhere}]}|gate: freeze \"x\": zone \"Europe/Nowhere\" is no time zone; write one such as Europe/Paris",
        "{freezes: [{name: x, start: 2026-01-01T00:00, end: 2026-01-02T00:00, rrule: FREQ=HOURLY}]}|gate: freeze \"x\": rrule \"FREQ=HOURLY\" recurs more often than daily",
        "{freezes: [{name: x, start: 2026-01-01T00:00, end: 2026-01-02T00:00, infrastructures: [prdo, 'prod-*']}]}|gate: freeze \"x\": infrastructure \"prdo\" is not there, so nothing would be held; write the id of one that is, or a pattern with *",
        "{webhooks: [{url: 'ftp://chat', credentialsId: chat}]}|gate: webhook url \"ftp://chat\" must begin with http:// or https:// and a host",
    })
    void what_is_wrong_is_said_with_field_and_value(String gate, String problem) throws IOException {
        List<Stage> stages = List.of(new Stage("Test"), new Stage("Production", null, read(gate)));

        assertThat(GateCheck.problems(stages, List.of())).containsExactly("stage \"Production\": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"FREQ=SOMETIMES", "BYDAY=FR", "every friday", "FREQ=WEEKLY;UNTIL=2026"})
    void what_is_no_recurrence_rule_is_refused(String rrule) {
        assertThat(ConfigurationCheck.recurrenceProblem(rrule)).startsWith("rrule \"" + rrule + "\" is no iCal recurrence rule");
        assertThat(ConfigurationCheck.recurrenceProblem("FREQ=WEEKLY;BYDAY=FR")).isNull();
        assertThat(ConfigurationCheck.recurrenceProblem(null)).isNull();
    }

    private static StageGate read(String yaml) throws IOException {
        return Json.STRICT.treeToValue(YAML.readTree(yaml), StageGate.class);
    }
}

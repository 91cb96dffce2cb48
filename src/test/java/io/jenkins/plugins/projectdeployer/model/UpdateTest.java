package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from what happens to an update, and that all of it survives as JSON. */
class UpdateTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901234Z");
    private static final Instant LATER = START.plusSeconds(60);
    private static final Update.Calls CALLS =
            new Update.Calls(List.of(new Update.Call("automation", "PUT", "/projects/CHURN/settings", 200)), 3);
    private static final Update SUBMITTED = Update.submitted(41, request(), START);

    static Stream<UpdateEvent> events() {
        return Stream.of(
                new UpdateEvent.StatusChanged(UpdateStatus.RUNNING),
                new UpdateEvent.PhaseStarted(Phase.PLAN),
                new UpdateEvent.PhaseEnded(Phase.PLAN, Update.Outcome.DONE),
                new UpdateEvent.TargetKnown("CHURN-on-prod"),
                new UpdateEvent.BundleKnown("v 12/ü", "ab".repeat(32)),
                new UpdateEvent.Planned(plan()),
                new UpdateEvent.WayBackKnown(wayBack()),
                new UpdateEvent.Said(Message.warning("CODE", "text\u2028").onNode("prod-1")),
                new UpdateEvent.RunStarted(Update.RunKind.PRE_HOOK, "ticket", "d1"),
                new UpdateEvent.RunReferred(Update.RunKind.PRE_HOOK, "ticket", "r"),
                new UpdateEvent.RunEnded(Update.RunKind.PRE_HOOK, "ticket", "SUCCESS", "made T-1", "out", CALLS),
                new UpdateEvent.NodeReached(new Update.NodeResult("prod-1", "v1", Phase.SEND, null)),
                new UpdateEvent.GatePassed(new GatePass("Production", 2, List.of(new Vote("bob", true, "ok\u2028", START, true)),
                        new ApprovalRequest.FreezeOverride("carol", "now", START, "calm"),
                        new BrokenGlass("g", "carol", "fire", START, LATER, "CHURN", "prod"), java.util.Map.of("bundle", "ab"))),
                new UpdateEvent.AbortAsked("alice"),
                new UpdateEvent.Ended(UpdateStatus.FAILED));
    }

    @Test
    void every_kind_of_event_is_among_those_tried() {
        assertThat(events().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(UpdateEvent.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_survives_as_json(UpdateEvent event) throws IOException {
        String json = Json.MAPPER.writeValueAsString(event);

        assertThat(Json.MAPPER.readValue(json, UpdateEvent.class)).isEqualTo(event);
        assertThat(json).doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_update_survives_as_json_after_each_event(UpdateEvent event) throws IOException {
        Update update = SUBMITTED.after(event, LATER);

        assertThat(roundTrip(update)).isEqualTo(update);
    }

    @Test
    void an_update_to_which_everything_has_happened_survives_as_json() throws IOException {
        Update update = SUBMITTED;
        for (UpdateEvent event : events().toList()) {
            update = update.after(event, LATER);
        }

        assertThat(roundTrip(update)).isEqualTo(update);
    }

    @Test
    void a_nodes_document_comes_back_digit_by_digit() throws IOException {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("rate", new BigDecimal("0.100000000000000000000000000000010"));
        settings.put("huge", new BigDecimal("1E+400")).put("long", Long.MAX_VALUE).putNull("nothing");
        WayBack wayBack = new WayBack(null, List.of(new WayBack.NodeState("https://prod.example.com:10000", "v1", true, settings, null, null, null, null)));

        JsonNode back = Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(wayBack), WayBack.class).nodes().get(0).settings();

        assertThat(back.get("rate").decimalValue()).isEqualTo(new BigDecimal("0.100000000000000000000000000000010"));
        assertThat(back.get("huge").decimalValue()).isEqualByComparingTo(new BigDecimal("1E+400"));
        assertThat(back.get("long").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(back.has("nothing")).isTrue();
    }

    @Test
    void equal_records_give_equal_bytes() throws IOException {
        ObjectNode one = JsonNodeFactory.instance.objectNode();
        one.put("a", 1).put("b", 2);
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        other.put("b", 2).put("a", 1);
        SettingsChange first = new SettingsChange(null, null, null, null, null, Map.of("x", one, "y", NullNode.instance), null, null, null);
        SettingsChange second = new SettingsChange(null, null, null, null, null, Map.of("y", NullNode.instance, "x", other), null, null, null);

        assertThat(first).isEqualTo(second);
        assertThat(Json.MAPPER.writeValueAsBytes(first)).isEqualTo(Json.MAPPER.writeValueAsBytes(second));
    }

    @Test
    void a_field_of_a_later_version_is_left_aside() throws IOException {
        assertThat(Json.MAPPER.readValue("{\"event\":\"abort-asked\",\"by\":\"alice\",\"later\":1}", UpdateEvent.class))
                .isEqualTo(new UpdateEvent.AbortAsked("alice"));
    }

    @Test
    void a_phase_that_is_begun_again_is_a_run_of_its_own_and_ends_where_it_was_begun_last() {
        Update update = after(
                new UpdateEvent.PhaseStarted(Phase.SEND), new UpdateEvent.PhaseStarted(Phase.SEND), new UpdateEvent.PhaseEnded(Phase.SEND, Update.Outcome.DONE));

        assertThat(update.phases()).containsExactly(
                new Update.PhaseRun(Phase.SEND, LATER, null, null), new Update.PhaseRun(Phase.SEND, LATER, LATER, Update.Outcome.DONE));
        assertThat(update.isDone(Phase.SEND)).isTrue();
        assertThat(update.isDone(Phase.PLAN)).isFalse();
        assertThat(update.phase()).isEqualTo(Phase.SEND);
    }

    @Test
    void a_failed_phase_is_not_done_and_a_skipped_one_is() {
        assertThat(after(new UpdateEvent.PhaseEnded(Phase.GATE, Update.Outcome.FAILED)).isDone(Phase.GATE)).isFalse();
        assertThat(after(new UpdateEvent.PhaseEnded(Phase.GATE, Update.Outcome.ABORTED)).isDone(Phase.GATE)).isFalse();
        assertThat(after(new UpdateEvent.PhaseEnded(Phase.GATE, Update.Outcome.SKIPPED)).isDone(Phase.GATE)).isTrue();
    }

    @Test
    void a_run_that_has_begun_is_known_before_it_ends() {
        Update begun = after(new UpdateEvent.RunStarted(Update.RunKind.POST_HOOK, "chat", "d1"));
        assertThat(begun.run(Update.RunKind.POST_HOOK, "chat")).hasValueSatisfying(run -> assertThat(run.outcome()).isNull());
        assertThat(begun.run(Update.RunKind.PRE_HOOK, "chat")).as("the same name before the deployment is another run").isEmpty();

        Update ended = begun.after(new UpdateEvent.RunEnded(Update.RunKind.POST_HOOK, "chat", "ERROR", "m", "d", CALLS), LATER);
        assertThat(ended.runs()).containsExactly(new Update.Run(Update.RunKind.POST_HOOK, "chat", LATER, LATER, "ERROR", "m", "d", null, "d1", CALLS));
    }

    @Test
    void whoever_does_not_administer_sees_that_hooks_ran_and_not_what_they_are_printed_and_called() {
        Update update = after(new UpdateEvent.Planned(plan()),
                new UpdateEvent.RunStarted(Update.RunKind.PRE_HOOK, "ticket", "d1"),
                new UpdateEvent.RunEnded(Update.RunKind.PRE_HOOK, "ticket", "ERROR", "no\nsecond line", "printed", CALLS),
                new UpdateEvent.RunStarted(Update.RunKind.TEST_SCENARIO, "SMOKE", null),
                new UpdateEvent.RunEnded(Update.RunKind.TEST_SCENARIO, "SMOKE", "SUCCESS", "fine", null, null));

        Update shown = update.withoutHooks();

        assertThat(shown.runs()).containsExactly(
                new Update.Run(Update.RunKind.PRE_HOOK, "ticket", LATER, LATER, "ERROR", "no", null, null, null, null),
                update.runs().get(1));
        assertThat(shown.plan().infrastructure().hooks()).isEmpty();
        assertThat(shown.plan().codeEnvs()).isEmpty();
        assertThat(Json.text(shown)).doesNotContain("x = 1", "/opt/py", "printed", "second line", "d1");
        assertThat(shown.plan().nodes()).isEqualTo(update.plan().nodes());
        assertThat(SUBMITTED.withoutHooks()).isEqualTo(SUBMITTED);
    }

    @Test
    void a_node_that_reports_again_keeps_its_place() {
        Update update = after(node("prod-1", null, null), node("prod-2", null, null), node("prod-1", "v12", Phase.ACTIVATE));

        assertThat(update.nodes()).containsExactly(
                new Update.NodeResult("prod-1", "v12", Phase.ACTIVATE, null), new Update.NodeResult("prod-2", null, null, null));
    }

    @Test
    void deployed_means_active_on_every_node_whatever_the_status() {
        UpdateEvent bundle = new UpdateEvent.BundleKnown("v12", "ab");

        assertThat(after(bundle).isDeployed()).isFalse();
        assertThat(after(bundle, node("a", "v12", Phase.ACTIVATE), node("b", "v11", Phase.SEND)).isDeployed()).isFalse();
        assertThat(after(bundle, node("a", "v12", Phase.ACTIVATE), new UpdateEvent.Ended(UpdateStatus.FAILED)).isDeployed()).isTrue();
    }

    @Test
    void the_end_has_a_time_and_a_wait_has_none() {
        assertThat(after(new UpdateEvent.Ended(UpdateStatus.SUCCESS)).endedAt()).isEqualTo(LATER);
        assertThat(after(new UpdateEvent.StatusChanged(UpdateStatus.WAITING)).endedAt()).isNull();
    }

    @Test
    void statuses_that_end_an_update_are_these() {
        assertThat(Arrays.stream(UpdateStatus.values()).filter(UpdateStatus::ended)).containsExactlyInAnyOrder(UpdateStatus.PLANNED,
                UpdateStatus.SUCCESS, UpdateStatus.WARNING, UpdateStatus.FAILED, UpdateStatus.ROLLED_BACK, UpdateStatus.ABORTED);
    }

    @Test
    void a_change_of_settings_leaves_alone_what_it_does_not_name() {
        DeploymentSettings settings = new DeploymentSettings("/a", List.of(new Remap("x", "y")), null, null, true,
                Map.of("v", TextNode.valueOf("1")), Map.of("S", true), true, List.of("t"), List.of("SMOKE"), OnFailure.ROLLBACK);

        assertThat(SettingsChange.NONE.appliedTo(settings)).isEqualTo(settings);
        assertThat(new SettingsChange(null, null, null, null, false, null, null, false, List.of()).appliedTo(settings)).isEqualTo(
                new DeploymentSettings("/a", List.of(new Remap("x", "y")), null, null, false, Map.of("v", TextNode.valueOf("1")),
                        Map.of("S", true), false, List.of(), List.of("SMOKE"), OnFailure.ROLLBACK));
    }

    private static UpdateEvent node(String name, String active, Phase reached) {
        return new UpdateEvent.NodeReached(new Update.NodeResult(name, active, reached, null));
    }

    private static Update after(UpdateEvent... events) {
        Update update = SUBMITTED;
        for (UpdateEvent event : events) {
            update = update.after(event, LATER);
        }
        return update;
    }

    private static Update roundTrip(Update update) throws IOException {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(update), Update.class);
    }

    private static DeployRequest request() {
        return DeployRequest.of("key", "alice", "CHURN", "prod")
                .origin(new DeployRequest.Origin("churn#12", "churn", null))
                .bundle("v 12/ü")
                .settings(new SettingsChange(null, List.of(new Remap("a", "b")), null, null, null,
                        Map.of("list", JsonNodeFactory.instance.arrayNode().add(1).add("x"), "none", NullNode.instance),
                        Map.of("TRAIN", false), null, null))
                .testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK)
                .rollBackOf(40L)
                .build();
    }

    private static Plan plan() {
        Infrastructure infrastructure = new Infrastructure("prod", "Production", List.of(new NodeAddress("https://prod.example.com:10000", "key")), null,
                List.of(Grant.toGroup("release", InfrastructureRight.DEPLOY), Grant.toUser("carol", InfrastructureRight.ADMIN)),
                List.of(new Remap("a", "b")), null, null, new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, null),
                new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", null, null),
                List.of(new Hook("ticket", HookPhase.PRE, "x = 1\n", "py311", "bob", List.of(new HookSecret("t", "id")))), List.of("folder/*"));
        Deployment deployment = new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v 12/ü", DeploymentSettings.DEFAULT, false, "alice", START);
        return new Plan(deployment, true, "ab", infrastructure, List.of(new CodeEnv("py311", "/opt/py", "carol", false,
                List.of(Grant.toGroup("g", ResourceRight.UPDATE)))),
                new Plan.Users("alice", "alice", "svc_deploy", null, null), infrastructure.remapping(),
                new Plan.Scheme("svc_deploy", List.of(new ProjectPermissions("g", null, Set.of("readProjectContent"))), List.of("user bob")),
                List.of(new Plan.PlannedNode(infrastructure.nodes().get(0), "prod-1", "prod-1", null, true, "v11")), List.of("TEST_SMOKE"), OnFailure.ROLLBACK,
                wayBack(), List.of(Message.info("CODE", "text")));
    }

    private static WayBack wayBack() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("settings").put("flag", true).put("number", 7).putNull("nothing");
        return new WayBack(null, List.of(new WayBack.NodeState("https://prod.example.com:10000", "v11", true, document, document, document,
                Map.of("TRAIN", new WayBack.ScenarioState(true, null)), Map.of("dash", new WayBack.WebAppState("svc_run")))));
    }
}

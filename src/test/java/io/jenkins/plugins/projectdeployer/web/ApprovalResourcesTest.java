package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deciding by request: dave and erin are of the release group, frank looks on, alice asks, to carol all of it is hidden. */
class ApprovalResourcesTest {

    private static final Principal RELEASE = Principal.ofGroup("release");

    /** It never ends. */
    private static final Freeze CALM = new Freeze("calm", LocalDateTime.of(2020, 1, 1, 0, 0), LocalDateTime.of(2020, 12, 31, 0, 0), "FREQ=MONTHLY",
            null, null, null);

    private World world;
    private Caller dave;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production").gate("Production", World.approvals(2, RELEASE))
                .person("dave", false, "release").person("erin", false, "release").person("frank", false, "security", "data-team")
                .breaksGlass("erin").overridesFreezes("frank");
        world.change("prod", ApprovalResourcesTest::readable);
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('secret recipe')")));
        world.publish(BundleZip.of("CHURN", "v1"));
        dave = caller("dave");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Infrastructure readable(Infrastructure i) {
        return new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(),
                List.of(Grant.toGroup("data-team", InfrastructureRight.DEPLOY), Grant.toGroup("release", InfrastructureRight.READ),
                        Grant.toGroup("security", InfrastructureRight.READ)),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }

    private Caller caller(String user) {
        return new Caller(world, user).onPages();
    }

    private Update ask() {
        return waits(world.submit(World.request("CHURN", "v1", "prod").build()).number());
    }

    private Update waits(long number) {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> world.deployer().records().update(number).orElseThrow(), update -> update.status() == UpdateStatus.WAITING);
    }

    private static String at(Update update) {
        return "/approvals/" + update.number();
    }

    /** What somebody sends who decides on what they have seen. */
    private static String decision(JsonNode seen, String reason) {
        return "{\"reason\": \"" + reason + "\", \"revision\": " + seen.path("revision") + ", \"digest\": " + seen.path("digest") + "}";
    }

    @Test
    void a_request_is_shown_with_all_that_is_decided_on_and_no_text_of_a_hook() {
        Update update = ask();
        JsonNode row = dave.get("/approvals").path("requests").get(0);
        JsonNode seen = dave.get(at(update));

        assertThat(row.path("update").asLong()).isEqualTo(update.number());
        assertThat(row.path("digest").asText()).hasSize(64).isEqualTo(seen.path("digest").asText());
        assertThat(seen.path("canDecide").asBoolean()).isTrue();
        assertThat(seen.path("approved").asBoolean()).isFalse();
        assertThat(seen.path("plan").path("bundle").asText()).isEqualTo("v1");
        assertThat(seen.path("differences").findValuesAsText("what")).contains("bundle", "permissions", "hook tell");
        assertThat(seen.path("hooks").get(0).path("digest").asText()).hasSize(64);
        assertThat(seen.path("wayBack").asText()).contains("scenarios off");
        assertThat(seen.path("approvers").get(0).asText()).isEqualTo("group release");
        assertThat(seen.toString()).doesNotContain("secret recipe").doesNotContain(world.node("prod").url());
    }

    @Test
    void looking_goes_by_the_groups_of_the_login_and_deciding_asks_the_directory() {
        Update update = ask();
        Person lately = world.people().person("dave");
        String decision = decision(dave.get(at(update)), "as seen");
        world.directoryDown(true);

        Caller.Answer seen = answer("GET", at(update), null, lately);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().path("canDecide").asBoolean()).isTrue();
        assertThat(answer("GET", "/broken-glass", null, lately).status()).isEqualTo(200);
        assertThat(answer("POST", at(update) + "/approve", decision, lately).status()).isEqualTo(503);
    }

    private Caller.Answer answer(String method, String path, String body, Person person) {
        return Caller.answer(world.deployer().ownApi().answer(method, path, null, name -> null,
                body == null ? null : new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), person));
    }

    @Test
    void two_people_decide_and_the_update_goes_on() {
        Update update = ask();
        JsonNode seen = dave.get(at(update));
        JsonNode first = dave.post(at(update) + "/approve", decision(seen, "tests are green"));
        assertThat(first.path("approvals").asInt()).isEqualTo(1);
        assertThat(caller("erin").get(at(update)).path("votes").get(0).path("reason").asText()).isEqualTo("tests are green");
        assertThat(List.of(dave.get(at(update)).path("approved").asBoolean(), caller("erin").get(at(update)).path("approved").asBoolean()))
                .as("each is told of their own").containsExactly(true, false);
        caller("erin").post(at(update) + "/approve", decision(seen, ""));

        assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_double_click_counts_once_and_two_at_once_count_once_each() throws Exception {
        Update update = ask();
        JsonNode seen = dave.get(at(update));
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> clicks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clicks.add(() -> dave.ask("POST", at(update) + "/approve", decision(seen, "yes")).status());
            }
            for (Future<Integer> click : people.invokeAll(clicks)) {
                assertThat(click.get()).isEqualTo(200);
            }
            assertThat(dave.get(at(update)).path("counted").asInt()).isEqualTo(1);
            assertThat(waits(update.number()).status()).isEqualTo(UpdateStatus.WAITING);
        } finally {
            people.shutdownNow();
        }
        world.gate("Production", World.approvals(2, RELEASE)).person("grace", false, "release");
        List<Callable<Caller.Answer>> both = List.of(
                () -> caller("erin").ask("POST", at(update) + "/approve", decision(seen, "yes")),
                () -> caller("grace").ask("POST", at(update) + "/approve", decision(seen, "yes")));
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            // Whoever comes second is counted, or told that the update goes on already.
            List<String> counted = new ArrayList<>(List.of("dave"));
            List<Future<Caller.Answer>> answers = two.invokeAll(both);
            for (int i = 0; i < answers.size(); i++) {
                Caller.Answer answer = answers.get(i).get();
                assertThat(answer.status()).isIn(200, 409);
                if (answer.status() == 200) {
                    counted.add(List.of("erin", "grace").get(i));
                }
            }
            assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(world.deployer().records().update(update.number()).orElseThrow().gate().votes()).extracting(Vote::userId)
                    .as("whoever was told that it counts, each once").containsExactlyInAnyOrderElementsOf(counted).hasSizeGreaterThan(1);
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void what_was_seen_must_be_said_and_must_still_be_so() {
        Update update = ask();
        JsonNode seen = dave.get(at(update));
        String approve = at(update) + "/approve";

        assertThat(dave.ask("POST", approve, "{\"reason\": \"x\"}").error()).isEqualTo("INVALID: revision is missing: it must be given.");
        assertThat(dave.ask("POST", approve, "{\"revision\": 1}").error()).isEqualTo("INVALID: digest is missing: it must be given.");
        assertThat(dave.ask("POST", approve, "{\"revision\": 1.5, \"digest\": \"x\"}").error()).isEqualTo("INVALID: revision must be a whole number.");
        assertThat(dave.ask("POST", approve, "{\"revision\": 1, \"digest\": \"" + "0".repeat(64) + "\"}").error())
                .startsWith("CONFLICT: What you saw of update " + update.number() + " (revision 1) is no longer so");
        assertThat(dave.ask("POST", approve, decision(seen, "x").replace("\"revision\": 1", "\"revision\": 2")).status()).isEqualTo(409);
        assertThat(dave.get(at(update)).path("votes")).isEmpty();
        assertThat(dave.ask("POST", at(update) + "/reject", decision(seen, "")).error()).startsWith("INVALID: A reason is missing: say why");
    }

    @Test
    void a_plan_that_was_made_anew_is_named_to_whoever_decides_on_the_old_one() {
        Update update = ask();
        JsonNode seen = dave.get(at(update));
        world.hooks("prod");
        world.deployer().configurationSaved("admin");
        Awaitility.await().until(() -> dave.get(at(update)).path("revision").asInt() == 2);

        assertThat(dave.ask("POST", at(update) + "/approve", decision(seen, "x")).error()).contains("hooks").contains("changed");
        assertThat(dave.get(at(update)).path("changed").toString()).contains("hooks");
    }

    @Test
    void a_decision_that_comes_too_late_is_told_so() {
        Update update = ask();
        JsonNode seen = dave.get(at(update));
        caller("erin").post(at(update) + "/reject", decision(seen, "not today"));
        world.await(update);

        assertThat(dave.ask("POST", at(update) + "/approve", decision(seen, "x")).error())
                .isEqualTo("CONFLICT: Update " + update.number() + " has ended as FAILED; your decision comes too late.");
        assertThat(dave.ask("GET", at(update), null).error()).as("who only looks is late for nothing")
                .isEqualTo("CONFLICT: Update " + update.number() + " has ended as FAILED; nothing is left to decide.");
    }

    @Test
    void each_verb_is_for_those_who_may_and_hidden_is_like_absent() {
        Update update = ask();
        String body = decision(dave.get(at(update)), "x");
        Map<String, Integer> asOthers = Map.of("frank", 403, "alice", 403, "admin", 403, "carol", 404);
        for (String verb : List.of("/approve", "/reject")) {
            asOthers.forEach((user, status) -> assertThat(caller(user).ask("POST", at(update) + verb, body).status())
                    .as(user + " " + verb).isEqualTo(status));
        }
        for (String path : List.of(at(update), at(update) + "/approve", at(update) + "/reject", at(update) + "/override-freeze")) {
            String method = path.equals(at(update)) ? "GET" : "POST";
            String sent = method.equals("GET") ? null : path.endsWith("/override-freeze") ? "{\"reason\": \"x\"}" : body;
            Caller.Answer hidden = caller("carol").ask(method, path, sent);
            Caller.Answer absent = caller("carol").ask(method, path.replace("/" + update.number(), "/4711"), sent);
            assertThat(hidden.error().replace(String.valueOf(update.number()), "4711")).as(path).isEqualTo(absent.error());
            assertThat(hidden.status()).isEqualTo(404);
        }
        assertThat(dave.ask("POST", at(update) + "/override-freeze", "{\"reason\": \"x\"}").status()).isEqualTo(403);
        assertThat(dave.ask("GET", "/approvals/1e3", null).status()).isEqualTo(404);
        assertThat(caller("carol").get("/approvals?all=true").path("requests")).isEmpty();
        assertThat(caller("frank").get("/approvals").path("requests")).isEmpty();
        assertThat(caller("frank").get("/approvals?all=true").path("requests")).hasSize(1);
        assertThat(waits(update.number()).status()).isEqualTo(UpdateStatus.WAITING);
    }

    @Test
    void pages_follow_each_other_and_a_tag_holds_while_nothing_changes() {
        world.gate("Production", World.approvals(1, RELEASE));
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(String.valueOf(waits(world.submit(World.request("CHURN", "v1", "prod").deploymentId("d" + i).build()).number()).number()));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = dave.get("/approvals?limit=2&after=" + next);
            seen.addAll(page.path("requests").findValuesAsText("update"));
            next = page.path("next").isNull() ? null : page.path("next").asText();
        }
        assertThat(seen).isEqualTo(asked);

        String tag = dave.send("GET", "/approvals", null, null).headers().get("ETag");
        assertThat(dave.sendWith("GET", "/approvals", name -> name.equals("If-None-Match") ? tag : null, null).status()).isEqualTo(304);
        world.person("dave", false, "elsewhere");
        assertThat(dave.sendWith("GET", "/approvals", name -> name.equals("If-None-Match") ? tag : null, null).status())
                .as("dave has left the group").isEqualTo(200);
    }

    @Test
    void an_approval_in_advance_is_looked_at_given_listed_and_taken_back() {
        String target = "\"project\": \"CHURN\", \"bundle\": \"v1\", \"infrastructure\": \"prod\"";
        JsonNode preview = dave.post("/pre-approvals/preview", "{" + target + "}");
        assertThat(preview.toString()).doesNotContain("secret recipe");
        assertThat(preview.path("hooks").get(0).path("name").asText()).isEqualTo("tell");
        String give = "{" + target + ", \"reason\": \"tonight\", \"digest\": " + preview.path("digest") + "}";
        String id = dave.post("/pre-approvals", give).path("id").asText();
        assertThat(dave.post("/pre-approvals", give).path("id").asText()).as("once more").isEqualTo(id);

        assertThat(dave.get("/pre-approvals").path("preApprovals")).hasSize(1);
        assertThat(caller("frank").get("/pre-approvals").path("preApprovals").get(0).path("own").asBoolean()).isFalse();
        assertThat(caller("carol").get("/pre-approvals").path("preApprovals")).isEmpty();
        assertThat(caller("erin").ask("DELETE", "/pre-approvals/" + id, null).status()).isEqualTo(404);
        assertThat(caller("frank").ask("POST", "/pre-approvals/preview", "{" + target + "}").status()).isEqualTo(403);
        assertThat(caller("carol").ask("POST", "/pre-approvals/preview", "{" + target + "}").status()).isEqualTo(404);
        dave.delete("/pre-approvals/" + id);
        assertThat(dave.get("/pre-approvals").path("preApprovals")).isEmpty();
    }

    @Test
    void a_freeze_is_shown_and_overridden_by_those_with_the_right() {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, null, null, null, null,
                List.of(CALM), null));
        Update update = ask();
        JsonNode seen = caller("frank").get(at(update));
        assertThat(seen.path("freeze").path("name").asText()).isEqualTo("calm");
        assertThat(seen.path("canOverrideFreeze").asBoolean()).isTrue();
        assertThat(dave.get(at(update)).path("canOverrideFreeze").asBoolean()).isFalse();

        caller("frank").post(at(update) + "/override-freeze", "{\"reason\": \"a customer waits\"}");
        assertThat(dave.get(at(update)).path("override").path("reason").asText()).isEqualTo("a customer waits");
        dave.post(at(update) + "/approve", decision(dave.get(at(update)), "yes"));
        assertThat(world.await(update).gate().override().userId()).isEqualTo("frank");
    }

    @Test
    void broken_glass_lets_an_update_through_and_its_approvals_are_asked_for_afterwards() {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, Span.of("7d"), null, null, null, List.of(CALM), null));
        Update update = ask();
        JsonNode waits = dave.get(at(update));
        assertThat(List.of(waits.path("deadline").asText(), waits.path("freeze").path("name").asText())).noneMatch("null"::equals).contains("calm");
        String glass = "{\"project\": \"CHURN\", \"infrastructure\": \"prod\", \"length\": \"1h\", \"reason\": \"fire\"}";
        assertThat(dave.ask("POST", "/broken-glass", glass).status()).isEqualTo(403);
        assertThat(caller("carol").ask("POST", "/broken-glass", glass).status()).isEqualTo(404);
        assertThat(caller("erin").ask("POST", "/broken-glass", glass.replace("1h", "soon")).error()).startsWith("INVALID: length \"soon\" is no length of time");
        assertThat(caller("erin").ask("POST", "/broken-glass", glass.replace("1h", "25h")).status()).isEqualTo(400);
        assertThat(caller("erin").get("/broken-glass").path("canBreak").asBoolean()).isTrue();
        assertThat(caller("erin").get("/broken-glass").path("longest").asText()).as("as it can be typed").isEqualTo("1d");
        assertThat(dave.get("/broken-glass").path("canBreak").asBoolean()).isFalse();
        caller("erin").post("/broken-glass", glass);

        assertThat(world.await(update).status()).isEqualTo(UpdateStatus.WARNING);
        assertThat(dave.get("/broken-glass").path("glasses").get(0).path("reason").asText()).isEqualTo("fire");
        assertThat(caller("carol").get("/broken-glass").path("glasses")).isEmpty();
        JsonNode owed = dave.get("/approvals").path("requests").get(0);
        assertThat(owed.path("state").asText()).isEqualTo("FOLLOW_UP");
        assertThat(owed.path("owedUntil").asText()).startsWith("20");
        JsonNode after = dave.get(at(update));
        assertThat(List.of(owed.path("deadline"), after.path("deadline"), after.path("freeze"))).as("they hold it no more").allMatch(JsonNode::isNull);
        dave.post(at(update) + "/approve", decision(dave.get(at(update)), "it was one"));
        assertThat(dave.get("/approvals").path("requests")).isEmpty();
    }

    @Test
    void what_is_answered_to_those_who_act_is_as_described() throws IOException {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, null, null, null, null, List.of(CALM), null));
        Update update = ask();
        Map<String, String> number = Map.of("{update}", String.valueOf(update.number()));
        described("frank").check("POST", "/approvals/{update}/override-freeze", number, "{\"reason\": \"a customer waits\"}");
        described("dave").check("GET", "/approvals/{update}", number, null);
        described("dave").check("POST", "/approvals/{update}/reject", number, decision(dave.get(at(update)), "no"));
        world.await(update);
        String target = "\"project\": \"CHURN\", \"bundle\": \"v1\", \"infrastructure\": \"prod\"";
        JsonNode preview = described("dave").check("POST", "/pre-approvals/preview", Map.of(), "{" + target + "}");
        String id = described("dave").check("POST", "/pre-approvals", Map.of(), "{" + target + ", \"digest\": " + preview.path("digest") + "}").path("id").asText();
        described("dave").check("GET", "/pre-approvals", Map.of(), null);
        described("dave").check("DELETE", "/pre-approvals/{id}", Map.of("{id}", id), null);
        described("erin").check("POST", "/broken-glass", Map.of(),
                "{\"project\": \"CHURN\", \"infrastructure\": \"prod\", \"length\": \"1h\", \"reason\": \"fire\"}");
        described("dave").check("GET", "/broken-glass", Map.of(), null);
        Update under = world.deploy(World.request("CHURN", "v1", "prod"));
        Map<String, String> owed = Map.of("{update}", String.valueOf(under.number()));
        described("dave").check("GET", "/approvals/{update}", owed, null);
        described("dave").check("GET", "/approvals", Map.of(), null);
        described("dave").check("POST", "/approvals/{update}/approve", owed, decision(dave.get(at(under)), "yes"));
    }

    private Described described(String user) throws IOException {
        return new Described(Api.description("own-openapi.json"), caller(user));
    }

    @Test
    void a_hooks_deployer_client_decides_nothing() {
        Update update = ask();
        Caller hook = new Caller(world, "dave");

        assertThat(hook.ask("GET", "/approvals", null).status()).isEqualTo(404);
        assertThat(hook.ask("POST", at(update) + "/approve", decision(dave.get(at(update)), "x")).status()).isEqualTo(404);
    }
}

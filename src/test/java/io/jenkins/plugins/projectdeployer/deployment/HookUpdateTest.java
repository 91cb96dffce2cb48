package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks as parts of whole updates: what they are used for, and what becomes of the update when they fail. */
class HookUpdateTest {

    private static final HookLimits ONE_SLOT_SHORT_WAITS = new HookLimits(1, 1, 1, 600, null);

    @TempDir
    Path home;

    private World world;
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
        python3().ifPresent(python -> world.codeEnv(new CodeEnv("py3", python.toString(), "admin", true, null)));
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    /** Python 3 starts in a fraction of the time; where there is none, hooks run as they do by default. */
    static Hook hook(String name, HookPhase phase, String... lines) {
        return asUser(name, phase, "bob", World.executing(lines));
    }

    private static Hook asUser(String name, HookPhase phase, String user, String text, HookSecret... secrets) {
        return new Hook(name, phase, text, python3().isPresent() ? "py3" : null, user, List.of(secrets));
    }

    static Optional<Path> python3() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.contains("shims"))
                .map(directory -> Path.of(directory, "python3"))
                .filter(file -> file.isAbsolute() && Files.isExecutable(file))
                .findFirst();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HookUpdateTest.class.getResourceAsStream("../hook/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static BundleZip bundle(String project) {
        return BundleZip.of(project, "v1").connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev")
                .scenario("WARM_UP").owner("alice");
    }

    private Update deploy(String project, String infrastructure) {
        publishOnce(project);
        return world.deploy(World.request(project, "v1", infrastructure));
    }

    private Update submit(String project, String infrastructure) {
        publishOnce(project);
        return world.submit(World.request(project, "v1", infrastructure).build());
    }

    private void publishOnce(String project) {
        if (world.deployer().records().bundle(project, "v1").isEmpty()) {
            world.publish(bundle(project));
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    static Update.Run run(Update update, String hook) {
        return update.runs().stream().filter(run -> run.name().equals(hook)).findFirst().orElseThrow();
    }

    private void assertUntouched(String node, String project) {
        assertThat(world.node(node).state().findProject(project)).isEmpty();
        assertThat(world.node(node).calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    /** Hooks that call this are held until the latch opens. */
    private CountDownLatch holdingServer() {
        CountDownLatch latch = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                latch.await(2, TimeUnit.MINUTES);
                return new MockResponse.Builder().body("go").build();
            }
        });
        return latch;
    }

    private Hook holding(String name, HookPhase phase) {
        return hook(name, phase,
                "try:",
                "    from urllib.request import urlopen",
                "except ImportError:",
                "    from urllib2 import urlopen",
                "urlopen('" + server.url("/") + "').read()",
                "return HookResult.success('let go')");
    }

    @Test
    void a_ticket_is_opened_and_a_channel_told_and_their_tokens_show_nowhere() throws Exception {
        String token = "t0p-s3cret-token";
        String webhook = server.url("/hooks/T0K3N-of-the-channel").toString();
        world.secret("tracker-url-id", server.url("/").toString()).secret("tracker-token-id", token).secret("chat-id", webhook);
        // The ticket by the built-in engine, as a hook without a code env has it.
        world.hooks("prod",
                new Hook("ticket", HookPhase.POST, resource("ticket.py"), null, "bob", List.of(
                        new HookSecret("tracker-url", "tracker-url-id"), new HookSecret("tracker-token", "tracker-token-id"))),
                asUser("chat", HookPhase.POST, "bob", resource("chat.py"), new HookSecret("chat-webhook", "chat-id")));
        server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json").body("{\"key\":\"OPS-7\"}").build());
        server.enqueue(new MockResponse.Builder().body("ok").build());
        List<String> logged = new ArrayList<>();
        Update update;
        try (LogListener ignored = new LogListener(logged::add)) {
            update = deploy("CHURN", "prod");
        }

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "ticket").message()).isEqualTo("Opened OPS-7");
        RecordedRequest ticket = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(ticket.getHeaders().get("Authorization")).isEqualTo("Bearer " + token);
        assertThat(ticket.getBody().utf8()).contains("CHURN-on-prod", "alice", "SUCCESS");
        RecordedRequest chat = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(chat.getTarget()).isEqualTo("/hooks/T0K3N-of-the-channel");
        assertThat(chat.getBody().utf8()).contains("CHURN-on-prod by alice: SUCCESS");

        assertThat(run(update, "ticket").details()).contains("asked the tracker with ****");
        world.close();
        String everything = update + String.join("\n", logged) + String.join("\n", world.lines()) + files();
        assertThat(everything).contains("Opened OPS-7").doesNotContain(token).doesNotContain("T0K3N-of-the-channel")
                .doesNotContain(world.node("prod").key());
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void a_scenario_of_the_deployed_project_is_run_and_a_group_administers_it() throws Exception {
        world.node("prod").state().directory().group("operators");
        world.hooks("prod", asUser("warm-up", HookPhase.POST, "bob", resource("scenario.py")),
                asUser("administrators", HookPhase.POST, "bob", resource("administrators.py")));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "warm-up").message()).isEqualTo("WARM_UP ended with SUCCESS");
        assertThat(world.node("prod").calls()).anyMatch(call -> call.path().endsWith("/scenarios/WARM_UP/run"));
        Project project = world.node("prod").state().project("CHURN");
        assertThat(project.permissions()).anyMatch(line -> line.path("group").asText().equals("operators") && line.path("admin").asBoolean());
    }

    @Test
    void the_deployer_shows_a_hook_what_its_user_may_see_and_no_more() {
        String look = World.executing(
                "deployer = deployer_client.get_projectdeployer()",
                "deployment = deployer.get_deployment(deployment_id)",
                "said = []",
                "for ask in [lambda: deployment.get_status().get_health(),",
                "            lambda: deployment.get_settings().bundle_id,",
                "            lambda: [b['id'] for b in deployer.get_project('CHURN').get_status().get_bundles()],",
                "            lambda: deployer.get_project('CHURN').get_settings().get_raw()['owner'],",
                "            lambda: deployer.get_deployment('OTHER-on-prod').get_status(),",
                "            lambda: deployment.start_update().wait_for_result()['messages'][0]['code']]:",
                "    try:",
                "        said.append('%s' % (ask(),))",
                "    except Exception as e:",
                "        said.append('no: %s' % e)",
                "return HookResult.success('|'.join(said))");
        world.hooks("prod", asUser("as-alice", HookPhase.POST, "alice", look), asUser("as-bob", HookPhase.POST, "bob", look),
                asUser("as-carol", HookPhase.POST, "carol", look), asUser("as-nobody", HookPhase.POST, null, look));
        Update update = deploy("CHURN", "prod");

        String[] alice = run(update, "as-alice").message().split("\\|");
        assertThat(alice[0]).as("the update is still under way").isEqualTo("UNKNOWN");
        assertThat(alice[1]).isEqualTo("v1");
        assertThat(alice[2]).contains("v1");
        assertThat(alice[3]).isEqualTo("alice");
        assertThat(alice[4]).startsWith("no: ").contains("There is no deployment");
        assertThat(alice[5]).as("a second update of the deployment").isEqualTo("BUSY");
        String[] bob = run(update, "as-bob").message().split("\\|");
        assertThat(bob[1]).isEqualTo("v1");
        assertThat(bob[3]).as("settings are for administrators of the project").startsWith("no: ").contains("you (bob) need Admin");
        assertThat(run(update, "as-carol").message().split("\\|")).hasSize(6).allMatch(said -> said.startsWith("no: "));
        assertThat(run(update, "as-carol").message()).doesNotContain("v1");
        assertThat(run(update, "as-nobody").message().split("\\|")).hasSize(6).allMatch(said -> said.startsWith("no: "));
    }

    @Test
    void three_hooks_of_parallel_updates_run_at_once_and_the_fourth_is_seen_waiting() {
        CountDownLatch latch = holdingServer();
        world.hookLimits(new HookLimits(3, 600, 600, 600, null)).hooks("prod", holding("hold", HookPhase.PRE));
        List<Update> updates = Stream.of("P1", "P2", "P3", "P4").map(project -> submit(project, "prod")).toList();

        patiently().until(() -> server.getRequestCount() == 3 && world.deployer().hookSlots().waiters().size() == 1);
        assertThat(world.deployer().hookSlots().holders()).hasSize(3);
        assertThat(world.deployer().hookSlots().waiters().get(0).ticket().describe()).contains("on prod by alice, hook hold");
        latch.countDown();
        for (Update update : updates) {
            assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        }
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(world.deployer().hookSlots().holders()).isEmpty();
    }

    @Test
    void a_hook_without_a_slot_fails_the_update_and_says_whether_the_bundle_is_active() {
        CountDownLatch latch = holdingServer();
        world.hookLimits(ONE_SLOT_SHORT_WAITS).hooks("prod", holding("hold", HookPhase.PRE));
        world.infrastructure("test", "Test").hooks("test", hook("check", HookPhase.PRE, "return HookResult.success()"));
        world.infrastructure("dev", "Development").hooks("dev", hook("tell", HookPhase.POST, "return HookResult.success()"));
        world.connections("test", new Remap("sql-dev", "sql-test"));
        Update holder = submit("CHURN", "prod");
        patiently().until(() -> server.getRequestCount() == 1);

        Update before = deploy("CHURN", "test");
        assertThat(before.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(before.messages()).extracting(Message::code).contains("NO_HOOK_SLOT");
        assertThat(before.messages().get(0).text())
                .contains("within 1 s", "CHURN on test by alice", "held by hooks of update " + holder.number() + ".", "The node is untouched.")
                .as("whoever sees this update need not see that one").doesNotContain("prod", "hook hold");
        assertUntouched("test", "CHURN");

        Update after = deploy("CHURN", "dev");
        assertThat(after.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(after.isDeployed()).isTrue();
        assertThat(world.node("dev").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(after.messages()).extracting(Message::text).anyMatch(text ->
                text.contains("No hook slot within 1 s") && text.contains("The bundle is active all the same."));

        latch.countDown();
        assertThat(world.await(holder).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(deploy("CHURN", "test").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void the_record_says_which_text_ran_and_what_it_asked_the_node_for() {
        Hook asks = hook("asks", HookPhase.POST,
                "project = automation_client.get_project(deployed_project_key)",
                "project.set_variables(project.get_variables())",
                "try:",
                "    automation_client.get_project('GONE').get_variables()",
                "except Exception:",
                "    pass",
                "return HookResult.success()");
        Hook silent = hook("silent", HookPhase.PRE, "return HookResult.success()");
        world.hooks("prod", silent, asks);
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "silent").calls()).isEqualTo(new Update.Calls(List.of(), 0));
        assertThat(run(update, "asks").calls()).isEqualTo(new Update.Calls(List.of(
                new Update.Call("automation", "GET", "/projects/CHURN/variables/", 200),
                new Update.Call("automation", "PUT", "/projects/CHURN/variables/", 200),
                new Update.Call("automation", "GET", "/projects/GONE/variables/", 401)), 0));
        for (Hook hook : List.of(silent, asks)) {
            assertThat(run(update, hook.name()).digest()).isEqualTo(approved(hook));
        }
        world.restart();
        assertThat(world.deployer().records().update(update.number())).as("kept").contains(update);
    }

    /** What an administrator would have approved. */
    private String approved(Hook hook) {
        return HookRuns.text("prod", hook, world.configuration().codeEnvs()).digest();
    }

    @Test
    void a_hook_of_the_built_in_engine_finds_a_worker_that_was_started_with_the_plan() {
        world.hooks("prod", new Hook("cold", HookPhase.PRE, World.executing("return HookResult.success()"), null, "bob", null));
        List<Integer> workersBeforeHooks = new CopyOnWriteArrayList<>();
        world.barrier(place -> {
            if (place.equals("before " + Phase.GATE)) {
                patiently().until(() -> workers() == 1);
            }
            if (place.equals("before " + Phase.PRE_HOOKS)) {
                workersBeforeHooks.add(workers());
            }
        });
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(workersBeforeHooks).as("one, although both plan and recheck ask for it").containsExactly(1);
    }

    @Test
    void no_worker_is_started_ahead_for_a_dry_run_or_for_hooks_that_need_none() {
        assumeTrue(python3().isPresent(), "no python3 on this machine");
        world.hooks("prod", hook("quick", HookPhase.PRE, "return HookResult.success()"));
        assertThat(deploy("CHURN", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
        world.hooks("prod", new Hook("cold", HookPhase.PRE, World.executing("return HookResult.success()"), null, "bob", null));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod").dryRun(true)).status()).isEqualTo(UpdateStatus.PLANNED);

        Awaitility.await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30)).until(() -> workers() == 0);
    }

    /** Processes that run a hook or wait for one. */
    private int workers() {
        return (int) ProcessHandle.current().descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .count();
    }

    @Test
    void a_pre_hook_that_says_no_stops_before_anything_is_touched() {
        world.hooks("prod", hook("first", HookPhase.PRE, "return HookResult.warning('look at this')"),
                hook("veto", HookPhase.PRE, "return HookResult.error('not on a Friday')"),
                hook("never", HookPhase.PRE, "return HookResult.success()"),
                hook("after", HookPhase.POST, "return HookResult.success()"));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::text)
                .anyMatch(text -> text.equals("Hook veto of the infrastructure: not on a Friday. The node is untouched; mend what the hook"
                        + " names, or the hook, then deploy again."));
        assertThat(update.runs()).extracting(Update.Run::name).containsExactly("first", "veto");
        assertThat(update.phases()).extracting(Update.PhaseRun::phase).endsWith(Phase.PRE_HOOKS, Phase.REPORT);
        assertUntouched("prod", "CHURN");
    }

    @Test
    void post_hooks_all_run_and_hear_of_the_failure_too() {
        world.hooks("prod", hook("raises", HookPhase.POST, "raise ValueError('mine')"),
                hook("nothing", HookPhase.POST, "pass"),
                hook("hears", HookPhase.POST, "return HookResult.success(deployment_report['status'] + ': '"
                        + " + ' / '.join(deployment_report['messages']))"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update failed = deploy("CHURN", "prod");

        assertThat(failed.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(failed.runs()).extracting(Update.Run::outcome).containsExactly("ERROR", "ERROR", "SUCCESS");
        assertThat(run(failed, "hears").message()).startsWith("ERROR: ").contains("No more disk");
        assertThat(run(failed, "raises").details()).contains("ValueError: mine").contains("Traceback");

        Update good = deploy("CHURN", "prod");
        assertThat(good.isDeployed()).isTrue();
        assertThat(good.status()).as("reported, and undoes nothing").isEqualTo(UpdateStatus.WARNING);
        assertThat(good.messages()).extracting(Message::code).contains("HOOK_ERROR");
        assertThat(run(good, "hears").message()).startsWith("SUCCESS: ");
    }

    @Test
    void a_text_that_nobody_has_approved_does_not_run() {
        world.approval(text -> {
            throw new HookNotApproved("Hook " + text.name() + " waits for approval");
        });
        world.hooks("prod", hook("new", HookPhase.PRE, "return HookResult.success()"));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).code()).isEqualTo("HOOK_NOT_APPROVED");
        assertThat(update.messages().get(0).text()).contains("Hook new waits for approval");
        assertUntouched("prod", "CHURN");
        assertThat(world.deployer().hookSlots().holders()).isEmpty();
    }

    @Test
    void changed_limits_and_launcher_count_from_the_next_hook_on() {
        assumeTrue(python3().isPresent() && Files.isExecutable(Path.of("/usr/bin/env")), "no python3 or env on this machine");
        world.hookLimits(new HookLimits(1, 600, 600, 600, null));
        Hook tellsLauncher = hook("launcher", HookPhase.POST, "import os", "return HookResult.success(os.environ.get('BY', 'nobody'))");
        world.hooks("prod", holding("hold", HookPhase.PRE), tellsLauncher);
        CountDownLatch latch = holdingServer();
        Update first = submit("P1", "prod");
        patiently().until(() -> server.getRequestCount() == 1);

        world.hookLimits(new HookLimits(2, 600, 600, 600, List.of("/usr/bin/env", "BY=launcher")));
        Update second = submit("P2", "prod");
        patiently().until(() -> server.getRequestCount() == 2);
        assertThat(world.deployer().hookSlots().permits()).isEqualTo(2);
        latch.countDown();
        world.await(first);
        assertThat(run(world.await(second), "launcher").message()).isEqualTo("launcher");
    }
}

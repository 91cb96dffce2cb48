package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes in through the front door: it ends in one clear sentence, leaves the node as it was or says what is
 * there, and leaves nothing behind on the controller. After each test a good deployment still works.
 */
class BadInputTest {

    private static final Set<Thread> THREADS_OF_OTHERS = Thread.getAllStackTraces().keySet();

    @TempDir
    Path home;

    private World world;
    private boolean jython;
    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
    }

    /** A good deployment works, and then no file, process, slot or thread is left of what came before. */
    @AfterEach
    void nothing_is_left_behind() throws IOException {
        try {
            node().faults().clear();
            world.hooks("prod");
            Update good = deploy("good");
            assertThat(good.status()).as("a good deployment afterwards: %s", good.messages()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("good");
            assertThat(world.deployer().records().openUpdates()).isEmpty();
            assertThat(world.deployer().hookSlots().holders()).isEmpty();
            assertThat(files("bundles")).allMatch(file -> file.matches("[0-9a-f]{64}\\.zip"));
            // Where the engine that is built in ran a hook, one worker that has run none stands ready: a process and two files.
            assertThat(files("hooks/workers")).hasSizeLessThanOrEqualTo(jython ? 2 : 0);
            assertThat(processes()).hasSizeLessThanOrEqualTo(jython ? 1 : 0);
        } finally {
            world.close();
        }
        assertThat(files("hooks/workers")).isEmpty();
        assertThat(processes()).isEmpty();
        // Those of the deployer end when it closes.
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !threadsBefore.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("project-deployer") || name.startsWith("hook")));
    }

    /** They serve every deployer, and end once they have been idle for some seconds: waited for once, not after each test. */
    @AfterAll
    static void no_call_of_a_node_is_left_behind() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !THREADS_OF_OTHERS.contains(thread)).extracting(Thread::getName).doesNotContain("node calls"));
    }

    private List<String> processes() {
        return ProcessHandle.current().descendants().map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(home.toString())).toList();
    }

    private List<String> files(String directory) throws IOException {
        Path there = home.resolve(directory);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(there)) {
            // Whose the directory is stays in it.
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !Set.of("lock", "journal-id").contains(name)).toList();
        }
    }

    private EmbeddedNode node() {
        return world.node("prod");
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").owner("alice");
    }

    private Update deploy(String bundleId) {
        world.publish(churn(bundleId));
        return world.deploy(World.request("CHURN", bundleId, "prod"));
    }

    private static void assertOneSentence(String text) {
        assertThat(text).isNotBlank().doesNotContain("\n", "Exception", " at io.", "null");
        assertThat(text).as("ends as a sentence does").matches("(?s).*[.!?…]$");
        assertThat(text).as("says what to do").containsPattern("[;:,] (make|create|publish|correct|give|name|let|put|set|check|add|raise|deploy|mend|look) "
                + "|, or you may not see it");
        assertThat(text.length()).isLessThan(700);
    }

    private static Arguments archive(String what, Supplier<byte[]> bytes, String... words) {
        return Arguments.of(what, bytes, List.of(words));
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                archive("truncated", () -> Arrays.copyOf(churn("v1").bytes(), 900), "cut"),
                archive("empty", () -> new byte[0], "empty"),
                archive("no zip", () -> "hello, this is a text".repeat(20).getBytes(StandardCharsets.UTF_8), "zip"),
                archive("id with ../", () -> churn("../../etc").bytes(), "../../etc"),
                archive("id ..", () -> churn("..").bytes(), "\"..\""),
                archive("encrypted", () -> churn("v1").encrypted().bytes(), "encrypted"),
                archive("two manifests", () -> churn("v1").withSecondManifest().bytes(), "export-manifest.json"),
                archive("headers disagree", () -> churn("v1").namesDisagree().bytes(), "manifest"),
                archive("no manifest", () -> churn("v1").withoutManifest().bytes(), "export-manifest.json"),
                archive("a project export", () -> BundleZip.plainExport("CHURN").bytes(), "bundle"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void an_archive_that_is_no_bundle_is_refused_and_nothing_of_it_is_kept(String what, Supplier<byte[]> bytes, List<String> words)
            throws IOException {
        assertThatThrownBy(() -> world.publish("alice", bytes.get()))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertOneSentence(refused.getMessage());
                    assertThat(refused.getMessage()).contains(words);
                });
        assertThat(world.deployer().records().projects()).isEmpty();
        assertThat(files("bundles")).isEmpty();
    }

    @Test
    void an_archive_whose_sender_breaks_off_leaves_nothing() throws IOException {
        byte[] whole = churn("v1").bytes();
        java.io.InputStream broken = new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(whole, 0, 500), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("The agent went away");
                    }
                });
        assertThatThrownBy(() -> world.deployer().publish("alice", null, null, broken, "a test", null))
                .isInstanceOf(IOException.class).hasMessage("The agent went away");
        assertThat(files("bundles")).isEmpty();
    }

    @Test
    void seventy_thousand_entries_are_no_reason_to_fail() {
        world.publish("alice", churn("large").entries(70_000).bytes());
        Update update = world.deploy(World.request("CHURN", "large", "prod"));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void another_project_than_asked_for_is_refused_with_both_named() {
        assertThatThrownBy(() -> world.deployer().publish("alice", "SALES", null,
                new java.io.ByteArrayInputStream(churn("v1").bytes()), "a test", null))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertOneSentence(refused.getMessage());
                    assertThat(refused.getMessage()).contains("CHURN", "SALES");
                });
        assertThat(world.deployer().records().projects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NOWHERE, v1, 'There is no published project \"NOWHERE\"'", "CHURN, v9, 'There is no bundle of project CHURN \"v9\"'"})
    void an_unknown_project_or_bundle_is_not_found(String project, String bundle, String sentence) {
        world.publish(churn("v1"));
        Update update = world.deploy(World.request(project, bundle, "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).hasSize(1);
        assertThat(update.messages().get(0).text()).startsWith(sentence);
        assertOneSentence(update.messages().get(0).text());
        assertThat(node().calls()).isEmpty();
    }

    /** Deploys to an infrastructure of its own and holds that nothing happened there. */
    private void assertNothingDone(EmbeddedNode other, String code, String... words) {
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "other"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains(code);
        Message message = update.messages().stream().filter(it -> it.code().equals(code)).findFirst().orElseThrow();
        assertOneSentence(message.text());
        assertThat(message.text()).contains(words);
        assertThat(other.calls()).noneMatch(call -> !call.method().equals("GET"));
        assertThat(other.state().findProject("CHURN")).isEmpty();
        assertThat(world.deployer().records().deployment("CHURN-on-other")).isEmpty();
    }

    private void other(EmbeddedNode node) {
        world.infrastructure(World.infrastructure("other", "Production", List.of(world.address("other", node))))
                .connections("other", new Remap("sql-dev", "sql-prod"));
    }

    @Test
    void a_design_node_is_not_deployed_to() {
        EmbeddedNode design = EmbeddedNode.builder().nodeId("other").type(NodeType.DESIGN).world(DemoWorld::standard).start();
        other(design);
        assertNothingDone(design, "NOT_AN_AUTOMATION_NODE", "DESIGN", "correct the URL in infrastructure other");
    }

    @Test
    void a_revoked_key_says_where_to_replace_it() {
        EmbeddedNode node = EmbeddedNode.start("other");
        other(node);
        node.state().revoke(node.key());
        assertNothingDone(node, "UNAUTHORIZED", "other", "key");
    }

    @Test
    void a_missing_credential_is_named() {
        EmbeddedNode node = EmbeddedNode.start("other");
        world.address("other", node);
        world.infrastructure(World.infrastructure("other", "Production",
                List.of(new io.jenkins.plugins.projectdeployer.model.NodeAddress(node.url(), "forgotten"))));
        assertNothingDone(node, "NO_KEY", "forgotten");
    }

    @Test
    void a_certificate_that_nobody_knows_is_not_trusted() {
        EmbeddedNode node = EmbeddedNode.builder().nodeId("other").https().world(DemoWorld::standard).start();
        other(node);
        assertNothingDone(node, "TLS", "nobody here knows its certificate", "trusted certificates");
    }

    @Test
    void a_node_that_is_away_cannot_be_reached() {
        EmbeddedNode node = EmbeddedNode.start("other");
        other(node);
        node.down();
        assertNothingDone(node, "UNREACHABLE", "cannot be reached", "check that it is running");
    }

    @Test
    void a_node_that_hangs_is_given_up_at_the_time_limit() {
        world.nodeTimeouts(new NodeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(6)));
        EmbeddedNode node = EmbeddedNode.start("other");
        other(node);
        node.faults().on("GET", "/admin/users/").always(new Fault.Hang());
        assertNothingDone(node, "TIMEOUT", "gave no answer within 3 s");

        world.publish(churn("v2"));
        node().faults().on("POST", "*/actions/activate").always(new Fault.Hang());
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));
        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(update, "TIMEOUT", "gave no answer within 6 s", "activate");
        assertThat(whatIsWhere(update)).contains("node prod had, when it was last asked, no active bundle");
    }

    private static void assertSays(Update update, String code, String... words) {
        Message message = update.messages().stream().filter(it -> it.code().equals(code)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " in " + update.messages()));
        assertThat(message.text()).contains(words);
        assertOneSentence(message.text());
    }

    private static String whatIsWhere(Update update) {
        return update.messages().stream().filter(it -> it.code().equals("WHAT_IS_WHERE")).map(Message::text).findFirst().orElse("");
    }

    static Stream<Arguments> uploadFaults() {
        return Stream.of(
                Arguments.of(new Fault.CutUpload(300_000), "CUT", "cut off"),
                Arguments.of(new Fault.Drop(), "CUT", "cut off"),
                Arguments.of(new Fault.HtmlError(413, "413 Request Entity Too Large"), "TOO_LARGE", "413"),
                Arguments.of(new Fault.HtmlError(504, "504 Gateway Time-out"), "GATEWAY", "504"),
                Arguments.of(new Fault.Redirect(302, "https://elsewhere.example/"), "REDIRECT", "redirect"));
    }

    @ParameterizedTest
    @MethodSource("uploadFaults")
    void an_upload_that_fails_leaves_the_old_bundle_active(Fault fault, String code, String words) {
        assertThat(deploy("v1").status()).isEqualTo(UpdateStatus.SUCCESS);
        byte[] noise = new byte[2_000_000];
        new java.util.Random(1).nextBytes(noise);
        world.publish("alice", churn("v2").entry("any_datasets_data/noise.bin", noise).bytes());
        node().faults().on("POST", "*/importFromStream").always(fault);
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(update, code, words, "prod");
        assertThat(whatIsWhere(update)).contains("node prod has bundle v1 active");
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(node().state().project("CHURN").importedBundleIds()).containsExactly("v1");
    }

    @Test
    void a_node_that_dies_while_the_bundle_goes_out_is_told_from_one_that_refuses() {
        byte[] noise = new byte[2_000_000];
        new java.util.Random(1).nextBytes(noise);
        world.publish("alice", churn("v2").entry("any_datasets_data/noise.bin", noise).bytes());
        node().faults().on("POST", "/projectsFromBundle/").once(new Fault.Meanwhile(node()::down));
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));
        node().up();

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(update, "CUT", "prod");
        assertThat(whatIsWhere(update)).contains("node prod has no active bundle");
    }

    /** The engine, the hook's line, and what is said of it. */
    static Stream<Arguments> hooks() {
        return Stream.of(
                Arguments.of(PYTHON3, "return HookResult.success(", "does not compile"),
                Arguments.of(PYTHON3, "while True: pass", "ran longer than its time limit of 2 s"),
                Arguments.of(JYTHON, "while True: pass", "ran longer than its time limit of 2 s"),
                Arguments.of(PYTHON3, "7**(10**8)", "ran longer than its time limit of 2 s"),
                Arguments.of(JYTHON, "7**(10**8)", "ran longer than its time limit of 2 s"),
                Arguments.of(PYTHON3, "import os; os.closerange(0, 256); 1/0", "before it returned a result"),
                Arguments.of(PYTHON3, "1/0", "ZeroDivisionError"),
                Arguments.of(JYTHON, "1/0", "ZeroDivisionError"),
                Arguments.of(PYTHON3, "pass", "returned"),
                Arguments.of(JYTHON, "pass", "returned"));
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void a_hook_that_does_not_end_well_stops_the_update(String engine, String body, String words) {
        world.hookLimits(new HookLimits(3, 60, 60, 2, null)).hooks("prod", hook(engine, HookPhase.PRE, body));
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).text()).startsWith("Hook odd of the infrastructure: ").containsIgnoringCase(words);
        assertOneSentence(update.messages().get(0).text());
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PYTHON3, JYTHON})
    void a_hook_that_prints_without_end_or_leaves_processes_is_bounded_and_cleaned_up(String engine) {
        world.hooks("prod", hook(engine, HookPhase.PRE, "for i in range(1600): print('x' * 65535)", "return HookResult.success('done')"),
                new Hook("forks", HookPhase.POST, World.executing(
                        "import subprocess",
                        "subprocess.Popen(['/bin/sleep', '1000'])",
                        "subprocess.call(['/bin/sh', '-c', 'setsid sleep 1000 &'])",
                        "return HookResult.success('fine')"), codeEnv(engine), "bob", null));
        Update update = deploy("v1");

        assertThat(update.isDeployed()).isTrue();
        assertThat(update.status()).as("processes were left").isEqualTo(UpdateStatus.WARNING);
        assertThat(update.runs().get(0).outcome()).isEqualTo("SUCCESS");
        assertThat(update.runs().get(0).details().length()).isLessThan(70_000);
        assertThat(update.runs().get(1).message()).contains("left processes running, which were ended: ").contains("sleep");
    }

    private static final String PYTHON3 = "python3";
    private static final String JYTHON = "jython";

    private Hook hook(String engine, HookPhase phase, String... lines) {
        return new Hook("odd", phase, World.executing(lines), codeEnv(engine), "bob", null);
    }

    /** None for the engine that is built in. */
    private String codeEnv(String engine) {
        if (engine.equals(JYTHON)) {
            jython = true;
            return null;
        }
        Optional<Path> python = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.contains("shims"))
                .map(directory -> Path.of(directory, "python3"))
                .filter(file -> file.isAbsolute() && Files.isExecutable(file))
                .findFirst();
        assumeTrue(python.isPresent(), "no python3 on this machine");
        if (world.configuration().codeEnv("py3").isEmpty()) {
            world.codeEnv(new CodeEnv("py3", python.get().toString(), "admin", true, null));
        }
        return "py3";
    }

    @Test
    void a_login_that_is_not_ascii_is_understood_or_refused_before_anything_is_touched() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("alice", "алиса")), null));
        Update unknown = deploy("v1");
        assertThat(unknown.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(unknown, "USER_MISSING", "алиса", "login mapping");

        node().state().directory().user("алиса", "data-team");
        // A node that reads headers in another way than they were written sees somebody else.
        node().faults().on("GET", "/auth/info").once(new Fault.Answer(200, "application/json", "{\"authIdentifier\":\"????\"}"));
        Update misread = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(misread.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(misread, "INVALID", "алиса", "not ASCII", "deployAsUser");
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));

        Update understood = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(understood.status()).as("%s", understood.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(node().state().project("CHURN").owner()).isEqualTo("алиса");
    }
}

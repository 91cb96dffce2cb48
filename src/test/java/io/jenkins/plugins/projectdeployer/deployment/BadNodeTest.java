package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that are not what they should be, refuse, hang or go away. */
class BadNodeTest extends NothingLeftBehind {

    private static final Set<Thread> THREADS_OF_OTHERS = Thread.getAllStackTraces().keySet();

    /** They serve every deployer, and end once they have been idle for some seconds: waited for once, not after each test. */
    @AfterAll
    static void no_call_of_a_node_is_left_behind() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !THREADS_OF_OTHERS.contains(thread)).extracting(Thread::getName).doesNotContain("node calls"));
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
}

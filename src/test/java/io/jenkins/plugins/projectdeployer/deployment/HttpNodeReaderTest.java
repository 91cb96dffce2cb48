package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan reads of a node, and what it makes of it, against the embedded node. */
class HttpNodeReaderTest {

    @TempDir
    private Path directory;

    private final EmbeddedNode node = EmbeddedNode.builder().nodeId("prod-1").world(DemoWorld::standard).start();
    private String key = node.key();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_node_is_read_as_it_is() throws Exception {
        node.state().resources().connectionUsableBy("sql-prod", "release").outOfDate("PYTHON", "py311");
        node.state().directory().enabled("svc_run", false);
        BundleZip bundle = bundle();
        node.state().addProject(bundle);

        NodeFacts facts = read(contents(bundle));

        assertThat(facts.nodeId()).isEqualTo("prod-1");
        assertThat(facts.nodeType()).isEqualTo("AUTOMATION");
        assertThat(facts.version()).isEqualTo(node.state().version());
        assertThat(facts.connections()).containsKeys("filesystem_managed", "sql-dev")
                .containsEntry("sql-prod", new NodeFacts.Connection("PostgreSQL", new NodeFacts.UsableBy(false, Set.of("release"))));
        assertThat(facts.users()).containsEntry("svc_run", new NodeFacts.User(false, Set.of()))
                .containsEntry("alice", new NodeFacts.User(true, Set.of("data-team", "churn-team")));
        assertThat(facts.groups()).containsEntry("administrators", new NodeFacts.Group(true, Optional.of(true)))
                .containsEntry("release", new NodeFacts.Group(false, Optional.of(false)));
        assertThat(facts.codeEnvs()).containsEntry("py311", false);
        assertThat(facts.containerExecs()).containsEntry("k8s-small", NodeFacts.UsableBy.EVERYBODY);
        assertThat(facts.clusters()).containsExactly("k8s-main");
        assertThat(facts.hasProject("CHURN")).isTrue();
        assertThat(facts.toString()).doesNotContain("connection-secret");
    }

    @Test
    void each_list_is_read_once_and_those_that_the_bundle_does_not_touch_are_not() throws Exception {
        read(contents(BundleZip.of("CHURN", "v1")));

        assertThat(node.calls()).extracting(Call::method).containsOnly("GET");
        assertThat(node.calls()).extracting(Call::path).doesNotHaveDuplicates().hasSize(5)
                .noneMatch(path -> path.contains("code-envs") || path.contains("clusters") || path.contains("general-settings"));
    }

    @Test
    void a_folder_is_looked_for_where_the_project_has_to_be_made_in_it() throws Exception {
        BundleZip bundle = bundle();
        AutomationNode folders = new AutomationNode(NodeHttp.to(
                NodeEndpoint.of("prod", new NodeAddress(node.url(), "key")), () -> key, new OkHttpClient(), NodeTimeouts.DEFAULT));
        folders.folders().create(folders.folders().root().id(), "Marketing");

        assertThat(read(null, "prod", target("Marketing"), contents(bundle)).hasFolder()).isTrue();
        assertThat(read(null, "prod", target("Marketing/Churn"), contents(bundle)).hasFolder()).isFalse();
        node.state().addProject(bundle);
        assertThat(read(null, "prod", target("Marketing/Churn"), contents(bundle)).hasFolder()).as("it is there, wherever").isTrue();
    }

    @Test
    void a_refused_key_is_said_to_be_one() {
        key = "revoked";

        NodeException e = catchThrowableOfType(NodeException.class, () -> read(contents(bundle())));

        assertThat(e.kind()).isEqualTo(NodeException.Kind.UNAUTHORIZED);
        assertThat(e.getMessage()).doesNotContain("revoked");
    }

    @Test
    void a_node_that_is_down_is_said_to_be() {
        node.down();

        NodeException e = catchThrowableOfType(NodeException.class, () -> read(contents(bundle())));

        assertThat(e.kind()).isEqualTo(NodeException.Kind.UNREACHABLE);
    }

    @Test
    void the_plan_finds_before_anything_is_sent_what_activation_would_refuse() {
        check(state -> state.state().resources().removeConnection("sql-dev"), ConnectionCheck.MISSING);
        check(state -> state.state().resources().connection("sql-dev", "Oracle"), ConnectionCheck.BAD_TYPE);
        check(state -> state.state().resources().connection("sql-dev", "PostgreSQL").connectionUsableBy("sql-dev", "release"),
                ConnectionCheck.BAD_PERMISSIONS);
    }

    private void check(Consumer<EmbeddedNode> scene, String code) {
        scene.accept(node);
        node.forgetCalls();
        Planning planning = new Planning();
        planning.connections.clear();
        planning.requiredConnections.keySet().retainAll(Set.of("sql-dev"));
        planning.node().nodeId = "unused";

        List<Message> messages = planning.plan(this::read).messages();

        assertThat(messages).extracting(Message::code).containsExactly(code);
        assertThat(messages).extracting(Message::node).containsExactly("prod-1");
        assertThat(node.calls()).extracting(Call::method).containsOnly("GET");
    }

    private BundleZip bundle() {
        return BundleZip.of("CHURN", "v1").connection("sql-dev", "PostgreSQL").codeEnv("py311").containerConfig("k8s-small").cluster("k8s-main");
    }

    private BundleContents contents(BundleZip bundle) throws IOException {
        return BundleReader.read(bundle.writeTo(directory.resolve("v1.zip")), "CHURN", "v1");
    }

    private NodeFacts read(BundleContents contents) throws NodeException {
        return read(null, "prod", target(null), contents);
    }

    private static Deployment target(String folder) {
        return new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1",
                new DeploymentSettings(folder, null, null, null, false, null, null, false, null), false, "alice", Instant.EPOCH);
    }

    private NodeFacts read(NodeAddress ignored, String name, Deployment target, BundleContents contents) throws NodeException {
        HttpNodeReader reader = new HttpNodeReader((called, address) -> NodeHttp.to(
                NodeEndpoint.of(called, address), () -> key, new OkHttpClient(), NodeTimeouts.DEFAULT));
        return reader.read(new NodeAddress(node.url(), "key"), name, target, contents);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Resources;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan reads of a node, and what it makes of it, against the embedded node. */
class HttpNodeReaderTest {

    @TempDir
    private Path directory;

    private final EmbeddedNode node = EmbeddedNode.builder().nodeId("prod-1").world(DemoWorld::standard).start();
    private final List<NodeResource> seen = new ArrayList<>();
    private NodeMembers members;
    private OkHttpClient client = new OkHttpClient();
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
                .containsEntry("sql-prod", new NodeFacts.Connection("PostgreSQL", Planning.usableBy("release")));
        assertThat(facts.users()).containsEntry("svc_run", new NodeFacts.User(false, Set.of()))
                .containsEntry("alice", new NodeFacts.User(true, Set.of("data-team", "churn-team")));
        assertThat(facts.groups()).containsEntry("administrators", new NodeFacts.Group(true, Optional.of(true)))
                .containsEntry("release", new NodeFacts.Group(false, Optional.of(false)));
        assertThat(facts.resources().codeEnvs()).containsEntry("py311", false);
        assertThat(facts.resources().containerExecs()).containsExactly("k8s-small");
        assertThat(facts.resources().clusters()).containsExactly("k8s-main");
        assertThat(facts.resources().grants()).extracting(NodeResource::kind)
                .containsExactly(ResourceKind.CODE_ENV, ResourceKind.CLUSTER, ResourceKind.CONTAINER_EXEC);
        assertThat(facts.resources().grants()).allMatch(resource -> resource.grants().usableByAll());
        assertThat(facts.hasProject("CHURN")).isTrue();
        assertThat(facts.toString()).doesNotContain("connection-secret");
    }

    @Test
    void who_may_use_what_the_project_uses_is_read_of_nothing_else() throws Exception {
        node.state().resources()
                .codeEnvFor("PYTHON", "py311", "carol", new Resources.Shared("release", true, false, false), new Resources.Shared("board", false, false, false))
                .codeEnv("PYTHON", "unused").cluster("unused")
                .clusterFor("k8s-main", "bob", new Resources.Shared("release", true, true, false), new Resources.Shared("board", true, true, true))
                .containerConfig("k8s-gpu", "gpu-team");
        BundleZip bundle = BundleZip.of("CHURN", "v1").codeEnv("py311").containerConfig("k8s-gpu").cluster("k8s-main");

        NodeFacts facts = read(contents(bundle));

        assertThat(facts.resources().grants()).containsExactly(
                new NodeResource(ResourceKind.CODE_ENV, "py311", "PYTHON",
                        new ResourceGrants("carol", false, List.of(Grant.toGroup("release", ResourceRight.USE)))),
                new NodeResource(ResourceKind.CLUSTER, "k8s-main", new ResourceGrants("bob", false,
                        List.of(Grant.toGroup("release", ResourceRight.UPDATE), Grant.toGroup("board", ResourceRight.ADMIN)))),
                new NodeResource(ResourceKind.CONTAINER_EXEC, "k8s-gpu",
                        new ResourceGrants(null, false, List.of(Grant.toGroup("gpu-team", ResourceRight.USE)))));
        assertThat(node.calls()).extracting(Call::path).noneMatch(path -> path.contains("unused"));
        assertThat(seen).containsExactlyElementsOf(facts.resources().grants());
        assertThat(members.administrators()).containsExactly("administrators");
        assertThat(members.groups()).containsEntry("alice", Set.of("data-team", "churn-team"));
        assertThat(members.inGroupsOf(seen).values()).as("those that matter").noneMatch(groups -> groups.contains("churn-team"));
    }

    @Test
    void a_node_that_does_not_say_who_may_use_a_thing_is_read_all_the_same() throws Exception {
        node.faults().on("GET", "/admin/clusters/k8s-main").always(new Fault.DataikuError(500, "x", "not today"));

        NodeFacts facts = read(contents(bundle()));

        assertThat(facts.resources().unread()).hasSize(1).allMatch(why -> why.startsWith("The node does not say who may use cluster \"k8s-main\"")
                && why.contains("not today"));
        assertThat(facts.resources().grants()).extracting(NodeResource::kind).containsExactly(ResourceKind.CODE_ENV, ResourceKind.CONTAINER_EXEC);
        node.faults().on("GET", "/admin/code-envs/PYTHON/py311").always(new Fault.Drop());
        assertThatThrownBy(() -> read(contents(bundle()))).as("lost on the way").isInstanceOf(NodeException.class);
    }

    @Test
    void a_node_that_says_neither_is_not_taken_for_one_that_says_that_nobody_may() throws Exception {
        node.faults().on("GET", "/admin/clusters/k8s-main").always(new Fault.Answer(200, "application/json", "{\"id\": \"k8s-main\"}"));

        NodeFacts facts = read(contents(bundle()));

        assertThat(facts.resources().unread()).hasSize(1).allMatch(why -> why.startsWith("The node does not say who may use cluster \"k8s-main\"")
                && why.endsWith("has neither \"permissions\" nor \"usableByAll\"."));
        assertThat(facts.resources().grants()).extracting(NodeResource::kind).doesNotContain(ResourceKind.CLUSTER);
    }

    @Test
    void a_node_never_has_more_calls_at_once_than_are_no_burden_to_it() throws Exception {
        BundleZip bundle = BundleZip.of("CHURN", "v1").cluster("k8s-main").containerConfig("k8s-small");
        IntStream.range(0, 3 * InParallel.WIDTH).forEach(place -> {
            node.state().resources().codeEnv("PYTHON", "py" + place);
            bundle.codeEnv("py" + place);
        });
        AtomicInteger most = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        // A node that is far away, so that calls meet.
        client = client.newBuilder().addInterceptor(chain -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
            try {
                return chain.proceed(chain.request());
            } finally {
                running.decrementAndGet();
            }
        }).build();

        read(contents(bundle));

        assertThat(most).hasValueBetween(2, InParallel.WIDTH);
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

        assertThat(read(null, "prod", target("Marketing"), uses(contents(bundle))).hasFolder()).isTrue();
        assertThat(read(null, "prod", target("Marketing/Churn"), uses(contents(bundle))).hasFolder()).isFalse();
        node.state().addProject(bundle);
        assertThat(read(null, "prod", target("Marketing/Churn"), uses(contents(bundle))).hasFolder()).as("it is there, wherever").isTrue();
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
        return read(null, "prod", target(null), uses(contents));
    }

    private static Uses uses(BundleContents contents) {
        return new Uses(Set.copyOf(contents.codeEnvs()), Set.copyOf(contents.containerExecs()), Set.copyOf(contents.clusters()));
    }

    private static Deployment target(String folder) {
        return new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1",
                new DeploymentSettings(folder, null, null, null, false, null, null, false, null, null, null), false, "alice", Instant.EPOCH);
    }

    private NodeFacts read(NodeAddress ignored, String name, Deployment target, Uses uses) throws NodeException {
        HttpNodeReader reader = new HttpNodeReader((called, address) -> NodeHttp.to(
                NodeEndpoint.of(called, address), () -> key, client, NodeTimeouts.DEFAULT), (address, called, resources, people) -> {
            seen.addAll(resources);
            members = people;
        });
        return reader.read(new NodeAddress(node.url(), "key"), name, target, uses);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.NodeState;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles that come from a design node on the way. */
class FromDesignNodeTest extends OnProd {

    private EmbeddedNode design(Consumer<NodeState> contents) {
        EmbeddedNode design = EmbeddedNode.builder().nodeId("design").type(NodeType.DESIGN).world(contents).start();
        world.designNode("design", design);
        return design;
    }

    @Test
    void a_bundle_is_exported_from_a_design_node_as_the_requesting_user() {
        EmbeddedNode design = design(state -> {
            DemoWorld.standard(state);
            state.addProject(churn("x").userPermission("carol", ProjectFlag.admin));
        });
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", null, null);
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("alice", "carol")), null));
        Update dry = world.deploy(World.request("CHURN", "v9", "prod").designNode("design").dryRun(true));
        assertThat(dry.status()).as("%s", dry.messages()).isEqualTo(UpdateStatus.PLANNED);
        assertThat(dry.messages()).extracting(Message::code).containsExactly("DRY_RUN_PUBLISHED");
        Update update = world.deploy(World.request("CHURN", "v9", "prod").designNode("design"));
        assertThat(update.messages()).extracting(Message::code).doesNotContain("DRY_RUN_PUBLISHED");

        assertThat(update.status()).as("%s", update.messages()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(project().activeBundleId()).isEqualTo("v9");
        assertThat(design.calls()).filteredOn(call -> call.path().contains("/bundles/exported/"))
                .isNotEmpty().as("by the login that alice has on nodes").allMatch(call -> "carol".equals(call.proxyUser()));
    }

    @ParameterizedTest
    @MethodSource("whatNeverEnds")
    void an_abort_while_the_design_node_works_or_sends_leaves_nothing(String method, String path, Fault fault, Predicate<Path> begun) {
        EmbeddedNode design = design(state -> {
            DemoWorld.standard(state);
            state.addProject(churn("x"));
        });
        design.faults().on(method, path).once(fault);
        Update update = world.submit(World.request("CHURN", "v9", "prod").designNode("design").build());
        patiently().until(() -> design.calls().stream().anyMatch(call -> call.method().equals(method)
                && call.path().endsWith(path.substring(1))) && begun.test(home.resolve("bundles")));
        world.deployer().abort(update.request().key(), "bob");
        Update ended = world.await(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.phases()).extracting(Update.PhaseRun::phase).containsExactly(Phase.AUTHORIZE, Phase.FETCH, Phase.REPORT);
        assertThat(ended.messages()).extracting(Message::text).containsExactly(
                "Update 1 was ended by bob in phase fetch. The deployment changed nothing on any node.");
        assertThat(node().calls()).isEmpty();
        assertThat(world.deployer().records().bundle("CHURN", "v9")).isEmpty();
        assertThat(home.resolve("bundles")).isDirectoryNotContaining(FromDesignNodeTest::isArchive);
        design.faults().clear();
        Update next = world.deploy(World.request("CHURN", "v9", "prod").designNode("design"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    static Stream<Arguments> whatNeverEnds() {
        return Stream.of(
                Arguments.of("PUT", "*/bundles/exported/v9", new Fault.Hang(), (Predicate<Path>) bundles -> true),
                Arguments.of(
                        "GET", "*/exported/v9/archive", new Fault.HangReply(1000), (Predicate<Path>) FromDesignNodeTest::hasArchives));
    }

    private static boolean hasArchives(Path bundles) {
        try (Stream<Path> files = Files.list(bundles)) {
            return files.anyMatch(FromDesignNodeTest::isArchive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or half. */
    private static boolean isArchive(Path file) {
        return file.toString().endsWith(".zip") || file.toString().endsWith(".tmp");
    }

    @Test
    void a_bundle_that_several_people_would_publish_at_once_is_not_exported() {
        EmbeddedNode design = design(DemoWorld::standard);
        world.publish(churn("v1"));
        Update update = world.deploy(new DeployRequest.Builder("both", List.of("alice", "bob"), "CHURN", "prod").bundle("v9").designNode("design"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::text).singleElement().asString().contains("alice, bob").contains("alone");
        assertThat(design.calls()).isEmpty();
    }

    @Test
    void who_could_not_deploy_what_is_published_first_is_told_so_before_it_is_made() {
        EmbeddedNode design = design(DemoWorld::standard);
        mayDeploy("alice");
        world.person("alice", false); // may publish new projects, and the rule gives Deploy to two groups
        Update update = fromDesignNode("alice", "CHURN", "design");

        assertThat(update.messages()).extracting(Message::code).containsExactly("FORBIDDEN");
        assertThat(update.messages()).extracting(Message::text).singleElement().asString().contains("alice no DEPLOY", "publishBundle");
        assertThat(design.calls()).isEmpty();
        assertThat(world.deployer().records().project("CHURN")).isEmpty();
    }

    @Test
    void a_hidden_project_is_answered_like_an_absent_one_also_where_a_design_node_could_publish_it() {
        EmbeddedNode design = design(DemoWorld::standard);
        world.publish(churn("v1"));
        // dave may deploy to the infrastructure, but sees no project and may make none.
        world.person("dave", false);
        mayDeploy("dave");
        Update hidden = fromDesignNode("CHURN", "design");
        Update absent = fromDesignNode("NOSUCH", "design");

        assertThat(hidden.messages()).hasSize(1);
        assertThat(said(hidden, "CHURN")).isEqualTo(said(absent, "NOSUCH"));
        assertThat(said(fromDesignNode("CHURN", "nowhere"), "CHURN")).as("no design node is looked for before").isEqualTo(said(hidden, "CHURN"));
        assertThat(hidden.phases()).extracting(Update.PhaseRun::phase).containsExactly(Phase.AUTHORIZE, Phase.REPORT);
        assertThat(design.calls()).isEmpty();
    }

    private void mayDeploy(String userId) {
        world.change("prod", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(),
                List.of(Grant.toUser(userId, InfrastructureRight.DEPLOY)), i.connections(), i.codeEnvs(),
                i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
    }

    private Update fromDesignNode(String project, String designNode) {
        return fromDesignNode("dave", project, designNode);
    }

    private Update fromDesignNode(String userId, String project, String designNode) {
        return world.deploy(DeployRequest
                .of(project + designNode, userId, project, "prod").bundle("v1").designNode(designNode));
    }

    private static List<String> said(Update update, String project) {
        return update.messages().stream().map(message -> message.code() + message.text().replace(project, "X")).toList();
    }
}

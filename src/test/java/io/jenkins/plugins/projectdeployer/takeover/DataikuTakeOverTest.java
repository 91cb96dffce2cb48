package io.jenkins.plugins.projectdeployer.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a deployer that answers as Dataiku's may, also in ways that ours never does. */
class DataikuTakeOverTest {

    private static final String ID = "CHURN-on-prod";
    private static final String ARCHIVE = "projects/CHURN/bundles/v1";

    @TempDir
    private Path directory;

    private DataikuStandIn dataiku;
    private World here;
    private final List<EmbeddedNode> nodes = new ArrayList<>();

    @BeforeEach
    void open() {
        dataiku = new DataikuStandIn().says(ARCHIVE, BundleZip.of("CHURN", "v1").bytes());
        here = new World(directory).key("deployer", "admin:token");
    }

    @AfterEach
    void close() {
        here.close();
        nodes.forEach(EmbeddedNode::close);
        dataiku.close();
    }

    private EmbeddedNode node(String nodeId, NodeType type) {
        EmbeddedNode node = EmbeddedNode.builder().nodeId(nodeId).type(type).world(state -> {
            DemoWorld.standard(state);
            DemoWorld.stage(state, "prod");
        }).start();
        nodes.add(node);
        return node;
    }

    /** An infrastructure of ours on these, and one of theirs that says this of its own. */
    private void infrastructure(String theirs, EmbeddedNode... ours) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (EmbeddedNode node : ours) {
            addresses.add(here.address("prod-" + addresses.size(), node.url(), node.key()));
        }
        here.infrastructure(World.infrastructure("prod", "Production", addresses));
        dataiku.infrastructure("prod", theirs).deployment(ID, "prod", "");
    }

    private static String at(EmbeddedNode node) {
        return "\"automationNodeUrl\": \"" + node.url() + "\"";
    }

    private NodeAddress source() {
        return new NodeAddress(dataiku.url(), "deployer-key");
    }

    private TakeOver.Adopted adopt() throws Exception {
        return here.deployer().takeOver().adopt("admin", source(), ID);
    }

    private DeployerContents read() {
        return here.deployer().takeOver().read("admin", source()).contents();
    }

    private static void refused(ThrowingCallable call, Refused.Reason reason, String said) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.getMessage()).contains(said);
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }

    private void nothingWasMade() {
        assertThat(here.deployer().records().deployment(ID)).isEmpty();
        assertThat(here.deployer().records().bundle("CHURN", "v1")).isEmpty();
        assertThat(dataiku.asked()).doesNotContain(ARCHIVE);
    }

    @Test
    void a_refusal_that_passes_leaves_nothing_and_the_next_try_has_the_bundle() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);
        dataiku.refuses(ARCHIVE, 500);
        refused(this::adopt, Refused.Reason.UNAVAILABLE, "bundles/v1");
        assertThat(here.deployer().records().deployment(ID)).isEmpty();
        dataiku.says(ARCHIVE, BundleZip.of("CHURN", "v1").bytes());
        here.bundleStorage(new BundleStorage(null, Long.MAX_VALUE, 0, 0, 2, 0));
        refused(this::adopt, Refused.Reason.NO_SPACE, "does not fit");
        assertThat(here.deployer().records().deployment(ID)).isEmpty();
        here.bundleStorage(new BundleStorage(null, 0, 0, 0, 2, 0));

        assertThat(adopt().published()).isTrue();
    }

    @Test
    void a_bundle_that_is_gone_there_is_said_and_the_deployment_is_taken() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);
        dataiku.refuses(ARCHIVE, 404);

        TakeOver.Adopted adopted = adopt();

        assertThat(adopted.published()).isFalse();
        assertThat(adopted.said()).anyMatch(said -> said.contains("Bundle v1 could not be downloaded"));
    }

    @Test
    void an_infrastructure_that_is_another_one_is_refused_before_anything_is_published() {
        EmbeddedNode ours = node("prod", NodeType.AUTOMATION);
        infrastructure("\"automationNodeUrl\": \"https://other.example.com:10000\"", ours);
        refused(this::adopt, Refused.Reason.CONFLICT, "is none of those that infrastructure prod has in the other deployer");
        infrastructure("\"automationNodes\": [{\"nodeId\": \"prod\"}, {\"nodeId\": \"prod-2\"}]", ours);
        refused(this::adopt, Refused.Reason.CONFLICT, "has a node in the other deployer, prod-2, that it does not have here");
        infrastructure("\"nodeId\": \"prod-2\"", ours);
        refused(this::adopt, Refused.Reason.CONFLICT, "is none of those");
        infrastructure(at(ours), ours, node("prod-2", NodeType.AUTOMATION));
        refused(this::adopt, Refused.Reason.CONFLICT, "Node prod node 2 (");
        nothingWasMade();
    }

    @Test
    void a_node_of_another_type_is_refused() {
        EmbeddedNode design = node("design", NodeType.DESIGN);
        infrastructure(at(design), design);
        refused(this::adopt, Refused.Reason.CONFLICT, "of type DESIGN");
        nothingWasMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nodeId\": \"prod\"", "\"automationNodes\": [{\"nodeId\": \"prod\"}]"})
    void a_node_is_known_by_its_id_where_the_url_is_not_told(String theirs) throws Exception {
        infrastructure(theirs, node("prod", NodeType.AUTOMATION));

        assertThat(adopt().said()).noneMatch(said -> said.contains("does not tell"));
    }

    @Test
    void what_dataiku_does_not_tell_of_its_nodes_is_said() throws Exception {
        infrastructure("\"autoconfigureFromNodesDirectory\": true", node("prod", NodeType.AUTOMATION));

        assertThat(adopt().said()).anyMatch(said -> said.contains("does not tell whether its infrastructure prod is on node prod"));
    }

    @Test
    void nodes_that_do_not_say_who_they_are_are_known_by_their_urls() throws Exception {
        EmbeddedNode first = node("", NodeType.AUTOMATION);
        EmbeddedNode second = node("", NodeType.AUTOMATION);
        infrastructure("\"automationNodes\": [{" + at(first) + "}, {" + at(second) + "}]", first, second);
        World there = new World(directory.resolve("there"));
        there.infrastructure(World.infrastructure("prod", "Production",
                List.of(there.address("prod-0", first.url(), first.key()), there.address("prod-1", second.url(), second.key()))));
        there.publish(BundleZip.of("CHURN", "v1"));
        Update before = there.deploy(World.request("CHURN", "v1", "prod"));
        there.close();
        assertThat(before.isDeployed()).as("%s", before.messages()).isTrue();

        assertThat(adopt().said()).isEmpty();

        assertThat(here.deployer().records().everDeployed(ID)).isTrue();
        Update update = here.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(update.isDeployed()).as("%s", update.messages()).isTrue();
    }

    @Test
    void a_project_that_belongs_to_a_deployment_here_is_refused_before_its_bundle_is_used_up() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);
        here.publish(BundleZip.of("CHURN", "v2"));
        here.deployer().administration().create("alice", "churn-prod", "CHURN", "prod", "v2", null, SettingsChange.NONE);

        refused(this::adopt, Refused.Reason.CONFLICT, "belongs to deployment \"churn-prod\" here");

        nothingWasMade();
    }

    @Test
    void what_the_other_side_says_in_words_of_its_own_is_left_and_named() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node) + ", \"codeEnvsBehavior\": {\"importTimeMode\": \"FAIL\"}, \"permissionsPropagationPolicy\": \"SOME\"", node);
        dataiku.deployment(ID, "prod", ", \"scenariosToActivate\": {\"TRAIN\": {\"active\": true}, \"TEST\": true}, \"tags\": [{\"x\": 1}, \"daily\"],"
                + " \"projectFolderId\": \"abc\"");

        assertThat(read().left()).anyMatch(said -> said.contains("infrastructure prod: importTimeMode FAIL"))
                .anyMatch(said -> said.contains("infrastructure prod: permissionsPropagationPolicy SOME"));
        TakeOver.Adopted adopted = adopt();
        assertThat(adopted.said()).anyMatch(said -> said.contains("scenario TRAIN of scenariosToActivate"))
                .anyMatch(said -> said.contains("one of its tags")).anyMatch(said -> said.contains("its project folder"));
        assertThat(adopted.deployment().settings().tags()).containsExactly("daily");
        assertThat(adopted.deployment().settings().scenarios()).containsOnlyKeys("TEST");
    }

    @Test
    void a_reading_takes_deployments_from_their_list_and_ends_when_its_time_is_up() {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);

        assertThat(read().deployments()).containsExactly(
                new ForeignDeployment(ID, ID, "CHURN", "prod", "prod", "CHURN", "v1"));
        assertThat(dataiku.asked()).doesNotContain("deployments/" + ID + "/settings").contains("infras/prod/settings");
        Cancellation over = new Cancellation();
        over.cancel();
        refused(() -> here.deployer().takeOver().read("admin", source(), over), Refused.Reason.UNAVAILABLE, "did not tell all within 5 minutes");
    }

    @Test
    void ids_that_configuration_would_refuse_are_named_and_patterns_are_no_projects() {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);
        dataiku.says("infras", "[{\"infraBasicInfo\": {\"id\": \"Prod\"}}, {\"infraBasicInfo\": {\"id\": \"prod\"}}]")
                .says("infras/Prod/settings", "{\"id\": \"Prod\", " + at(node) + "}")
                .says("projects", "[{\"projectBasicInfo\": {\"id\": \"*\"}}, {\"projectBasicInfo\": {\"id\": \"CHURN\"}}]")
                .says("projects/CHURN/settings", "{\"owner\": \"alice\"}").says("projects/*/settings", "{\"owner\": \"bob\"}");

        TakeOver.Reading reading = here.deployer().takeOver().read("admin", source());

        assertThat(reading.contents().left()).anyMatch(said -> said.contains("infrastructure prod: its id is another one's"))
                .anyMatch(said -> said.contains("infrastructure Prod: has no stage"))
                .anyMatch(said -> said.contains("project *: its key can be none here"));
        assertThat(reading.contents().projects()).extracting("pattern").containsExactly("CHURN");
        assertThat(reading.contents().stages()).extracting("name").containsExactly("Production");
        assertThat(reading.yaml()).doesNotContain("null").contains("whoever Jenkins has in the group of that name");
    }

    @Test
    void whose_word_was_believed_is_on_record() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);

        adopt();

        assertThat(here.deployer().records().bundle("CHURN", "v1").orElseThrow().origin()).isEqualTo("Project Deployer at " + dataiku.url());
    }

    @Test
    void the_record_of_what_was_found_names_the_deployer_that_said_so() throws Exception {
        EmbeddedNode node = node("prod", NodeType.AUTOMATION);
        infrastructure(at(node), node);
        try (World there = new World(directory.resolve("there"))) {
            there.infrastructure(World.infrastructure("prod", "Production", List.of(there.address("prod-0", node.url(), node.key()))));
            there.publish(BundleZip.of("CHURN", "v1"));
            assertThat(there.deploy(World.request("CHURN", "v1", "prod")).isDeployed()).isTrue();
        }

        adopt();

        assertThat(Files.readString(directory.resolve("journal").resolve("journal-000001.jsonl"))).contains("\"from\":\"" + dataiku.url());
    }
}

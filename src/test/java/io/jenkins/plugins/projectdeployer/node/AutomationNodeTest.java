package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutomationNodeTest extends OnEmbeddedNode {

    @Test
    void a_node_says_what_it_is() throws Exception {
        NodeInfo info = node.info();

        assertThat(info.nodeId()).isEqualTo("prod");
        assertThat(info.isAutomation()).isTrue();
        assertThat(info.version()).isEqualTo(server.state().version());
    }

    @Test
    void a_node_says_whom_it_sees() throws Exception {
        assertThat(node.actingAs("alice").caller())
                .isEqualTo(new CallerInfo("alice", List.of("data-team", "churn-team")));
    }

    @Test
    void a_login_beyond_ascii_arrives_as_it_is() throws Exception {
        server.state().directory().user("zoë.李", "release");

        assertThat(node.actingAs("zoë.李").caller()).isEqualTo(new CallerInfo("zoë.李", List.of("release")));
    }

    @Test
    void a_login_beyond_ascii_that_the_node_does_not_know_is_refused_and_the_message_says_what_to_do() throws Exception {
        AutomationNode zoe = node.actingAs("zoë.李");

        NodeException e = catchThrowableOfType(NodeException.class, zoe::projects);

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(e).hasMessageContaining("as \"zoë.李\"").hasMessageContaining("map it to a plain one");
    }

    @Test
    void a_first_deployment_creates_the_project_as_the_deploying_user_and_does_not_activate_it() throws Exception {
        String folder = server.state().folders().add("ROOT", "Marketing");

        assertThat(node.actingAs("svc_deploy").createFromBundle(bundle("v1"), folder, TransferProgress.NONE))
                .contains("CHURN");

        assertThat(node.findProject("CHURN")).contains(new ProjectOnNode("CHURN", "CHURN", "svc_deploy", null));
        assertThat(node.findProject("OTHER")).isEmpty();
        assertThat(server.state().project("CHURN").folderId()).isEqualTo(folder);
        assertThat(node.project("CHURN").bundles().ids()).containsExactly("v1");
    }

    @Test
    void a_bundle_is_imported_preloaded_and_activated() throws Exception {
        NodeProject project = deployed();
        ImportedBundles bundles = project.bundles();

        bundles.importBundle(bundle("v2"), TransferProgress.NONE);
        NodeReport preload = bundles.preload("v2", JobProgress.NONE);
        NodeReport activation = bundles.activate("v2", Map.of("TRAIN", true, "TEST_SMOKE", false), JobProgress.NONE);

        assertThat(bundles.ids()).containsExactly("v1", "v2");
        assertThat(preload.failed()).isFalse();
        assertThat(activation).isEqualTo(new NodeReport(List.of(), false, false, false));
        assertThat(node.findProject("CHURN").orElseThrow().activeBundle()).isEqualTo("v2");
        assertThat(server.state().project("CHURN").scenario("TRAIN").isActive()).isTrue();
        assertThat(server.calls().stream().map(Call::line))
                .contains("POST /projects/CHURN/bundles/imported/v2/actions/activate");
    }

    @Test
    void an_activation_that_the_node_refuses_is_told_by_error_and_fatal() throws Exception {
        BundleZip needy = BundleZip.of("CHURN", "v1").connection("sql-nowhere", "PostgreSQL");
        node.createFromBundle(bundle(needy), null, TransferProgress.NONE);

        NodeReport report = node.project("CHURN").bundles().activate("v1", Map.of(), JobProgress.NONE);

        assertThat(report.failed()).isTrue();
        assertThat(report.fatal()).isTrue();
        assertThat(report.messages()).singleElement().satisfies(entry -> {
            assertThat(entry.code()).isEqualTo("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
            assertThat(entry.toMessage().text()).contains("sql-nowhere");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'error':true,'fatal':false", "'messages':[{'severity':'ERROR','code':'X','message':'no'}]",
            "'messages':[{'severity':'WARNING','isFatal':true,'message':'no'}]", "'fatal':true"})
    void what_is_reported_as_an_error_or_as_fatal_was_not_done(String result) throws Exception {
        NodeProject project = deployed();
        server.faults().on("POST", "*/actions/preload").once(new Fault.Answer(200, "application/json",
                ("{'jobId':'j','hasResult':true,'alive':false,'result':{" + result + "}}").replace('\'', '"')));

        assertThat(project.bundles().preload("v1", JobProgress.NONE).failed()).isTrue();
    }

    @Test
    void an_imported_bundle_can_be_deleted() throws Exception {
        NodeProject project = deployed();
        project.bundles().importBundle(bundle("v2"), TransferProgress.NONE);

        project.bundles().delete("v2");

        assertThat(project.bundles().ids()).containsExactly("v1");
    }

    @Test
    void a_user_without_the_right_is_refused_in_the_nodes_words() throws Exception {
        deployed();
        ImportedBundles carols = node.actingAs("carol").project("CHURN").bundles();

        NodeException e = catchThrowableOfType(NodeException.class, () -> carols.preload("v1", JobProgress.NONE));

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(e).hasMessageContaining("as \"carol\"");
    }

    @Test
    void bundle_ids_with_anything_in_them_stay_one_segment() throws Exception {
        deployed();
        for (String id : List.of("a/b", "100%", "v 1;x", "é李", "a?b#c")) {
            NodeException e = catchThrowableOfType(
                    NodeException.class, () -> node.project("CHURN").bundles().preload(id, JobProgress.NONE));

            assertThat(e.said().orElse("")).as(id).contains("'" + id + "'");
        }
        NodeException e = catchThrowableOfType(
                NodeException.class, () -> node.project("CHURN").bundles().preload("../v1", JobProgress.NONE));
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void a_project_is_moved_to_a_folder() throws Exception {
        ProjectFolders folders = node.folders();
        ProjectFolders.Folder marketing = folders.create(folders.root().id(), "Marketing");
        ProjectFolders.Folder churn = folders.create(marketing.id(), "Churn");

        deployed();
        folders.move("CHURN", folders.root().id(), churn.id());

        assertThat(folders.find("Marketing/Churn").orElseThrow().projects()).containsExactly("CHURN");
        assertThat(folders.find("/Marketing//Churn/")).contains(folders.folder(churn.id()));
        assertThat(folders.find("")).contains(folders.root());
        assertThat(folders.find("Marketing/Nothing")).isEmpty();
    }

    @Test
    void users_and_groups_are_read_with_their_state() throws Exception {
        server.state().directory().enabled("bob", false);

        Map<String, NodeDirectory.User> users = node.directory().users();

        assertThat(users.get("alice")).isEqualTo(new NodeDirectory.User("alice", java.util.Set.of("data-team", "churn-team"), true));
        assertThat(users.get("bob").enabled()).isFalse();
        assertThat(node.directory().groups()).containsKeys("release", "administrators");
    }

    @Test
    void resources_are_read_without_their_secrets() throws Exception {
        server.state().resources().connectionUsableBy("sql-prod", "release").codeEnv("PYTHON", "old").outOfDate("PYTHON", "old");
        NodeResources resources = node.resources();

        Map<String, NodeConnection> connections = resources.connections();

        assertThat(connections.get("sql-prod").type()).isEqualTo("PostgreSQL");
        assertThat(connections.get("sql-prod").grants())
                .isEqualTo(new ResourceGrants(null, false, List.of(Grant.toGroup("release", ResourceRight.USE))));
        assertThat(connections.get("sql-test").grants().usableByAll()).isTrue();
        assertThat(resources.codeEnvs())
                .extracting(NodeResources.CodeEnv::name, NodeResources.CodeEnv::upToDate)
                .contains(org.assertj.core.groups.Tuple.tuple("py311", true), org.assertj.core.groups.Tuple.tuple("old", false));
        assertThat(resources.codeEnv("PYTHON", "py311").get().path("envName").asText()).isEqualTo("py311");
        assertThat(resources.clusters()).containsExactly("k8s-main");
        assertThat(resources.cluster("k8s-main").get().path("id").asText()).isEqualTo("k8s-main");
        assertThat(resources.containerConfigs().get("k8s-small").resource().grants().usableByAll()).isTrue();
        assertThat(resources.plugins()).containsEntry("timeseries-preparation", "2.0.5");
    }
}

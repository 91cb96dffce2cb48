package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationTest {
    private final EmbeddedNode node =
            EmbeddedNode.builder().nodeId("prod").world(state -> DemoWorld.stage(state, "prod")).start();
    private final Probe alice = new Probe(node).as("alice");

    @AfterEach
    void stop() {
        node.close();
    }

    private static BundleZip bundle(String id) {
        return BundleZip.of("CHURN", id).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").scenario("TRAIN");
    }

    private JsonNode activate(String bundle, JsonNode options) throws IOException {
        return alice.post("/projects/CHURN/bundles/imported/" + bundle + "/actions/activate", options).result();
    }

    private Project project() {
        return node.state().project("CHURN");
    }

    @Test
    void creating_from_a_bundle_does_not_activate_it() throws Exception {
        Probe.Answer created = alice.upload("/projectsFromBundle/", bundle("v1").bytes());
        assertThat(created.json().path("projectKey").asText()).isEqualTo("CHURN");
        assertThat(project().activeBundleId()).isNull();
        assertThat(project().importedBundleIds()).containsExactly("v1");
        assertThat(project().scenarioIds()).isEmpty();
        assertThat(project().permissions()).isEmpty();
    }

    @Test
    void a_missing_connection_is_fatal_and_nothing_is_activated() throws Exception {
        alice.upload("/projectsFromBundle/", bundle("v1").bytes());
        JsonNode report = activate("v1", Json.object());
        assertThat(report.path("fatal").asBoolean()).isTrue();
        assertThat(report.path("error").asBoolean()).isTrue();
        assertThat(report.at("/messages/0/code").asText()).isEqualTo("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
        assertThat(project().activeBundleId()).isNull();
        assertThat(project().scenarioIds()).isEmpty();
    }

    @Test
    void a_remapped_connection_must_have_the_same_type() throws Exception {
        alice.upload("/projectsFromBundle/", bundle("v1").bytes());
        alice.remap("CHURN", "sql-dev", "filesystem_managed");
        JsonNode report = activate("v1", Json.object());
        assertThat(report.at("/messages/0/code").asText()).isEqualTo("ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_TYPE");
        assertThat(project().activeBundleId()).isNull();
    }

    @Test
    void a_connection_that_the_acting_user_may_not_use_is_fatal() throws Exception {
        node.state().resources().connectionUsableBy("sql-prod", "release");
        alice.upload("/projectsFromBundle/", bundle("v1").bytes());
        alice.remap("CHURN", "sql-dev", "sql-prod");
        assertThat(activate("v1", Json.object()).at("/messages/0/code").asText())
                .isEqualTo("ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_PERMISSIONS");
    }

    @Test
    void a_good_activation_moves_datasets_to_the_remapped_connection_and_does_not_claim_success() throws Exception {
        alice.upload("/projectsFromBundle/", bundle("v1").variable("rate", "3").bytes());
        alice.remap("CHURN", "sql-dev", "sql-prod");
        JsonNode report = activate("v1", Json.object());
        assertThat(report.path("success").asBoolean(true)).isFalse();
        assertThat(report.path("error").asBoolean(true)).isFalse();
        assertThat(report.path("fatal").asBoolean(true)).isFalse();
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().standardVariables().path("rate").asText()).isEqualTo("3");
        assertThat(alice.get("/projects/").json().at("/0/activeBundleState/bundleId").asText()).isEqualTo("v1");
    }

    @Test
    void scenarios_begin_off_follow_the_call_and_are_remembered_from_then_on() throws Exception {
        BundleZip first = BundleZip.of("CHURN", "v1").scenario("A", s -> s.put("active", true)).scenario("B");
        alice.deploy(first);
        assertThat(project().scenario("A").isActive()).isFalse();
        ObjectNode options = Json.object();
        options.putObject("scenariosActiveOnActivation").put("A", true);
        activate("v1", options);
        assertThat(project().scenario("A").isActive()).isTrue();
        alice.deploy(BundleZip.of("CHURN", "v2").scenario("A").scenario("B"));
        assertThat(project().scenario("A").isActive()).isTrue();
        assertThat(project().scenario("B").isActive()).isFalse();
    }

    @Test
    void scenarios_made_on_the_node_stay_and_those_of_an_older_bundle_go() throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1").scenario("A").scenario("OLD"));
        project().addLocalScenario("LOCAL", "carol").active(true);
        project().addLocalScenario("NEW", "carol").active(true);
        alice.deploy(BundleZip.of("CHURN", "v2").scenario("A").scenario("NEW"));
        assertThat(project().scenarioIds()).containsExactlyInAnyOrder("A", "LOCAL", "NEW");
        assertThat(project().scenario("LOCAL").isActive()).isTrue();
        assertThat(project().scenario("NEW").runsAs()).as("the bundle's overwrote it").isEqualTo("alice");
    }

    @Test
    void local_variables_survive_and_standard_ones_come_with_the_bundle() throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1").variable("a", "1"));
        ObjectNode variables = (ObjectNode) alice.get("/projects/CHURN/variables/").json();
        Json.child(variables, "local").put("stage", "prod");
        alice.put("/projects/CHURN/variables/", variables);
        alice.deploy(BundleZip.of("CHURN", "v2").variable("a", "2"));
        assertThat(project().localVariables().path("stage").asText()).isEqualTo("prod");
        assertThat(project().standardVariables().path("a").asText()).isEqualTo("2");
        assertThat(alice.put("/projects/CHURN/variables/", Json.object().set("local", Json.object())).status()).isEqualTo(500);
    }

    @Test
    void preload_installs_missing_code_envs_or_fails_or_does_nothing_as_the_project_says() throws Exception {
        alice.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").codeEnv("ml").bytes());
        assertThat(preload("FAIL_IF_MISS").path("fatal").asBoolean()).isTrue();
        assertThat(project().isPreloaded("v1")).isFalse();
        assertThat(preload("DO_NOTHING").path("error").asBoolean(true)).isFalse();
        assertThat(node.state().resources().hasCodeEnv("PYTHON", "ml")).isFalse();
        assertThat(activate("v1", Json.object()).path("warning").asBoolean()).as("code env is missing").isTrue();
        assertThat(preload("INSTALL_IF_MISS").path("error").asBoolean(true)).isFalse();
        assertThat(node.state().resources().hasCodeEnv("PYTHON", "ml")).isTrue();
        node.state().resources().outOfDate("PYTHON", "ml");
        assertThat(preload("FAIL_IF_MISS").path("fatal").asBoolean()).as("out of date").isTrue();
    }

    private JsonNode preload(String importTimeMode) throws IOException {
        ObjectNode settings = (ObjectNode) alice.get("/projects/CHURN/settings").json();
        Json.child(Json.child(settings, "bundleContainerSettings"), "codeEnvsBehavior").put("importTimeMode", importTimeMode);
        alice.put("/projects/CHURN/settings", settings);
        return alice.post("/projects/CHURN/bundles/imported/v1/actions/preload").result();
    }

    @Test
    void settings_drop_what_they_do_not_know_and_have_no_bundle_settings_at_first() throws Exception {
        alice.upload("/projectsFromBundle/", bundle("v1").bytes());
        ObjectNode settings = (ObjectNode) alice.get("/projects/CHURN/settings").json();
        assertThat(settings.has("bundleContainerSettings")).isFalse();
        settings.put("nonsense", 1);
        Json.child(Json.child(settings, "bundleContainerSettings"), "remapping").put("alsoNonsense", 1).putArray("codeEnvs");
        assertThat(alice.put("/projects/CHURN/settings", settings).status()).isEqualTo(200);
        JsonNode after = alice.get("/projects/CHURN/settings").json();
        assertThat(after.has("nonsense")).isFalse();
        assertThat(after.at("/bundleContainerSettings/remapping").has("alsoNonsense")).isFalse();
        assertThat(after.at("/bundleContainerSettings/remapping").has("codeEnvs")).isTrue();
    }

    @Test
    void propagation_from_an_archive_knows_three_policies_and_leaves_out_who_is_unknown(@TempDir Path directory) throws Exception {
        Path zip = bundle("v1")
                .permission("churn-team", ProjectFlag.writeProjectContent, ProjectFlag.runScenarios)
                .permission("ghosts", ProjectFlag.readProjectContent)
                .userPermission("carol", ProjectFlag.admin)
                .writeTo(directory.resolve("v1.zip"));
        String call = "/projectsFromBundle/fromArchive?archivePath=" + zip + "&permissionsPropagationPolicy=";
        alice.post(call + "NONE");
        assertThat(project().permissions()).isEmpty();
        alice.delete("/projects/CHURN");
        alice.post(call + "READ_ONLY");
        assertThat(project().permissions()).hasSize(2);
        assertThat(project().permissions().get(0).path("readProjectContent").asBoolean()).isTrue();
        assertThat(project().permissions().get(0).path("writeProjectContent").asBoolean()).isFalse();
        alice.delete("/projects/CHURN");
        alice.post(call + "ALL");
        assertThat(project().permissions().get(1).path("user").asText()).isEqualTo("carol");
        assertThat(project().permissions().get(1).path("admin").asBoolean()).isTrue();
        assertThat(project().owner()).isEqualTo("alice");
    }

    @Test
    void a_node_refuses_what_is_not_a_new_bundle_of_that_project(@TempDir Path directory) throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1"));
        String importing = "/projects/CHURN/bundles/imported/actions/importFromStream";
        assertThat(alice.upload(importing, BundleZip.of("CHURN", "v1").bytes()).message()).contains("already exists");
        assertThat(alice.upload(importing, BundleZip.of("OTHER", "v1").bytes()).message()).contains("OTHER").contains("CHURN");
        assertThat(alice.upload(importing, BundleZip.plainExport("CHURN").bytes()).message()).contains("no bundleId");
        assertThat(alice.upload(importing, "not a zip".getBytes()).message()).contains("Invalid bundle archive");
        assertThat(alice.upload(importing, new byte[0]).message()).contains("Invalid bundle archive");
        assertThat(alice.upload(importing, BundleZip.of("CHURN", "v2").encrypted().bytes()).message()).contains("encrypted");
        assertThat(alice.upload(importing, BundleZip.of("CHURN", "v2").withoutManifest().bytes()).message()).contains("export-manifest.json");
        byte[] whole = Files.readAllBytes(BundleZip.of("CHURN", "v2").writeTo(directory.resolve("z")));
        assertThat(alice.upload(importing, java.util.Arrays.copyOf(whole, whole.length / 2)).message()).contains("Invalid bundle archive");
        assertThat(alice.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v9").bytes()).message()).contains("already exists");
        assertThat(project().importedBundleIds()).containsExactly("v1");
    }

    @Test
    void a_design_node_takes_no_bundles() throws Exception {
        node.state().nodeType(NodeType.DESIGN);
        assertThat(alice.upload("/projectsFromBundle/", bundle("v1").bytes()).message()).contains("automation node");
    }

    @Test
    void a_bundle_of_a_newer_version_is_refused_and_odd_versions_are_not() throws Exception {
        node.state().version("13.3.0");
        assertThat(alice.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").dssVersion("13.10.0").bytes()).message()).contains("13.10.0");
        alice.deploy(BundleZip.of("CHURN", "v1").dssVersion("dev/doesnotmatter"));
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(alice.delete("/projects/CHURN/bundles/imported/v1").status()).as("came with 13.5.3").isEqualTo(404);
    }

    @Test
    void a_report_can_come_without_its_wrapping() throws Exception {
        node.state().futures().bareReports(true);
        alice.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").bytes());
        JsonNode report = alice.post("/projects/CHURN/bundles/imported/v1/actions/preload").json();
        assertThat(report.has("hasResult")).isFalse();
        assertThat(report.path("error").asBoolean(true)).isFalse();
    }

    @Test
    void a_scene_can_be_set_with_an_earlier_deployment() throws Exception {
        node.state().deployed(BundleZip.of("CHURN", "v1").scenario("A"), "alice").scenario("A").active(true).runAsUser("svc_run");
        assertThat(alice.get("/projects/").json().at("/0/activeBundleState/bundleId").asText()).isEqualTo("v1");
        alice.deploy(BundleZip.of("CHURN", "v2").scenario("A", s -> s.put("runAsUser", "admin")));
        assertThat(project().scenario("A").isActive()).isTrue();
        assertThat(project().scenario("A").runAsUser()).as("bundles bring their own run-as users").isEqualTo("admin");
    }

    @Test
    void webapps_start_with_the_bundle_that_brings_them() throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1").webapp("dash"));
        assertThat(project().webapp("dash").isRunning()).isTrue();
        alice.put("/projects/CHURN/webapps/dash/backend/actions/stop", Json.object());
        assertThat(alice.get("/projects/CHURN/webapps/dash/backend/state").json().at("/futureInfo/alive").asBoolean()).isFalse();
        alice.put("/projects/CHURN/webapps/dash/backend/actions/restart", Json.object());
        assertThat(project().webapp("dash").restarts()).isEqualTo(2);
    }

    @Test
    void the_active_bundle_is_not_deleted_and_others_are() throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1"));
        alice.deploy(BundleZip.of("CHURN", "v2"));
        assertThat(alice.delete("/projects/CHURN/bundles/imported/v2").status()).isEqualTo(500);
        assertThat(alice.delete("/projects/CHURN/bundles/imported/v1").status()).isEqualTo(200);
        assertThat(alice.get("/projects/CHURN/bundles/imported").json().path("bundles")).hasSize(1);
    }
}

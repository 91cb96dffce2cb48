package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.ProjectPermission;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionResourcesTest {

    private static final String PERMISSIONS = "/deployments/CHURN-on-prod/permissions";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1").owner("alice")
                .permission("data-team", ProjectFlag.writeProjectContent)
                .permission("release", ProjectFlag.readDashboards)
                .userPermission("carol", ProjectFlag.shareToWorkspaces));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode deployed(PermissionsPropagation propagation) {
        world.policies("prod", propagation, "svc_deploy", null, null);
        world.deploy(World.request("CHURN", "v1", "prod"));
        return alice.get(PERMISSIONS);
    }

    private static JsonNode line(JsonNode permissions, String name) {
        return StreamSupport.stream(permissions.at("/nodes/0/lines").spliterator(), false)
                .filter(line -> line.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static JsonNode cell(JsonNode permissions, String name, ProjectPermission permission) {
        return line(permissions, name).path("cells").get(permission.ordinal());
    }

    @Test
    void after_a_full_propagation_the_node_has_what_the_design_project_has() {
        JsonNode permissions = deployed(PermissionsPropagation.ALL);

        assertThat(permissions.path("permissions").findValuesAsText("label")).hasSize(11).startsWith("Admin", "Read project content");
        assertThat(permissions.at("/permissions/2/alsoGrants")).extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("Read project content", "Read dashboards", "Run scenarios", "Write dashboards");
        assertThat(permissions.path("bundle").asText()).isEqualTo("v1");
        assertThat(permissions.path("propagation").asText()).isEqualTo("ALL");
        assertThat(permissions.at("/nodes/0/node").asText()).isEqualTo("prod");
        assertThat(cell(permissions, "data-team", ProjectPermission.WRITE_PROJECT_CONTENT).path("is").asText()).isEqualTo("GRANTED");
        assertThat(cell(permissions, "data-team", ProjectPermission.RUN_SCENARIOS).path("is").asText()).isEqualTo("IMPLIED");
        assertThat(cell(permissions, "data-team", ProjectPermission.ADMIN).path("is").asText()).isEqualTo("NO");
        assertThat(line(permissions, "data-team").path("differences").asInt()).isZero();
        assertThat(line(permissions, "svc_deploy").path("owner").asBoolean()).isTrue();
        assertThat(line(permissions, "svc_deploy").path("inDesign").asBoolean()).isFalse();
        assertThat(cell(permissions, "svc_deploy", ProjectPermission.ADMIN).path("difference").asText()).isEqualTo("MORE");
        assertThat(line(permissions, "alice").path("designOwner").asBoolean()).isTrue();
        assertThat(line(permissions, "alice").path("differences").asInt()).as("Full gives the design owner everything").isZero();
        assertThat(permissions.at("/nodes/0/differences").asInt()).isEqualTo(11);
    }

    @Test
    void what_a_limited_propagation_leaves_out_is_a_difference_of_each_cell() {
        JsonNode permissions = deployed(PermissionsPropagation.READ_ONLY);

        assertThat(cell(permissions, "data-team", ProjectPermission.READ_PROJECT_CONTENT).path("is").asText()).isEqualTo("GRANTED");
        assertThat(cell(permissions, "data-team", ProjectPermission.READ_PROJECT_CONTENT).path("design").asText()).isEqualTo("IMPLIED");
        assertThat(cell(permissions, "data-team", ProjectPermission.READ_PROJECT_CONTENT).path("difference").isNull()).as("held in both").isTrue();
        assertThat(cell(permissions, "data-team", ProjectPermission.WRITE_PROJECT_CONTENT).path("difference").asText()).isEqualTo("LESS");
        assertThat(cell(permissions, "release", ProjectPermission.READ_PROJECT_CONTENT).path("difference").asText()).isEqualTo("MORE");
    }

    @Test
    void without_propagation_whoever_is_in_the_design_project_alone_has_a_line_too() {
        JsonNode permissions = deployed(PermissionsPropagation.NONE);

        assertThat(line(permissions, "data-team").path("onNode").asBoolean()).isFalse();
        assertThat(line(permissions, "data-team").path("inDesign").asBoolean()).isTrue();
        assertThat(line(permissions, "carol").path("differences").asInt()).isEqualTo(2);
    }

    @Test
    void what_somebody_changes_on_the_node_shows_with_the_next_look() {
        deployed(PermissionsPropagation.ALL);
        world.node("prod").forgetCalls();
        alice.get(PERMISSIONS);
        assertThat(world.node("prod").calls()).as("looked at a moment ago").isEmpty();

        world.node("prod").state().project("CHURN").grant("board", ProjectFlag.admin);
        world.later(Duration.ofMinutes(1));

        JsonNode board = line(alice.get(PERMISSIONS), "board");
        assertThat(board.path("onNode").asBoolean()).isTrue();
        assertThat(board.path("inDesign").asBoolean()).isFalse();
        assertThat(board.path("differences").asInt()).isEqualTo(11);
    }

    @Test
    void what_could_not_be_looked_at_is_said() {
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null,
                io.jenkins.plugins.projectdeployer.model.SettingsChange.NONE);
        JsonNode before = alice.get(PERMISSIONS);
        assertThat(before.path("nodes")).isEmpty();
        assertThat(before.path("why")).extracting(JsonNode::asText).containsExactly("No update has come to a node yet.");

        deployed(PermissionsPropagation.ALL);
        world.later(Duration.ofMinutes(1)).node("prod").state().removeProject("CHURN");
        JsonNode gone = alice.get(PERMISSIONS);
        assertThat(gone.path("nodes")).isEmpty();
        assertThat(gone.path("why")).extracting(JsonNode::asText).allMatch(why -> why.startsWith("prod: Project CHURN is not on the node"));
    }

    @Test
    void a_bundle_that_says_nothing_of_it_is_compared_with_nothing() {
        world.publish(BundleZip.of("CHURN", "v2").params(params -> params.remove("owner")));
        world.deploy(World.request("CHURN", "v2", "prod"));

        JsonNode permissions = alice.get(PERMISSIONS);

        assertThat(permissions.path("designKnown").asBoolean()).isFalse();
        assertThat(line(permissions, "svc_deploy").path("inDesign").isNull()).isTrue();
        assertThat(cell(permissions, "svc_deploy", ProjectPermission.ADMIN).path("design").isNull()).isTrue();
        assertThat(permissions.at("/nodes/0/differences").asInt()).isZero();
    }

    @Test
    void whoever_may_not_see_the_deployment_learns_nothing_of_it() {
        deployed(PermissionsPropagation.ALL);
        world.node("prod").forgetCalls();

        Caller.Answer hidden = alice.as("carol").ask("GET", PERMISSIONS, null);
        Caller.Answer absent = alice.as("carol").ask("GET", PERMISSIONS.replace("CHURN", "NOPE"), null);

        assertThat(hidden.status()).isEqualTo(404).isEqualTo(absent.status());
        assertThat(hidden.error()).isEqualTo(absent.error().replace("NOPE", "CHURN"));
        assertThat(world.node("prod").calls()).isEmpty();
    }
}

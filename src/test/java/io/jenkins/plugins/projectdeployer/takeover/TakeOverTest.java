package io.jenkins.plugins.projectdeployer.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From another deployer, which is one of ours here and speaks as Dataiku's does, to a new one. */
class TakeOverTest {

    private static final String YAML_MARK = "tag: \"${HOME}\"\n- x";

    @TempDir
    private Path directory;

    private World there;
    private World here;
    private ApiServer server;
    private NodeAddress source;

    @BeforeEach
    void open() {
        there = new World(directory.resolve("there")).infrastructure("prod", "Production").infrastructure("dev", "Development");
        there.connections("prod", new Remap("sql-dev", "sql-prod"));
        there.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", null);
        there.hooks("prod", World.hook("notify", HookPhase.POST, World.executing("return HookResult.success('told')")));
        server = new ApiServer(there.deployer(), key -> key.token().equals("token")
                ? Optional.of(there.people().person(key.userId())) : Optional.empty(), path -> Optional.empty());
        here = new World(directory.resolve("here")).key("deployer", "admin:token");
        source = new NodeAddress(server.url(), "deployer-key");
    }

    @AfterEach
    void close() {
        here.close();
        server.close();
        there.close();
    }

    private TakeOver takeOver() {
        return here.deployer().takeOver();
    }

    private void deployThere() {
        there.publish(BundleZip.of("CHURN", "v1").scenario("TRAIN"));
        Update deployed = there.deploy(World.request("CHURN", "v1", "prod").settings(
                new SettingsChange(null, null, null, null, null, Map.of("limit", Json.MAPPER.valueToTree(10)), Map.of("TRAIN", true), null, List.of(YAML_MARK))));
        assertThat(deployed.isDeployed()).isTrue();
    }

    /** As the file does it once it is loaded, with the node and the key that it names. */
    private void configureHere() {
        EmbeddedNode node = there.node("prod");
        here.infrastructure(World.infrastructure("prod", "Production", List.of(here.address("prod", node.url(), node.key()))));
    }

    private static Configuration read(String yaml) throws IOException {
        return Json.STRICT.treeToValue(new YAMLMapper().readTree(yaml).at("/unclassified/projectDeployer"), Configuration.class);
    }

    @Test
    void stages_infrastructures_and_rights_become_configuration_as_code() throws Exception {
        deployThere();

        TakeOver.Reading reading = takeOver().read("admin", source);

        Configuration written = read(reading.yaml());
        assertThat(written.stages()).extracting("name").containsExactly("Development", "Test", "Production");
        Infrastructure prod = written.infrastructure("prod").orElseThrow();
        Infrastructure was = there.configuration().infrastructure("prod").orElseThrow();
        assertThat(prod.nodes()).containsExactly(new NodeAddress(was.nodes().get(0).url(), "prod-key"));
        assertThat(prod.grants()).containsExactlyElementsOf(was.grants());
        assertThat(prod.connections()).containsExactly(new Remap("sql-dev", "sql-prod"));
        assertThat(prod.policies()).isEqualTo(was.policies());
        assertThat(prod.stage()).isEqualTo("Production");
        assertThat(written.ruleFor("CHURN").orElseThrow().grants()).contains(Grant.toUser("alice", ProjectRight.ADMIN));
        assertThat(reading.yaml())
                .contains("#   prod-key: infrastructure prod, " + was.nodes().get(0).url())
                .contains("#   infrastructure prod: hook notify of postDeploymentHooks; enter it")
                .doesNotContain(there.node("prod").key());
        assertThat(reading.contents().deployments()).extracting(ForeignDeployment::id).containsExactly("CHURN-on-prod");
        assertThat(takeOver().isHere(reading.contents().deployments().get(0))).isFalse();
    }

    @Test
    void a_deployment_is_ours_with_its_bundle_and_the_node_was_only_read() throws Exception {
        deployThere();
        configureHere();
        there.node("prod").forgetCalls();

        TakeOver.Adopted adopted = takeOver().adopt("admin", source, "CHURN-on-prod");

        assertThat(adopted.said()).isEmpty();
        assertThat(adopted.published()).isTrue();
        assertThat(there.node("prod").calls()).isNotEmpty().extracting(Call::method).containsOnly("GET");
        Deployment ours = here.deployer().records().deployment("CHURN-on-prod").orElseThrow();
        assertThat(ours).isEqualTo(adopted.deployment());
        assertThat(ours.bundleId()).isEqualTo("v1");
        assertThat(ours.adopted()).isTrue();
        assertThat(ours.settings().tags()).containsExactly(YAML_MARK);
        assertThat(ours.settings().scenarios()).isEqualTo(Map.of("TRAIN", true));
        assertThat(ours.settings().variables()).containsKey("limit");
        assertThat(here.deployer().records().bundle("CHURN", "v1").orElseThrow().sha256())
                .isEqualTo(there.deployer().records().bundle("CHURN", "v1").orElseThrow().sha256());
        assertThat(takeOver().isHere(takeOver().read("admin", source).contents().deployments().get(0))).isTrue();
        refused(() -> takeOver().adopt("admin", source, "CHURN-on-prod"), Refused.Reason.CONFLICT, "There is a deployment \"CHURN-on-prod\" already.");
    }

    @Test
    void its_next_update_needs_nobody_to_adopt_the_project_and_sends_nothing_twice() throws Exception {
        deployThere();
        configureHere();
        takeOver().adopt("admin", source, "CHURN-on-prod");
        here.restart();
        there.node("prod").forgetCalls();

        Update same = here.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(same.status()).as(same.messages().toString()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(there.node("prod").calls()).noneMatch(call -> call.toString().contains("importFromStream"));
        assertThat(there.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        here.publish("admin", BundleZip.of("CHURN", "v2").scenario("TRAIN").bytes());
        assertThat(here.deploy(World.request("CHURN", "v2", "prod")).isDeployed()).isTrue();
    }

    @Test
    void what_is_not_as_it_should_be_is_said() throws Exception {
        deployThere();
        there.publish(BundleZip.of("CHURN", "v2").scenario("TRAIN"));
        there.deployer().administration().change("alice", "CHURN-on-prod", "v2", SettingsChange.NONE);
        refused(() -> takeOver().adopt("admin", source, "CHURN-on-prod"), Refused.Reason.CONFLICT, "load the configuration first");
        configureHere();
        here.publish("admin", BundleZip.of("CHURN", "v2").scenario("OTHER").bytes());

        TakeOver.Adopted adopted = takeOver().adopt("admin", source, "CHURN-on-prod");

        assertThat(adopted.said()).hasSize(2);
        assertThat(adopted.said().get(0)).contains("On prod bundle v1 is active, not v2");
        assertThat(adopted.said().get(1)).contains("Bundle v2 could not be published here");
        assertThat(adopted.published()).isFalse();
        assertThat(adopted.deployment().bundleId()).isEqualTo("v2");
    }

    @Test
    void a_deployment_that_was_never_carried_out_is_taken_as_it_is() throws Exception {
        there.publish(BundleZip.of("CHURN", "v1"));
        there.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
        configureHere();

        TakeOver.Adopted adopted = takeOver().adopt("admin", source, "CHURN-on-prod");

        assertThat(adopted.said()).containsExactly("Project CHURN is not on prod; its first update makes it.");
        assertThat(adopted.deployment().adopted()).isFalse();
        assertThat(here.deployer().records().everDeployed("CHURN-on-prod")).isFalse();
        assertThat(here.deploy(World.request("CHURN", "v1", "prod")).isDeployed()).isTrue();
    }

    @Test
    void it_is_for_administrators_alone() {
        refused(() -> takeOver().read("alice", source), Refused.Reason.FORBIDDEN, "administer Jenkins");
        refused(() -> takeOver().adopt("alice", source, "CHURN-on-prod"), Refused.Reason.FORBIDDEN, "administer Jenkins");
    }

    @Test
    void what_the_other_side_refuses_is_said_in_one_sentence() {
        here.key("deployer", "carol:token");
        refused(() -> takeOver().read("admin", source), Refused.Reason.FORBIDDEN, "sees no infrastructure: give one with admin rights");
        here.key("deployer", "alice:token");
        refused(() -> takeOver().read("admin", source), Refused.Reason.FORBIDDEN, "does not administer infrastructure ");
        here.key("deployer", "admin:wrong");
        refused(() -> takeOver().read("admin", source), Refused.Reason.FORBIDDEN, "does not accept the API key");
        EmbeddedNode node = there.node("prod");
        here.key("deployer", node.key());
        refused(() -> takeOver().read("admin", new NodeAddress(node.url(), "deployer-key")), Refused.Reason.INVALID,
                "does not answer as a Project Deployer");
        refused(() -> takeOver().read("admin", new NodeAddress("http://127.0.0.1:1", "deployer-key")), Refused.Reason.UNAVAILABLE, "the other deployer");
        refused(() -> takeOver().read("admin", new NodeAddress("deployer", "deployer-key")), Refused.Reason.INVALID, "is not an address");
        refused(() -> takeOver().read("admin", new NodeAddress(server.url(), null)), Refused.Reason.INVALID, "credentialsId");
    }

    private static void refused(ThrowingCallable call, Refused.Reason reason, String said) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.getMessage()).contains(said).doesNotContain("\n", "admin:", "carol:", "alice:");
            assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        });
    }

    @Test
    void rights_that_imply_each_other_become_the_fewest() {
        String lines = "[{\"group\": \"a\", \"read\": true, \"deploy\": true, \"admin\": false}, {\"group\": \"b\", \"read\": true}, {\"group\": \"c\"}]";
        assertThat(Foreign.grants(Json.read(lines, com.fasterxml.jackson.databind.JsonNode.class),
                Map.of("read", InfrastructureRight.READ, "deploy", InfrastructureRight.DEPLOY), InfrastructureRight::implies))
                .containsExactly(Grant.toGroup("a", InfrastructureRight.DEPLOY), Grant.toGroup("b", InfrastructureRight.READ));
    }
}

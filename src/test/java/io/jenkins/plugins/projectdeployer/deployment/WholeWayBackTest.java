package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Going back brings back everything that the update changed, by itself after a failure as well as on demand. */
class WholeWayBackTest extends OnProd {

    private Deployment before;
    private Map<String, Object> onNode;

    @BeforeEach
    void a_first_bundle_with_a_life_of_its_own() {
        node().state().resources().connection("sql-other", "PostgreSQL");
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(settings("sql-prod", "1", true, false)));
        project().grant("release", ProjectFlag.readProjectContent);
        project().scenario("NIGHTLY").runAsUser("svc_hooks");
        project().webapp("dash").runAsUser("svc_hooks");
        before = deployment();
        onNode = seen();
        world.publish(churn("v2"));
    }

    @Test
    void after_a_failure() {
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        List<Boolean> on = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before ROLL_BACK")) {
                // The first look at them after the old bundle's activation.
                node().faults().on("GET", "*/scenarios/").once(new Fault.Meanwhile(() -> on.add(project().scenario("NIGHTLY").isActive())));
            }
        });
        Update update = world.deploy(changed().testScenarios(List.of("TEST_SMOKE")).onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(on).as("while it is not set whom it runs as").containsExactly(false);
        assertThat(seen()).isEqualTo(onNode);
        assertThat(deployment()).isEqualTo(before);
    }

    @Test
    void on_demand() {
        Update second = world.deploy(changed());
        assertThat(second.status()).as("%s", second.messages()).isEqualTo(UpdateStatus.SUCCESS);
        project().grant("others", ProjectFlag.admin);
        assertThat(seen()).allSatisfy((what, now) -> assertThat(now).as(what).isNotEqualTo(onNode.get(what)));
        List<Boolean> on = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before SECURE")) {
                on.add(project().scenario("NIGHTLY").isActive());
            }
        });
        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(on).as("while it is not set whom it runs as").containsExactly(false);
        assertThat(seen()).isEqualTo(onNode);
        assertThat(deployment()).isEqualTo(before);
    }

    @Test
    void from_a_bundle_that_was_saved_beforehand_and_came_to_the_node_at_the_second_try() {
        administration().change("alice", before.id(), "v2", settings("sql-prod", "2", true, false));
        node().faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        assertThat(world.deploy(World.request("CHURN", null, "prod")).status()).isEqualTo(UpdateStatus.FAILED);
        Update second = world.deploy(World.request("CHURN", null, "prod"));
        assertThat(second.status()).as("%s", second.messages()).isEqualTo(UpdateStatus.SUCCESS);
        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(back.plan().deployment().bundleId()).as("what approvers see, and what is sent").isEqualTo("v1");
        assertThat(seen()).isEqualTo(onNode);
        assertThat(deployment()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void to_a_bundle_that_somebody_had_activated_on_the_node_itself(OnFailure onFailure) {
        assertThat(world.deploy(World.request("CHURN", "v2", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
        world.post("prod", "/projects/CHURN/bundles/imported/v1/actions/activate");
        world.publish(churn("v3"));
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        Update third = world.deploy(World.request("CHURN", "v3", "prod").testScenarios(List.of("TEST_SMOKE")).onFailure(onFailure));
        if (onFailure == OnFailure.STOP) {
            Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(third.number()));
            assertThat(back.plan().deployment().bundleId()).isEqualTo("v1");
        }

        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(deployment().bundleId()).as("it wants what is there").isEqualTo("v1");
    }

    private DeployRequest.Builder changed() {
        return World.request("CHURN", "v2", "prod").settings(settings("sql-other", "2", false, true));
    }

    private static SettingsChange settings(String connection, String variable, boolean nightly, boolean triggersOff) {
        return new SettingsChange(null, List.of(new Remap("sql-dev", connection)), null, null, null,
                Map.of("n", TextNode.valueOf(variable)), Map.of("NIGHTLY", nightly), triggersOff, null);
    }

    private Deployment deployment() {
        return world.deployer().records().deployment("CHURN-on-prod").orElseThrow();
    }

    /** Everything that an update may change on the node, as it is there. */
    private Map<String, Object> seen() {
        return Map.of(
                "bundle", project().activeBundleId(),
                "remapped connection", project().connectionOf("customers"),
                "remapping", project().settings().at("/bundleContainerSettings/remapping"),
                "triggers off", project().settings().at("/settings/disableAutomaticTriggers").toString(),
                "permissions", granted(),
                "variables", project().localVariables(),
                "NIGHTLY", project().scenario("NIGHTLY").isActive() + " as " + project().scenario("NIGHTLY").runAsUser(),
                "dash", project().webapp("dash").runAsUser());
    }

    /** A node writes out every permission, given or not. */
    private List<String> granted() {
        List<String> granted = new ArrayList<>();
        project().permissions().forEach(line -> line.properties().forEach(field -> {
            if (field.getValue().asBoolean()) {
                granted.add(line.path("group").asText() + " " + field.getKey());
            }
        }));
        return granted;
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A deployer with the infrastructure prod, of one node, to which alice deploys bundles of project CHURN. */
abstract class OnProd {

    @TempDir
    Path home;

    World world;

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId)
                .connection("sql-dev", "PostgreSQL")
                .dataset("customers", "sql-dev")
                .scenario("NIGHTLY")
                .testScenario("TEST_SMOKE")
                .webapp("dash")
                .owner("alice")
                .permission("churn-team", ProjectFlag.readProjectContent, ProjectFlag.runScenarios)
                .permission("nobody-there", ProjectFlag.readProjectContent);
    }

    Update deploy(String bundleId) {
        world.publish(churn(bundleId));
        return world.deploy(World.request("CHURN", bundleId, "prod"));
    }

    EmbeddedNode node() {
        return world.node("prod");
    }

    Project project() {
        return node().state().project("CHURN");
    }

    Administration administration() {
        return world.deployer().administration();
    }

    static void refused(Refused.Reason reason, ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.getMessage()).contains(words);
        });
    }

    static SettingsChange variables(String name, String value) {
        return new SettingsChange(null, null, null, null, null, Map.of(name, TextNode.valueOf(value)), null, null, null);
    }

    /** An infrastructure of several nodes, called {@code id-1} and so on, for the same bundles. */
    void several(String id, int nodes) {
        world.infrastructure(id, "Production", nodes).connections(id, new Remap("sql-dev", "sql-prod"));
        for (int i = 1; i <= nodes; i++) {
            world.node(id + "-" + i).state().resources().connection("sql-prod", "PostgreSQL");
        }
    }

    /** Far below every time limit of a call, and long enough for a machine that does much else. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }
}

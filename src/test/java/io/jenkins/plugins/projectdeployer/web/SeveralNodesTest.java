package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment on three nodes: each is named with what is on it. */
class SeveralNodesTest {

    private static final String ONE = "/deployments/CHURN-on-trio";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("trio", "Production", 3);
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deploy(World.request("CHURN", "v1", "trio"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_an_update_has_left_is_said_of_each_node() {
        world.publish(BundleZip.of("CHURN", "v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        world.deploy(World.request("CHURN", "v2", "trio"));

        JsonNode nodes = alice.get(ONE).path("nodes");

        assertThat(nodes).extracting(node -> node.path("node").asText(), node -> node.path("activeBundle").asText(), node -> node.path("update").asInt())
                .containsExactlyInAnyOrder(tuple("trio-1", "v2", 2), tuple("trio-2", "v1", 2), tuple("trio-3", "v2", 2));
        assertThat(nodes).allSatisfy(node -> assertThat(node.path("problem").asText("").contains("No more disk"))
                .as("%s", node).isEqualTo(node.path("node").asText().equals("trio-2")));
        assertThat(alice.get(ONE + "/updates/2").path("nodes")).as("the update itself says the same").hasSize(3);
    }
}

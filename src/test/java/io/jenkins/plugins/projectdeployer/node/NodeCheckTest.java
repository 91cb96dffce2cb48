package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import org.junit.jupiter.api.Test;

class NodeCheckTest extends OnEmbeddedNode {

    @Test
    void an_automation_node_with_an_admin_key_passes() {
        NodeCheck check = NodeCheck.ofAutomation(http);

        assertThat(check.problems()).isEmpty();
        assertThat(check.passed()).isTrue();
        assertThat(check.node().orElseThrow().nodeId()).isEqualTo("prod");
        assertThat(check.node().orElseThrow().version()).isNotBlank();
    }

    @Test
    void a_node_of_another_type_is_said_to_be_one() {
        server.state().nodeType(NodeType.DESIGN);

        assertThat(NodeCheck.ofAutomation(http).problems())
                .containsExactly("Node \"prod\" is of type DESIGN and cannot be deployed to:"
                        + " give the URL of a node of type AUTOMATION.");
        assertThat(NodeCheck.ofDesign(http).passed()).isTrue();
    }

    @Test
    void a_key_without_admin_rights_is_said_to_be_one() {
        server.state().key("weak", "weak-key", false);

        assertThat(NodeCheck.ofAutomation(http(server, "weak", NodeTimeouts.DEFAULT)).problems())
                .singleElement()
                .asString()
                .contains("is no global key with admin rights");
    }

    @Test
    void a_revoked_key_is_said_to_be_one() {
        server.state().revoke(server.key());

        NodeCheck check = NodeCheck.ofAutomation(http);

        assertThat(check.node()).isEmpty();
        assertThat(check.problems()).singleElement().asString().contains("does not accept the API key");
    }

    @Test
    void a_node_that_is_down_is_said_to_be_down() {
        server.down();

        assertThat(NodeCheck.ofAutomation(http).problems()).singleElement().asString().contains("cannot be reached");
    }

    @Test
    void something_that_is_no_dataiku_node_is_said_to_be_none() {
        server.faults()
                .on("GET", "/instance-info")
                .always(new io.jenkins.plugins.projectdeployer.embedded.Fault.Answer(200, "text/html", "<html>hi</html>"));

        assertThat(NodeCheck.ofAutomation(http).problems())
                .singleElement()
                .asString()
                .contains("does not say its node type");
    }
}

package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeDocumentTest extends OnEmbeddedNode {

    @Test
    void a_change_is_read_made_written_and_read_back() throws Exception {
        NodeProject project = deployed();

        DocumentChange change = project.settings().change(settings -> settings.withObject("/bundleContainerSettings/remapping")
                .putArray("connections")
                .addObject()
                .put("source", "sql-dev")
                .put("target", "sql-prod"));

        assertThat(change.written()).isTrue();
        assertThat(change.notTaken()).isEmpty();
        assertThat(change.taken()).isTrue();
        assertThat(project.settings().get().at("/bundleContainerSettings/remapping/connections/0/target").asText())
                .isEqualTo("sql-prod");
        assertThat(lines()).startsWith(
                "GET /projects/CHURN/settings", "PUT /projects/CHURN/settings", "GET /projects/CHURN/settings");
    }

    @Test
    void a_change_that_changes_nothing_writes_nothing() throws Exception {
        DocumentChange change = deployed().settings().change(settings -> {});

        assertThat(change.written()).isFalse();
        assertThat(change.taken()).isTrue();
        assertThat(lines()).containsExactly("GET /projects/CHURN/settings");
    }

    @Test
    void what_the_node_drops_is_named() throws Exception {
        DocumentChange change = deployed().settings().change(settings -> settings.put("noSuch/Setting", 1)
                .withObject("/settings")
                .put("disableAutomaticTriggers", true));

        assertThat(change.written()).isTrue();
        assertThat(change.notTaken()).containsExactly("/noSuch~1Setting");
        assertThat(change.taken()).isFalse();
    }

    @Test
    void permissions_variables_and_metadata_can_be_changed() throws Exception {
        NodeProject project = deployed();

        DocumentChange permissions = project.permissions().change(document -> {
            document.put("owner", "alice");
            document.putArray("permissions").addObject().put("group", "release").put("readProjectContent", true);
        });
        DocumentChange variables = project.variables().change(document -> ((ObjectNode) document.get("local")).put("rate", 1.50));
        DocumentChange metadata = project.metadata().change(document -> document.putArray("tags").add("by-jenkins"));

        assertThat(List.of(permissions, variables, metadata)).allMatch(DocumentChange::taken);
        assertThat(server.state().project("CHURN").owner()).isEqualTo("alice");
        assertThat(server.state().project("CHURN").localVariables().path("rate").asDouble()).isEqualTo(1.5);
        assertThat(project.metadata().get().path("tags").path(0).asText()).isEqualTo("by-jenkins");
    }

    private List<String> lines() {
        return server.calls().stream().map(Call::line).toList();
    }
}

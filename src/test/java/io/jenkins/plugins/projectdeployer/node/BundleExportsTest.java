package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleExportsTest extends OnEmbeddedNode {

    @Override
    EmbeddedNode start() {
        return EmbeddedNode.builder().nodeId("design").type(NodeType.DESIGN).world(DemoWorld::standard).start();
    }

    @BeforeEach
    void designProject() {
        server.state()
                .addProject(BundleZip.of("CHURN", null).scenario("TRAIN"))
                .grant("data-team", ProjectFlag.writeProjectContent);
    }

    @Test
    void a_bundle_is_exported_as_the_requesting_user_and_streamed_off() throws Exception {
        BundleExports exports = new BundleExports(http.actingAs("alice"));
        Path archive = directory.resolve("v1.zip");

        exports.export("CHURN", "v1", "First & best", JobProgress.NONE);
        long size = exports.download("CHURN", "v1", (body, length) -> Files.copy(body, archive));

        assertThat(exports.info().isDesign()).isTrue();
        assertThat(exports.ids("CHURN")).containsExactly("v1");
        assertThat(size).isPositive().isEqualTo(Files.size(archive));
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(archive.toFile())) {
            assertThat(zip.size()).isPositive();
        }
        assertThat(exports.permissions("CHURN").get().path("owner").asText()).isEqualTo("alice");
        assertThat(server.calls()).allMatch(call -> "alice".equals(call.proxyUser()));
    }

    @Test
    void who_may_not_write_the_project_cannot_export_it() throws Exception {
        BundleExports carols = new BundleExports(http.actingAs("carol"));

        NodeException e = catchThrowableOfType(
                NodeException.class, () -> carols.export("CHURN", "v1", null, JobProgress.NONE));

        assertThat(e).hasMessageContaining("as \"carol\"");
    }

    @Test
    void an_id_that_exists_is_refused_in_the_nodes_words() throws Exception {
        BundleExports exports = new BundleExports(http);
        exports.export("CHURN", "v1", null, JobProgress.NONE);

        NodeException e = catchThrowableOfType(
                NodeException.class, () -> exports.export("CHURN", "v1", null, JobProgress.NONE));

        assertThat(e.kind()).isEqualTo(NodeException.Kind.REFUSED);
        assertThat(e.said().orElseThrow()).contains("already exists");
    }

    @Test
    void an_exported_bundle_can_be_deleted() throws Exception {
        BundleExports exports = new BundleExports(http);
        exports.export("CHURN", "v1", null, JobProgress.NONE);

        exports.delete("CHURN", "v1");

        assertThat(exports.ids("CHURN")).isEmpty();
    }
}

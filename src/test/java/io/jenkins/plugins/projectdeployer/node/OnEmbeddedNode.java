package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that talk to a node which behaves as Dataiku's do. */
abstract class OnEmbeddedNode {

    @TempDir
    Path directory;

    final EmbeddedNode server = start();
    final NodeHttp http = http(server, server.key(), NodeTimeouts.DEFAULT);
    final AutomationNode node = new AutomationNode(http);

    EmbeddedNode start() {
        return EmbeddedNode.start("prod");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static NodeHttp http(EmbeddedNode server, String key, NodeTimeouts timeouts) {
        NodeAddress address = new NodeAddress(server.url(), "key");
        return NodeHttp.to(NodeEndpoint.of("prod", address), () -> key, new OkHttpClient(), timeouts);
    }

    BundleFile bundle(String id) throws Exception {
        return bundle(BundleZip.of("CHURN", id)
                .connection("sql-prod", "PostgreSQL")
                .dataset("customers", "sql-prod")
                .scenario("TRAIN")
                .scenario("TEST_SMOKE", scenario -> scenario.put("markedAsTest", true))
                .webapp("dash"));
    }

    BundleFile bundle(BundleZip zip) throws Exception {
        return new BundleFile(zip.writeTo(directory.resolve("bundle-" + System.nanoTime() + ".zip")), "CHURN.zip");
    }

    /** CHURN with bundle v1 active, made by svc_deploy. */
    NodeProject deployed() throws Exception {
        return deployed(bundle("v1"));
    }

    NodeProject deployed(BundleFile bundle) throws Exception {
        AutomationNode deploying = node.actingAs("svc_deploy");
        deploying.createFromBundle(bundle, null, TransferProgress.NONE);
        NodeReport report = deploying.project("CHURN").bundles().activate("v1", Map.of(), JobProgress.NONE);
        if (report.failed()) {
            throw new AssertionError(report);
        }
        server.forgetCalls();
        return node.project("CHURN");
    }

}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.BundleExports;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A bundle made on a design node and published here, both with the rights of the requesting user: on the node as their
 * login, so nobody exports what they may not write.
 */
final class DesignExport {

    private final Supplier<Configuration> configuration;
    private final TargetProjects nodes;
    private final Publisher publisher;
    private final People people;

    DesignExport(Supplier<Configuration> configuration, TargetProjects nodes, Publisher publisher, People people) {
        this.configuration = configuration;
        this.nodes = nodes;
        this.publisher = publisher;
        this.people = people;
    }

    Bundle publish(UpdateRun run, String bundleId) throws NodeException, IOException {
        DeployRequest request = run.update().request();
        DesignNode design = configuration.get().designNode(request.designNode())
                .orElseThrow(() -> Refused.notFound("design node", request.designNode()));
        publisher.requireRight(request.requestingUser(), request.project());
        BundleExports exports = new BundleExports(nodes.http(design.id(), design.node())
                .watching(run.cancellation())
                .actingAs(configuration.get().loginMapping().login(request.requestingUser(), people::userKey)));
        // A controller that died after the export must not ask for it again: bundle ids are unique (facts A2.5).
        if (!exports.ids(request.project()).contains(bundleId)) {
            run.progress("fetch: design node " + design.id() + " makes the bundle");
            exports.export(request.project(), bundleId, request.releaseNotes(), JobProgress.NONE);
        }
        run.progress("fetch: downloading from design node " + design.id());
        return exports.download(request.project(), bundleId, (archive, length) -> publisher.publish(
                request.requestingUser(), request.project(), bundleId, archive, design.id(), request.releaseNotes()));
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.BundleExports;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bundle made on a design node and published here, both with the rights of the requesting user: on the node as their
 * login, so nobody exports what they may not write.
 */
public final class DesignExport {

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
        if (request.requestedBy().size() > 1) {
            throw Refused.conflict("Bundle " + Ids.printable(bundleId) + " would be published by several people at once ("
                    + String.join(", ", request.requestedBy().stream().map(Ids::printable).toList())
                    + "), and it has one publisher: let one of them start this alone.");
        }
        return publish(request.requestingUser(), request.project(), bundleId, request.designNode(), request.releaseNotes(),
                run.cancellation(), line -> run.progress("fetch: " + line));
    }

    /**
     * Makes the bundle there unless it is there already, and publishes it here.
     *
     * @param cancellation gives up when it is cancelled
     * @param progress is told what happens, for people
     * @throws Refused unless the person may publish bundles of the project
     * @throws NodeException when the design node refuses or fails
     */
    public Bundle publish(
            String userId,
            String projectKey,
            String bundleId,
            String designNode,
            String releaseNotes,
            Cancellation cancellation,
            Consumer<String> progress)
            throws NodeException, IOException {
        publisher.requireRight(userId, projectKey);
        Lengths.checked("releaseNotes", releaseNotes, Lengths.RELEASE_NOTES);
        DesignNode design = configuration.get().designNode(designNode)
                .orElseThrow(() -> Refused.notFound("design node", designNode));
        BundleExports exports = new BundleExports(nodes.http(design.id(), design.node())
                .watching(cancellation)
                .actingAs(configuration.get().loginMapping().login(userId, people::userKey)));
        // A controller that died after the export must not ask for it again: bundle ids are unique (facts A2.5).
        if (!exports.ids(projectKey).contains(bundleId)) {
            progress.accept("design node " + design.id() + " makes the bundle");
            exports.export(projectKey, bundleId, releaseNotes, JobProgress.NONE);
        }
        progress.accept("downloading from design node " + design.id());
        return exports.download(projectKey, bundleId, (archive, length) ->
                publisher.publish(userId, projectKey, bundleId, archive, design.id(), releaseNotes));
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
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

    DesignExport(Supplier<Configuration> configuration, TargetProjects nodes, Publisher publisher) {
        this.configuration = configuration;
        this.nodes = nodes;
        this.publisher = publisher;
    }

    Bundle publish(UpdateRun run, String bundleId) throws NodeException, IOException {
        DeployRequest request = run.update().request();
        DesignNode design = configuration.get().designNode(request.designNode())
                .orElseThrow(() -> Refused.notFound("design node", request.designNode()));
        publisher.requireRight(request.requestingUser(), request.project());
        NodeHttp node = nodes.http(design.id(), design.node())
                .watching(run.cancellation())
                .actingAs(configuration.get().loginMapping().login(request.requestingUser()));
        ApiPath bundle = ApiPath.of("projects").id("project key", request.project()).then("bundles", "exported")
                .id("bundle id", bundleId);
        if (!isExported(node, request.project(), bundleId)) {
            run.progress("fetch: design node " + design.id() + " makes the bundle");
            node.send(NodeRequest.put(bundle).query("releaseNotes", request.releaseNotes()).longCall());
        }
        run.progress("fetch: downloading from design node " + design.id());
        return node.stream(NodeRequest.get(bundle.then("archive")), (archive, length) -> publisher.publish(
                request.requestingUser(), request.project(), bundleId, archive, design.id(), request.releaseNotes()));
    }

    /** A controller that died after the export must not ask for it again: bundle ids are unique (facts A2.5). */
    private static boolean isExported(NodeHttp node, String project, String bundleId) throws NodeException {
        ApiPath list = ApiPath.of("projects").id("project key", project).then("bundles", "exported");
        for (com.fasterxml.jackson.databind.JsonNode line : node.json(NodeRequest.get(list)).path("bundles")) {
            if (line.path("bundleId").asText().equals(bundleId)) {
                return true;
            }
        }
        return false;
    }
}

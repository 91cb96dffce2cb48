package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;

/** What a request is aimed at, where it leaves that open. */
final class Targets {

    private Targets() {}

    /** The project's key on the nodes: the bundle's own unless the request says otherwise. */
    static String targetProject(DeployRequest request) {
        return request.targetProject() == null ? request.project() : request.targetProject();
    }

    /** The id of a deployment that is not there yet: the field's own form. */
    static String deploymentId(DeployRequest request) {
        return request.deploymentId() == null
                ? targetProject(request) + "-on-" + request.infrastructure()
                : request.deploymentId();
    }
}

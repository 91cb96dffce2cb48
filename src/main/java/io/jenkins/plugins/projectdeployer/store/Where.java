package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Update;

/**
 * What was found active on a node, so that it can be told from its entry alone.
 *
 * @param deployment id
 * @param project published project's key
 * @param infrastructure id
 * @param node its name
 * @param bundle active there; null: none
 */
record Where(String deployment, String project, String infrastructure, String node, String bundle) {

    static Where of(Update update, Update.NodeResult node) {
        return new Where(update.deploymentId(), update.request().project(), update.request().infrastructure(), node.node(),
                node.activeBundle());
    }
}

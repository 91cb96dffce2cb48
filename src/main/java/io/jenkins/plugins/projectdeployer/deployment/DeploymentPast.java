package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What earlier updates of a deployment have done on its nodes, as far as a plan depends on it.
 *
 * @param sent whether one of them has begun to send a bundle: from then on the project there is the deployment's own
 * @param secured whether one of them has set owner and permissions
 * @param sentDigests SHA-256 of the bundles that they have begun to send
 */
record DeploymentPast(boolean sent, boolean secured, Set<String> sentDigests) {

    /** A deployment that has not been tried yet. */
    static final DeploymentPast NONE = new DeploymentPast(false, false, Set.of());

    DeploymentPast {
        sentDigests = Set.copyOf(sentDigests);
    }

    /** Whether an update that ended was this deployment's, and not that of a deleted one which had the same id. */
    static boolean isOf(Deployment deployment, Update update) {
        return update.endedAt() == null || !update.endedAt().isBefore(deployment.createdAt());
    }

    /** The past that these updates are. */
    static DeploymentPast of(Collection<Update> updates) {
        boolean secured = false;
        Set<String> digests = new HashSet<>();
        boolean sent = false;
        for (Update update : updates) {
            boolean sends = update.phases().stream().anyMatch(run -> run.phase() == Phase.SEND);
            sent |= sends;
            secured |= update.isDone(Phase.SECURE);
            if (sends && update.bundleSha256() != null) {
                digests.add(update.bundleSha256());
            }
        }
        return new DeploymentPast(sent, secured, digests);
    }
}

package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import java.util.Optional;

/** How what an earlier stage has is at this moment, as whoever looks at nodes sees it. */
@FunctionalInterface
public interface PresentHealth {

    /**
     * What the deployment's health is where it is less than is asked for; empty where it is good enough, and where
     * nobody can look because its infrastructure is gone.
     */
    Optional<Lacking> lacking(Deployment deployment, PromotionHealth asked);

    /**
     * A health that is not good enough.
     *
     * @param level what it is called
     * @param silent whether that is only because a node does not answer at this moment
     */
    record Lacking(String level, boolean silent) {}
}

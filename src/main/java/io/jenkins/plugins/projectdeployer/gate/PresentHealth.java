package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import java.util.Optional;

/** How what an earlier stage has is at this moment, as whoever looks at nodes sees it. */
@FunctionalInterface
public interface PresentHealth {

    /**
     * What the deployment's health is called where it is less than is asked for; empty where it is good enough, and where
     * nobody can look because its infrastructure is gone.
     */
    Optional<String> lacking(Deployment deployment, PromotionHealth asked);
}

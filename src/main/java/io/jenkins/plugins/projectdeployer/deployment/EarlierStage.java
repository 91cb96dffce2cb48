package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.gate.PresentHealth;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The health of deployments on earlier stages, for the promotion rule of later ones. */
public final class EarlierStage {

    private EarlierStage() {}

    /** Asks the nodes, unless somebody has just done so. */
    public static PresentHealth now(Supplier<DeploymentHealth> health, Supplier<Configuration> configuration) {
        return of(configuration, (deployment, infrastructure) -> health.get().forDecision(deployment, infrastructure));
    }

    /** Asks no node: as it was seen when somebody looked last. */
    public static PresentHealth lately(Supplier<DeploymentHealth> health, Supplier<Configuration> configuration) {
        return of(configuration, (deployment, infrastructure) -> new Health(health.get().lately(deployment), List.of(), Health.Monitoring.NONE));
    }

    private static PresentHealth of(Supplier<Configuration> configuration, BiFunction<Deployment, Infrastructure, Health> look) {
        return (deployment, asked) -> least(asked).flatMap(least -> configuration.get().infrastructure(deployment.infrastructureId())
                .map(infrastructure -> look.apply(deployment, infrastructure))
                .filter(found -> found.level().compareTo(least) < 0)
                .map(found -> new PresentHealth.Lacking(found.level().name(), found.isSilence())));
    }

    private static Optional<Health.Level> least(PromotionHealth asked) {
        return switch (asked) {
            case DEPLOYED -> Optional.empty();
            case WARNING -> Optional.of(Health.Level.WARNING);
            case HEALTHY -> Optional.of(Health.Level.HEALTHY);
        };
    }
}

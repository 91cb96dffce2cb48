package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Optional;

/** Finds out how deployments are. */
public final class DeploymentHealth {

    private final Records records;

    public DeploymentHealth(Records records) {
        this.records = records;
    }

    /** How a deployment on this infrastructure is now. */
    public Health of(Deployment deployment, Infrastructure infrastructure) {
        Optional<Update> last = lastAtWork(deployment);
        List<Message> messages = last.map(Update::messages).orElse(List.of());
        return new Health(level(last), messages, Health.Monitoring.NONE);
    }

    /** The last update that has ended and had begun to change something: a refused or a dry run says nothing of health. */
    private Optional<Update> lastAtWork(Deployment deployment) {
        long number = records.past(deployment.id()).lastAtWork();
        return number == 0 ? Optional.empty() : records.update(number);
    }

    private static Health.Level level(Optional<Update> last) {
        if (last.isEmpty()) {
            return Health.Level.UNKNOWN;
        }
        return switch (last.get().status()) {
            case SUCCESS, ROLLED_BACK -> Health.Level.HEALTHY;
            case WARNING -> Health.Level.WARNING;
            default -> Health.Level.ERROR;
        };
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.Collection;
import java.util.Comparator;

/**
 * One thing that speaks against a deployment's health.
 *
 * @param level what it makes of the deployment
 * @param message for people
 */
record Sign(Health.Level level, Message message) {

    /** The worst that the signs say; healthy when there are none. */
    static Health.Level worst(Collection<Sign> signs) {
        return signs.stream().map(Sign::level).min(Comparator.naturalOrder()).orElse(Health.Level.HEALTHY);
    }

    static Sign outOfSync(Message message) {
        return new Sign(Health.Level.OUT_OF_SYNC, message);
    }
}

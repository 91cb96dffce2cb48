package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.BundleRetention;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes what nobody will want back, by the configuration of that moment: a project's bundles after each publication and
 * each update, which it fails neither of; once a day those of all projects, and details of old updates (design 8).
 */
public final class Retention implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Retention.class.getName());

    /** Not while Jenkins starts. */
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofDays(1);

    private final Supplier<Configuration> configuration;
    private final BundleRetention bundles;
    private final Records records;
    private final Clock clock;
    private final ScheduledExecutorService daily = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "project-deployer retention");
        thread.setDaemon(true);
        return thread;
    });

    Retention(Supplier<Configuration> configuration, BundleRetention bundles, Records records, Clock clock) {
        this.configuration = configuration;
        this.bundles = bundles;
        this.records = records;
        this.clock = clock;
    }

    /** Looks at everything once a day from now on. */
    void begin() {
        daily.scheduleWithFixedDelay(this::everything, FIRST.toMinutes(), AGAIN.toMinutes(), TimeUnit.MINUTES);
    }

    /** Looks at the bundles of one project. */
    void of(String projectKey) {
        remove(now -> bundles.apply(now.bundleStorage(), now.infrastructures(), projectKey));
    }

    /** Looks at the bundles of every project, and at the details of every update. */
    void everything() {
        remove(now -> bundles.apply(now.bundleStorage(), now.infrastructures()));
        try {
            details(configuration.get().bundleStorage().keepDetailsDays());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Retention could not remove details of old updates; it tries again in a day", e);
        }
    }

    private void details(int days) {
        if (days > 0) {
            Instant endedBefore = clock.instant().minus(Duration.ofDays(days));
            long replaced = records.forgetDetails(endedBefore);
            if (replaced > 0) {
                records.audit("details-replaced", Map.of(
                        "by", BundleRetention.BY, "endedBefore", endedBefore.toString(), "payloads", replaced));
                LOGGER.log(Level.INFO, "Retention replaced details of updates that ended before {0} by their digests",
                        endedBefore);
            }
        }
    }

    private interface Rule {
        List<Bundle> apply(Configuration now) throws IOException;
    }

    private synchronized void remove(Rule rule) {
        try {
            for (Bundle bundle : rule.apply(configuration.get())) {
                LOGGER.log(Level.INFO, "Retention removed bundle {0} of project {1}",
                        new Object[] {bundle.bundleId(), bundle.projectKey()});
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Retention could not remove old bundles; it tries again after the next update", e);
        }
    }

    /** What it is about to remove stays. */
    @Override
    public void close() {
        daily.shutdownNow();
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.BundleRetention;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Retention by the configuration of that moment, after each publication and each update; it fails neither of them. */
final class Retention implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(Retention.class.getName());

    private final Supplier<Configuration> configuration;
    private final BundleRetention bundles;

    Retention(Supplier<Configuration> configuration, BundleRetention bundles) {
        this.configuration = configuration;
        this.bundles = bundles;
    }

    @Override
    public void run() {
        remove(now -> bundles.apply(now.bundleStorage(), now.infrastructures()));
    }

    /** Looks at one project only. */
    void of(String projectKey) {
        remove(now -> bundles.apply(now.bundleStorage(), now.infrastructures(), projectKey));
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
}

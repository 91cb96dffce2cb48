package jenkins.health;

import hudson.ExtensionPoint;

public interface HealthCheck extends ExtensionPoint {

    default String getName() {
        throw new UnsupportedOperationException();
    }

    boolean check();
}

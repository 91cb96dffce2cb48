package hudson.model;

import hudson.ExtensionPoint;

public abstract class PeriodicWork implements ExtensionPoint {

    protected static final long MIN = 1000 * 60;

    public long getInitialDelay() {
        throw new UnsupportedOperationException();
    }

    public abstract long getRecurrencePeriod();
}

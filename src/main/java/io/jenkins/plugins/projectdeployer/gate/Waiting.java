package io.jenkins.plugins.projectdeployer.gate;

/** The updates that wait at gates, as whoever carries them out has them. */
public interface Waiting {

    /** Something has changed: look at this update again. Returns at once. */
    void wake(long update);

    /** A line for whoever follows this update. */
    void tell(long update, String line);
}

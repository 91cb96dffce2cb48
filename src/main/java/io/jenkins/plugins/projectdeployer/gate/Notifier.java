package io.jenkins.plugins.projectdeployer.gate;

/** A way to tell people: a webhook, mail. Called from a thread of its own kind, one message after the other. */
@FunctionalInterface
public interface Notifier {

    /** Tells it. Whatever this throws is logged and touches no deployment. */
    void tell(GateNews news) throws Exception;
}

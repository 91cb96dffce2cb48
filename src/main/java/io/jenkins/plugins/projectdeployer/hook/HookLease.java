package io.jenkins.plugins.projectdeployer.hook;

/** A slot that is held. Closing it twice gives one slot back. */
public interface HookLease extends AutoCloseable {
    /** Whose it is. */
    HookTicket ticket();

    @Override
    void close();
}

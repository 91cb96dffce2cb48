package io.jenkins.plugins.projectdeployer.node.http;

/** Told how far an upload or a download is. Called on the transferring thread: answer quickly. */
@FunctionalInterface
public interface TransferProgress {

    /** For those who do not watch. */
    TransferProgress NONE = (done, total) -> {};

    /**
     * @param done bytes so far
     * @param total bytes in all, or -1 where the other side did not say
     */
    void transferred(long done, long total);
}

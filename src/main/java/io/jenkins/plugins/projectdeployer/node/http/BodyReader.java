package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.io.InputStream;

/** Takes a download while it arrives. What it throws itself counts as a failure on this side. */
@FunctionalInterface
public interface BodyReader<T> {

    /**
     * @param body to be read to its end; closed by the caller
     * @param length in bytes, or -1 where the node does not say
     */
    T read(InputStream body, long length) throws IOException;
}

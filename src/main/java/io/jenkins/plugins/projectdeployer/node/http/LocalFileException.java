package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.io.Serial;

/** A file on this side failed during a transfer: not the network's fault. */
final class LocalFileException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    LocalFileException(String message, Throwable cause) {
        super(message, cause);
    }
}

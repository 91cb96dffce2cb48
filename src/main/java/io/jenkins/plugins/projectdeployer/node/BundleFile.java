package io.jenkins.plugins.projectdeployer.node;

import java.nio.file.Path;

/**
 * A bundle archive on the controller, ready to be sent.
 *
 * @param path of the file; its directories are never shown to anybody
 * @param name what the node is told the file is called; anything but plain letters, digits and {@code ._-} is replaced
 */
public record BundleFile(Path path, String name) {}

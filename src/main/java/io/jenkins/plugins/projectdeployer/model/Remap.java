package io.jenkins.plugins.projectdeployer.model;

/**
 * What the bundle calls {@code source} is {@code target} on the automation node: a connection, a code env or a
 * containerized execution configuration.
 */
public record Remap(String source, String target) {

    public Remap {
        source = Text.trimmed(source);
        target = Text.trimmed(target);
    }
}

package io.jenkins.plugins.projectdeployer.model;

import java.util.List;

/**
 * A lifecycle stage: infrastructures belong to one, deployments are shown by it, gates stand before it.
 *
 * @param name shown and referred to, unique among the stages
 * @param description free text, may be null
 */
public record Stage(String name, String description) {

    /** The stages of a configuration that names none. Source: seed "Setting up stages". */
    public static final List<Stage> DEFAULTS = List.of(new Stage("Development"), new Stage("Test"), new Stage("Production"));

    public Stage {
        name = Text.trimmed(name);
        description = Text.trimmed(description);
    }

    /** A stage without description. */
    public Stage(String name) {
        this(name, null);
    }
}

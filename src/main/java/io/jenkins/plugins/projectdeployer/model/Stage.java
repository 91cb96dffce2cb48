package io.jenkins.plugins.projectdeployer.model;

import java.util.List;

/**
 * A lifecycle stage: infrastructures belong to one, deployments are shown by it, gates stand before it.
 *
 * @param name shown and referred to, unique among the stages
 * @param description free text, may be null
 * @param gate what stands before it; never null
 */
public record Stage(String name, String description, StageGate gate) {

    /** The stages of a configuration that names none. Source: seed "Setting up stages". */
    public static final List<Stage> DEFAULTS = List.of(new Stage("Development"), new Stage("Test"), new Stage("Production"));

    public Stage {
        name = Text.trimmed(name);
        description = Text.trimmed(description);
        gate = Text.orElse(gate, StageGate.OPEN);
    }

    /** A stage with an open gate. */
    public Stage(String name, String description) {
        this(name, description, null);
    }

    /** A stage without description. */
    public Stage(String name) {
        this(name, null);
    }
}

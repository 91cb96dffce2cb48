package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The run-as user in the definition of a scenario or a web app.
 *
 * <p>{@code runAsUser} is Dataiku's name for scenarios (facts A4.12, A4.13); that web apps use it too is an assumption
 * (facts B6), which reading back after a change puts to the test.
 */
public final class RunAs {

    private static final String FIELD = "runAsUser";

    private RunAs() {}

    /** The user set; empty: whoever edited it last. */
    public static Optional<String> configured(JsonNode definition) {
        return Optional.ofNullable(definition.path(FIELD).asText(null)).filter(login -> !login.isEmpty());
    }

    /** Sets the user, or with null leaves it to whoever edits it last. */
    public static void set(ObjectNode definition, String login) {
        if (login != null) {
            definition.put(FIELD, login);
        } else if (definition.hasNonNull(FIELD)) {
            definition.putNull(FIELD);
        }
    }
}

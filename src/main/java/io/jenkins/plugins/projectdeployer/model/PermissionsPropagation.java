package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/**
 * What a newly deployed project takes over of the design project's permissions. Dataiku's API names; its pages say None,
 * Limited and Full, which are read too. Source: seed "Permissions propagation".
 */
public enum PermissionsPropagation {
    /** Nothing: the deploying user is owner, nobody else has rights. */
    NONE,
    /** All users and groups of the design project become readers. */
    READ_ONLY,
    /** The design project's scheme as it is. */
    ALL;

    /** Reads the API's name or the page's, in any case. */
    @JsonCreator
    public static PermissionsPropagation of(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "NONE" -> NONE;
            case "READ_ONLY", "LIMITED" -> READ_ONLY;
            case "ALL", "FULL" -> ALL;
            default -> throw new IllegalArgumentException(
                    "permissionsPropagation \"" + Ids.printable(name) + "\" is none of NONE, READ_ONLY, ALL");
        };
    }
}

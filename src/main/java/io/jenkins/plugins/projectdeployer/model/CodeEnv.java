package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A Python on the controller that hooks may use.
 *
 * @param name how hooks refer to it
 * @param interpreter path of a Python 3 interpreter or of one in a virtualenv
 * @param owner user with all rights on it; may be null
 * @param usableByAll whether everybody may use it in hooks
 * @param grants who else may
 */
public record CodeEnv(String name, String interpreter, String owner, boolean usableByAll, List<Grant<ResourceRight>> grants) {

    public CodeEnv {
        name = Text.trimmed(name);
        interpreter = Text.trimmed(interpreter);
        owner = Text.trimmed(owner);
        grants = Text.list(grants);
    }

    @JsonCreator
    static CodeEnv of(
            @JsonProperty("name") String name,
            @JsonProperty("interpreter") String interpreter,
            @JsonProperty("owner") String owner,
            @JsonProperty("usableByAll") Boolean usableByAll,
            @JsonProperty("grants") List<Grant<ResourceRight>> grants) {
        return new CodeEnv(name, interpreter, owner, Text.orElse(usableByAll, true), grants);
    }

    /** Who may do what with it. */
    @JsonIgnore
    public ResourceGrants resourceGrants() {
        return new ResourceGrants(owner, usableByAll, grants);
    }
}

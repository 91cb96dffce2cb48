package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of a Dataiku project's permissions: the flags that a group or a user has there.
 *
 * @param group exactly one of {@code group} and {@code user} is set
 * @param user login
 * @param flags names of the flags that are on, such as {@code readProjectContent}; unknown ones are kept, because Full
 *     propagation replicates the scheme as it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectPermissions(String group, String user, Set<String> flags) {

    @JsonCreator
    public ProjectPermissions(
            @JsonProperty("group") String group, @JsonProperty("user") String user, @JsonProperty("flags") Set<String> flags) {
        Principal principal = new Principal(group, user);
        this.group = principal.group();
        this.user = principal.user();
        this.flags = Collections.unmodifiableSet(new TreeSet<>(flags == null ? Set.of() : flags));
    }

    /** Who has them. */
    @JsonIgnore
    public Principal principal() {
        return new Principal(group, user);
    }
}

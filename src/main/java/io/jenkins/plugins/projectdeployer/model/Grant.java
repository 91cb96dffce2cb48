package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * One line of a grants table: this group, or this user, has this right.
 *
 * @param <R> the kind of right, for instance {@link InfrastructureRight}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grant<R extends Enum<R>>(String group, String user, R right) {

    @JsonCreator
    public Grant(@JsonProperty("group") String group, @JsonProperty("user") String user, @JsonProperty("right") R right) {
        Principal principal = new Principal(group, user);
        this.group = principal.group();
        this.user = principal.user();
        this.right = Objects.requireNonNull(right, () -> "right of " + principal + " is missing");
    }

    /** Grants {@code right} to a group. */
    public static <R extends Enum<R>> Grant<R> toGroup(String name, R right) {
        return new Grant<>(name, null, right);
    }

    /** Grants {@code right} to a user. */
    public static <R extends Enum<R>> Grant<R> toUser(String id, R right) {
        return new Grant<>(null, id, right);
    }

    /** Whom the right is granted to. */
    @JsonIgnore
    public Principal principal() {
        return new Principal(group, user);
    }
}

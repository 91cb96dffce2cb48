package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A group or a user, by name. Exactly one of the two is set; the other is null. */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE) // isGroup() is no second property "group"
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Principal(String group, String user) {

    @JsonCreator
    public Principal(@JsonProperty("group") String group, @JsonProperty("user") String user) {
        this.group = Text.trimmed(group);
        this.user = Text.trimmed(user);
        if ((this.group == null) == (this.user == null)) {
            throw new IllegalArgumentException("name either a group or a user, not " + (this.group == null ? "neither" : "both"));
        }
    }

    /** The group of this name. */
    public static Principal ofGroup(String name) {
        return new Principal(name, null);
    }

    /** The user of this id. */
    public static Principal ofUser(String id) {
        return new Principal(null, id);
    }

    /** Whether this names a group. */
    public boolean isGroup() {
        return group != null;
    }

    /** The group's name or the user's id. */
    @JsonIgnore
    public String name() {
        return isGroup() ? group : user;
    }

    @Override
    public String toString() {
        return (isGroup() ? "group " : "user ") + name();
    }
}

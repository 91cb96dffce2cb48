package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import io.jenkins.plugins.projectdeployer.model.Grant;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A grant as it is configured.
 *
 * @param <T> the part itself
 * @param <R> the rights that it may give
 */
public abstract class GrantPart<T extends GrantPart<T, R>, R extends Enum<R>> extends PrincipalPart<T> {

    private String right;

    public String getRight() {
        return right;
    }

    @DataBoundSetter
    public void setRight(String right) {
        this.right = Util.fixEmptyAndTrim(right);
    }

    Grant<R> grant(Class<R> rights) {
        return new Grant<>(getGroup(), getUser(), required(rights, "right", right));
    }
}

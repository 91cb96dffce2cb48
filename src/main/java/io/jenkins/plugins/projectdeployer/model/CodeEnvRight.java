package io.jenkins.plugins.projectdeployer.model;

/** A right on a code env. Source: seed "Control Access to Code Environments". */
public enum CodeEnvRight {
    /** Use it. */
    USE,
    /** Change its settings and packages. */
    UPDATE,
    /** Full control. */
    ADMIN;

    /** Whether whoever holds this right holds {@code other} too. */
    public boolean implies(CodeEnvRight other) {
        return compareTo(other) >= 0;
    }
}

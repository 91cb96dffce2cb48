package io.jenkins.plugins.projectdeployer.model;

/**
 * What a node does at preload with the code envs that a bundle uses. Names and meaning are Dataiku's (facts A2.24, A2.25).
 */
public record CodeEnvsBehavior(ImportTimeMode importTimeMode, SpecificationMode envImportSpecificationMode) {

    /** Install what is missing, by the package lists that people wrote. */
    public static final CodeEnvsBehavior DEFAULT = new CodeEnvsBehavior(null, null);

    public CodeEnvsBehavior {
        importTimeMode = Text.orElse(importTimeMode, ImportTimeMode.INSTALL_IF_MISS);
        envImportSpecificationMode = Text.orElse(envImportSpecificationMode, SpecificationMode.SPECIFIED);
    }

    /** When a code env is missing or out of date. */
    public enum ImportTimeMode {
        /** Create, update or add a version. */
        INSTALL_IF_MISS,
        /** Stop. */
        FAIL_IF_MISS,
        /** Leave it. */
        DO_NOTHING
    }

    /** Which package lists are compared. */
    public enum SpecificationMode {
        /** As people wrote them. */
        SPECIFIED,
        /** As they were resolved. */
        ACTUAL
    }
}

package io.jenkins.plugins.projectdeployer.access;

/** What Jenkins itself lets somebody do with the whole deployer (design 5), besides what is granted on single things. */
public enum GlobalRight {
    /** Everything. */
    ADMINISTER("Administer Jenkins"),
    CREATE_PROJECT("Create published projects"),
    OVERRIDE_FREEZE("Override a freeze"),
    BREAK_GLASS("Break the glass"),
    READ_AUDIT("Read the audit");

    private final String label;

    GlobalRight(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }
}

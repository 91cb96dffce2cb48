package io.jenkins.plugins.projectdeployer.model;

/** What carries grants of its own besides infrastructures and projects. Source: seed "Per-Resource Group Permissions". */
public enum ResourceKind {
    CODE_ENV("code env", "Update"),
    CLUSTER("cluster", "Operate"),
    CONTAINER_EXEC("containerized execution configuration", "Update");

    private final String label;
    private final String update;

    ResourceKind(String label, String update) {
        this.label = label;
        this.update = update;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** What people call this right on it. */
    public String label(ResourceRight right) {
        return switch (right) {
            case USE -> "Use";
            case UPDATE -> update;
            case ADMIN -> "Admin";
        };
    }
}

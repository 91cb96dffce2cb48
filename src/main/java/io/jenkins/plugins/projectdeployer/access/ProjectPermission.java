package io.jenkins.plugins.projectdeployer.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions that a group or user can have on a Dataiku project, and what each grants besides itself. The one
 * table of it, for propagation and for the authorization matrix. Source: seed "Project Permissions", facts B3. Nodes of
 * later versions know more flags; those mean themselves alone here.
 */
public enum ProjectPermission {
    ADMIN("admin", "Admin"),
    READ_PROJECT_CONTENT("readProjectContent", "Read project content"),
    WRITE_PROJECT_CONTENT("writeProjectContent", "Write project content"),
    SHARE_TO_WORKSPACES("shareToWorkspaces", "Share to workspaces"),
    EXPORT_DATASETS("exportDatasetsData", "Export datasets"),
    READ_DASHBOARDS("readDashboards", "Read dashboards"),
    WRITE_DASHBOARDS("writeDashboards", "Write dashboards"),
    RUN_SCENARIOS("runScenarios", "Run scenarios"),
    MANAGE_AUTHORIZED_OBJECTS("manageDashboardAuthorizations", "Manage authorized objects"),
    MANAGE_EXPOSED_ELEMENTS("manageExposedElements", "Manage exposed elements"),
    EXECUTE_APP("executeApp", "Execute app");

    private final String flag;
    private final String label;

    ProjectPermission(String flag, String label) {
        this.flag = flag;
        this.label = label;
    }

    /** Its name in the node's JSON. */
    public String flag() {
        return flag;
    }

    /** Its name on Dataiku's pages. */
    public String label() {
        return label;
    }

    /** The permissions granted automatically with this one, without itself. */
    public Set<ProjectPermission> alsoGrants() {
        return switch (this) {
            case ADMIN -> EnumSet.complementOf(EnumSet.of(ADMIN));
            case READ_PROJECT_CONTENT, WRITE_DASHBOARDS -> EnumSet.of(READ_DASHBOARDS);
            case WRITE_PROJECT_CONTENT -> EnumSet.of(READ_PROJECT_CONTENT, READ_DASHBOARDS, RUN_SCENARIOS, WRITE_DASHBOARDS);
            case SHARE_TO_WORKSPACES -> EnumSet.of(MANAGE_AUTHORIZED_OBJECTS);
            default -> EnumSet.noneOf(ProjectPermission.class);
        };
    }

    /** The permission of this flag; absent for flags that this table does not know. */
    public static Optional<ProjectPermission> ofFlag(String flag) {
        return Arrays.stream(values()).filter(permission -> permission.flag.equals(flag)).findFirst();
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Set;

/** Flags of a project's permission entries and what each implies (B3). Stated here apart from the plugin's own table. */
public enum ProjectFlag {
    admin,
    editPermissions,
    readProjectContent,
    writeProjectContent,
    exportDatasetsData,
    readDashboards,
    writeDashboards,
    moderateDashboards,
    publishToDataCollections,
    shareToWorkspaces,
    runScenarios,
    manageDashboardAuthorizations,
    manageExposedElements,
    manageAdditionalDashboardUsers,
    executeApp;

    static Set<ProjectFlag> in(JsonNode entry) {
        Set<ProjectFlag> flags = EnumSet.noneOf(ProjectFlag.class);
        for (ProjectFlag flag : values()) {
            if (entry.path(flag.name()).asBoolean()) {
                flags.add(flag);
            }
        }
        if (flags.contains(admin)) {
            return EnumSet.allOf(ProjectFlag.class);
        }
        if (flags.contains(writeProjectContent)) {
            flags.addAll(Set.of(readProjectContent, readDashboards, runScenarios, writeDashboards));
        }
        if (flags.contains(readProjectContent) || flags.contains(writeDashboards) || flags.contains(editPermissions)) {
            flags.add(readDashboards);
        }
        if (flags.contains(shareToWorkspaces)) {
            flags.add(manageDashboardAuthorizations);
        }
        return flags;
    }
}

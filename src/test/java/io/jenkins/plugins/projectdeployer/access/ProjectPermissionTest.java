package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectPermissionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin                         | admin readProjectContent writeProjectContent shareToWorkspaces exportDatasetsData readDashboards writeDashboards runScenarios manageDashboardAuthorizations manageExposedElements executeApp
            readProjectContent            | readProjectContent readDashboards
            writeProjectContent           | writeProjectContent readProjectContent readDashboards runScenarios writeDashboards
            shareToWorkspaces             | shareToWorkspaces manageDashboardAuthorizations
            exportDatasetsData            | exportDatasetsData
            readDashboards                | readDashboards
            writeDashboards               | writeDashboards readDashboards
            runScenarios                  | runScenarios
            manageDashboardAuthorizations | manageDashboardAuthorizations
            manageExposedElements         | manageExposedElements
            executeApp                    | executeApp
            somethingOfALaterVersion      | somethingOfALaterVersion
            """)
    void a_flag_grants_what_the_table_says(String flag, String granted) {
        assertThat(ProjectPermission.withGranted(Set.of(flag))).containsExactlyInAnyOrder(granted.split(" "));
    }

    @Test
    void granting_is_complete_in_one_step() {
        for (ProjectPermission permission : ProjectPermission.values()) {
            Set<String> once = ProjectPermission.withGranted(Set.of(permission.flag()));
            assertThat(ProjectPermission.withGranted(once)).isEqualTo(once);
        }
    }

    @Test
    void there_are_eleven() {
        assertThat(Arrays.stream(ProjectPermission.values()).map(ProjectPermission::flag).distinct()).hasSize(11);
    }
}

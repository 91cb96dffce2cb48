package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            """)
    void a_flag_grants_what_the_table_says(String flag, String granted) {
        assertThat(withGranted(ProjectPermission.ofFlag(flag).orElseThrow()).map(ProjectPermission::flag))
                .containsExactlyInAnyOrder(granted.split(" "));
    }

    private static Stream<ProjectPermission> withGranted(ProjectPermission permission) {
        return Stream.concat(Stream.of(permission), permission.alsoGrants().stream());
    }

    @Test
    void granting_is_complete_in_one_step() {
        for (ProjectPermission permission : ProjectPermission.values()) {
            assertThat(withGranted(permission).flatMap(ProjectPermissionTest::withGranted).collect(Collectors.toSet()))
                    .isEqualTo(withGranted(permission).collect(Collectors.toSet()));
        }
    }

    @Test
    void a_flag_of_a_later_version_is_not_in_the_table() {
        assertThat(ProjectPermission.ofFlag("somethingOfALaterVersion")).isEmpty();
    }

    @Test
    void there_are_eleven() {
        assertThat(Arrays.stream(ProjectPermission.values()).map(ProjectPermission::flag).distinct()).hasSize(11);
    }
}

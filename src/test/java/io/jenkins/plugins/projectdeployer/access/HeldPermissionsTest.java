package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.access.HeldPermissions.Held;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeldPermissionsTest {

    @ParameterizedTest
    @EnumSource(ProjectPermission.class)
    void each_of_the_eleven_is_granted_with_what_it_grants_automatically_and_nothing_else(ProjectPermission permission) {
        HeldPermissions held = HeldPermissions.of(List.of(permission.flag()), false);

        for (ProjectPermission other : ProjectPermission.values()) {
            assertThat(held.held(other)).as("%s", other).isEqualTo(other == permission ? Held.GRANTED
                    : permission.alsoGrants().contains(other) ? Held.IMPLIED : Held.NO);
        }
    }

    @ParameterizedTest
    @EnumSource(ProjectPermission.class)
    void what_is_granted_automatically_brings_its_own_along(ProjectPermission permission) {
        assertThat(permission.alsoGrants()).allSatisfy(other ->
                assertThat(Stream.concat(permission.alsoGrants().stream(), Stream.of(permission))).containsAll(other.alsoGrants()));
    }

    @Test
    void the_owner_may_everything() {
        HeldPermissions owner = HeldPermissions.of(List.of("readDashboards"), true);

        assertThat(owner.held(ProjectPermission.READ_DASHBOARDS)).isEqualTo(Held.GRANTED);
        assertThat(owner.held(ProjectPermission.ADMIN)).isEqualTo(Held.IMPLIED);
    }

    @Test
    void flags_of_later_versions_are_named_and_mean_nothing_else() {
        HeldPermissions held = HeldPermissions.of(List.of("editPermissions"), false);

        assertThat(held.otherFlags()).containsExactly("editPermissions");
        assertThat(ProjectPermission.values()).allMatch(permission -> held.held(permission) == Held.NO);
    }
}

package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceRightsTest {

    private static final ResourceRights ALICE = new ResourceRights("alice", Set.of("data-team"), false);

    private static ResourceGrants grants(Grant<ResourceRight>... grants) {
        return new ResourceGrants("bob", false, List.of(grants));
    }

    @ParameterizedTest
    @EnumSource(ResourceRight.class)
    void a_right_is_held_through_a_group_or_by_name_with_all_that_it_implies(ResourceRight right) {
        for (ResourceGrants resource : List.of(grants(Grant.toGroup("data-team", right)), grants(Grant.toUser("alice", right)))) {
            assertThat(ALICE.on(resource)).contains(right);
            assertThat(Stream.of(ResourceRight.values()).filter(each -> ALICE.may(resource, each)))
                    .containsExactly(Stream.of(ResourceRight.values()).limit(right.ordinal() + 1L).toArray(ResourceRight[]::new));
            assertThat(new ResourceRights("carol", Set.of("release"), false).on(resource)).isEmpty();
        }
    }

    @Test
    void of_several_grants_the_highest_counts() {
        assertThat(ALICE.on(grants(Grant.toUser("alice", ResourceRight.USE), Grant.toGroup("data-team", ResourceRight.UPDATE))))
                .contains(ResourceRight.UPDATE);
    }

    @Test
    void the_owner_and_whoever_administers_the_node_may_everything() {
        assertThat(new ResourceRights("bob", Set.of(), false).on(grants())).contains(ResourceRight.ADMIN);
        assertThat(new ResourceRights("carol", Set.of(), true).on(grants())).contains(ResourceRight.ADMIN);
        assertThat(new ResourceRights("carol", Set.of(), false).on(new ResourceGrants(null, false, List.of()))).isEmpty();
    }

    @Test
    void what_is_usable_by_all_is_used_by_everybody_and_no_more() {
        ResourceGrants resource = new ResourceGrants("bob", true, List.of(Grant.toGroup("data-team", ResourceRight.ADMIN)));

        assertThat(new ResourceRights("carol", Set.of(), false).on(resource)).contains(ResourceRight.USE);
        assertThat(ALICE.on(resource)).contains(ResourceRight.ADMIN);
    }

    @Test
    void names_on_nodes_compare_with_their_case() {
        assertThat(ALICE.on(grants(Grant.toGroup("Data-Team", ResourceRight.USE), Grant.toUser("Alice", ResourceRight.USE)))).isEmpty();
    }

    @Test
    void a_group_alone_is_nobody_in_person() {
        assertThat(new ResourceRights(null, Set.of("data-team"), false).on(grants(Grant.toGroup("data-team", ResourceRight.USE))))
                .contains(ResourceRight.USE);
        assertThat(new ResourceRights(null, Set.of(), false).on(grants(Grant.toUser("alice", ResourceRight.USE)))).isEmpty();
    }

    @Test
    void each_kind_calls_its_rights_as_dataiku_does() {
        assertThat(Stream.of(ResourceRight.values()).map(ResourceKind.CODE_ENV::label)).containsExactly("Use", "Update", "Admin");
        assertThat(Stream.of(ResourceRight.values()).map(ResourceKind.CLUSTER::label)).containsExactly("Use", "Operate", "Admin");
        assertThat(ResourceKind.CONTAINER_EXEC.label(ResourceRight.USE)).isEqualTo("Use");
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedResourcesTest {

    private static final NodeMembers PEOPLE = new NodeMembers(
            Map.of("alice", Set.of("data-team", "elsewhere"), "bob", Set.of("r-team"), "carol", Set.of("elsewhere")), Set.of("administrators"));

    private World world;
    private ReportedResources reported;
    private Infrastructure prod;
    private NodeAddress address;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production").infrastructure("test", "Test");
        reported = new ReportedResources(world::configuration, Clock.systemUTC());
        prod = world.configuration().infrastructure("prod").orElseThrow();
        address = prod.nodes().get(0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static NodeResource codeEnv(String name, String language, String group) {
        return new NodeResource(ResourceKind.CODE_ENV, name, language,
                new ResourceGrants(null, false, List.of(Grant.toGroup(group, ResourceRight.USE))));
    }

    private ReportedResources.Node node() {
        return reported.of(prod).get(0).orElseThrow();
    }

    private List<NodeResource> resources() {
        return node().resources().stream().map(ReportedResources.Reported::resource).toList();
    }

    @Test
    void a_plan_brings_who_is_in_the_groups_that_what_it_uses_is_granted_to() {
        reported.add("prod", address, "prod-1", List.of(codeEnv("py311", "PYTHON", "data-team")), PEOPLE);
        assertThat(node().members()).containsOnly(Map.entry("alice", Set.of("data-team")));
        assertThat(node().administrators()).containsExactly("administrators");

        reported.add("prod", address, "prod-1", List.of(codeEnv("stats", "R", "r-team")), PEOPLE);
        assertThat(node().members()).as("of what was reported before too")
                .containsOnly(Map.entry("alice", Set.of("data-team")), Map.entry("bob", Set.of("r-team")));
    }

    @Test
    void two_languages_keep_a_code_env_each_under_one_name() {
        reported.replace("prod", address, "prod-1", List.of(codeEnv("ds", "R", "r-team"), codeEnv("ds", "PYTHON", "data-team")), PEOPLE);

        reported.add("prod", address, "prod-1", List.of(codeEnv("ds", "R", "elsewhere")), PEOPLE);

        assertThat(resources()).containsExactly(codeEnv("ds", "PYTHON", "data-team"), codeEnv("ds", "R", "elsewhere"));
        assertThat(node().whole()).isNotNull();
    }

    @Test
    void another_node_behind_the_same_address_has_nothing_of_the_one_before_it() {
        reported.replace("prod", address, "prod-1", List.of(codeEnv("py311", "PYTHON", "data-team")), PEOPLE);

        reported.add("prod", address, "prod-2", List.of(codeEnv("stats", "R", "r-team")), PEOPLE);

        assertThat(node().name()).isEqualTo("prod-2");
        assertThat(resources()).containsExactly(codeEnv("stats", "R", "r-team"));
        assertThat(node().whole()).as("all of it was read of the other").isNull();
    }

    @Test
    void a_plan_that_uses_nothing_makes_nothing_known() {
        reported.add("prod", address, "prod-1", List.of(), PEOPLE);

        assertThat(reported.of(prod).get(0)).isEmpty();
    }

    @Test
    void what_is_no_longer_configured_is_forgotten() {
        NodeAddress test = world.configuration().infrastructure("test").orElseThrow().nodes().get(0);
        reported.replace("test", test, "test-1", List.of(codeEnv("py311", "PYTHON", "data-team")), PEOPLE);
        assertThat(reported.size()).isEqualTo(1);
        world.forget("test");

        reported.add("prod", address, "prod-1", List.of(codeEnv("py311", "PYTHON", "data-team")), PEOPLE);

        assertThat(reported.size()).isEqualTo(1);
        assertThat(resources()).hasSize(1);
    }
}

package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every combination of rights, against the rules as the seed and the design state them, written down as tables here. */
class RightsPropertyTest {

    /** What somebody whose only grant is the key may do with an infrastructure. */
    private static final Map<String, Set<String>> INFRASTRUCTURE_RULE = Map.of(
            "none", Set.of(),
            "READ", Set.of("READ"),
            "DEPLOY", Set.of("READ", "DEPLOY"),
            "ADMIN", Set.of("READ", "DEPLOY", "ADMIN"));

    /** The same for a published project: writing and deploying do not include each other. */
    private static final Map<String, Set<String>> PROJECT_RULE = Map.of(
            "none", Set.of(),
            "READ", Set.of("READ"),
            "WRITE", Set.of("READ", "WRITE"),
            "DEPLOY", Set.of("READ", "DEPLOY"),
            "ADMIN", Set.of("READ", "WRITE", "DEPLOY", "ADMIN"));

    enum Via {
        GROUP,
        USER
    }

    enum Spelling {
        SAME,
        OTHER_CASE
    }

    /** One grant, or none, and how it reaches alice, who is in the group Release. */
    record Given(String right, Via via, Spelling spelling) {

        boolean reaches(boolean caseMatters) {
            return !right.equals("none") && !(caseMatters && spelling == Spelling.OTHER_CASE);
        }

        <R extends Enum<R>> List<Grant<R>> grants(Class<R> rights) {
            List<Grant<R>> grants = new ArrayList<>();
            rightsOfOthers(rights, grants);
            if (!right.equals("none")) {
                String name = via == Via.GROUP ? "Release" : "alice";
                String written = spelling == Spelling.SAME ? name : name.toUpperCase(java.util.Locale.ROOT);
                R value = Enum.valueOf(rights, right);
                grants.add(via == Via.GROUP ? Grant.toGroup(written, value) : Grant.toUser(written, value));
            }
            return grants;
        }

        /** A group called like the user, a user called like the group: neither may reach alice. */
        private static <R extends Enum<R>> void rightsOfOthers(Class<R> rights, List<Grant<R>> grants) {
            R highest = rights.getEnumConstants()[rights.getEnumConstants().length - 1];
            grants.add(Grant.toGroup("alice", highest));
            grants.add(Grant.toUser("Release", highest));
            grants.add(Grant.toGroup("ops", highest));
        }
    }

    private final Person alice = Things.person("alice", "Release", "staff");

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void a_right_is_held_exactly_where_the_rules_say_so(
            @ForAll("onInfrastructure") Given onInfrastructure, @ForAll("onProject") Given onProject, @ForAll boolean caseMatters) {
        Access access = new Access(caseMatters ? Directory.WITH_CASE : Directory.IGNORING_CASE);
        Infrastructure prod = Things.infrastructure("prod", onInfrastructure.grants(InfrastructureRight.class));
        PublishedProject churn = Things.project("CHURN", onProject.grants(ProjectRight.class));
        Set<String> infrastructureRights = INFRASTRUCTURE_RULE.get(onInfrastructure.reaches(caseMatters) ? onInfrastructure.right : "none");
        Set<String> projectRights = PROJECT_RULE.get(onProject.reaches(caseMatters) ? onProject.right : "none");

        for (InfrastructureRight right : InfrastructureRight.values()) {
            assertThat(access.may(alice, prod, right).granted()).as("%s on prod", right).isEqualTo(infrastructureRights.contains(right.name()));
        }
        for (ProjectRight right : ProjectRight.values()) {
            assertThat(access.may(alice, churn, right).granted()).as("%s on CHURN", right).isEqualTo(projectRights.contains(right.name()));
        }
        assertThat(access.mayDeploy(alice, prod, churn).granted())
                .isEqualTo(infrastructureRights.contains("DEPLOY") && projectRights.contains("DEPLOY"));
        assertThat(access.sees(alice, prod, churn)).isEqualTo(!infrastructureRights.isEmpty() && !projectRights.isEmpty());
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void a_missing_right_is_forbidden_to_whoever_may_read_and_not_found_for_everybody_else(
            @ForAll("onInfrastructure") Given onInfrastructure, @ForAll("onProject") Given onProject, @ForAll boolean caseMatters) {
        Access access = new Access(caseMatters ? Directory.WITH_CASE : Directory.IGNORING_CASE);
        Infrastructure prod = Things.infrastructure("prod", onInfrastructure.grants(InfrastructureRight.class));
        PublishedProject churn = Things.project("CHURN", onProject.grants(ProjectRight.class));
        Set<String> infrastructureRights = INFRASTRUCTURE_RULE.get(onInfrastructure.reaches(caseMatters) ? onInfrastructure.right : "none");
        Set<String> projectRights = PROJECT_RULE.get(onProject.reaches(caseMatters) ? onProject.right : "none");

        for (InfrastructureRight right : InfrastructureRight.values()) {
            check(infrastructureRights, right.name(),
                    present -> access.require(alice, present ? Optional.of(prod) : Optional.<Infrastructure>empty(), "PROD", right));
        }
        for (ProjectRight right : ProjectRight.values()) {
            check(projectRights, right.name(),
                    present -> access.require(alice, present ? Optional.of(churn) : Optional.<PublishedProject>empty(), "CHURN", right));
        }
        boolean seen = !infrastructureRights.isEmpty() && !projectRights.isEmpty();
        Deployment deployment = new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", null, false, "carol", null);
        check(seen ? Set.of("READ") : Set.of(), "READ", present -> access.require(alice,
                present ? Optional.of(deployment) : Optional.<Deployment>empty(), Optional.of(prod), Optional.of(churn), "churn-on-PROD"));
    }

    /** Asks for the thing that is there, and for one that is not. */
    private static void check(Set<String> held, String right, Consumer<Boolean> ask) {
        Refused absent = catchThrowableOfType(Refused.class, () -> ask.accept(false));
        Refused refused = catchThrowableOfType(Refused.class, () -> ask.accept(true));
        assertThat(absent.reason()).isEqualTo(Refused.Reason.NOT_FOUND);
        if (held.contains(right)) {
            assertThat(refused).isNull();
        } else if (held.isEmpty()) {
            assertThat(refused.reason()).isEqualTo(absent.reason());
            assertThat(refused).hasMessage(absent.getMessage());
        } else {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.FORBIDDEN);
            assertThat(refused.getMessage()).contains("alice").contains("need ").contains("ops");
        }
    }

    @Property
    void several_grants_add_up(@ForAll Set<ProjectRight> byGroups, @ForAll Set<ProjectRight> byName) {
        List<Grant<ProjectRight>> grants = new ArrayList<>();
        byGroups.forEach(right -> grants.add(Grant.toGroup(right == ProjectRight.READ ? "staff" : "Release", right)));
        byName.forEach(right -> grants.add(Grant.toUser("alice", right)));
        Access access = new Access(Directory.WITH_CASE);
        PublishedProject churn = Things.project("CHURN", grants);

        for (ProjectRight asked : ProjectRight.values()) {
            boolean expected = grants.stream().anyMatch(grant -> PROJECT_RULE.get(grant.right().name()).contains(asked.name()));
            assertThat(access.may(alice, churn, asked).granted()).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Given> onInfrastructure() {
        return given("none", "READ", "DEPLOY", "ADMIN");
    }

    @Provide
    Arbitrary<Given> onProject() {
        return given("none", "READ", "WRITE", "DEPLOY", "ADMIN");
    }

    private static Arbitrary<Given> given(String... rights) {
        return Combinators.combine(Arbitraries.of(rights), Arbitraries.of(Via.class), Arbitraries.of(Spelling.class)).as(Given::new);
    }
}

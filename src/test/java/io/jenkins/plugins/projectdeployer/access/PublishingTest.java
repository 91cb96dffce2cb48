package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishingTest {

    private final Publishing publishing = new Publishing(new Access(Directory.IGNORING_CASE), Directory.IGNORING_CASE);
    private final Person alice = Things.person("alice", "churn-team");
    private final Optional<ProjectRule> byTeam = Optional.of(new ProjectRule("CHURN*",
            List.of(Grant.toGroup("churn-team", ProjectRight.DEPLOY)), List.of(Principal.ofGroup("Churn-Team"), Principal.ofUser("carol"))));
    private final Optional<ProjectRule> forAnybody = Optional.of(new ProjectRule("*", List.of(), List.of()));

    @Test
    void an_existing_project_takes_write_whatever_the_rules_say() {
        assertThat(may(alice, ProjectRight.WRITE, byTeam, false).granted()).isTrue();
        assertThat(may(alice, ProjectRight.ADMIN, Optional.empty(), false).granted()).isTrue();
        assertThat(may(alice, ProjectRight.DEPLOY, byTeam, true).explanation()).startsWith("you (alice) need Write on published project CHURN");
        assertThat(may(alice, ProjectRight.READ, byTeam, true).granted()).isFalse();
    }

    @Test
    void a_new_project_takes_one_of_the_rules_creators() {
        assertThat(mayCreate(alice, byTeam, false).granted()).isTrue();
        assertThat(mayCreate(Things.person("Carol"), byTeam, false).granted()).isTrue();
        assertThat(mayCreate(Things.person("bob"), byTeam, true).granted()).isFalse();
        assertThat(mayCreate(new Person("root", Set.of(), true), byTeam, false).granted()).isTrue();
    }

    @Test
    void a_new_project_without_named_creators_takes_the_permission_of_jenkins() {
        assertThat(mayCreate(alice, forAnybody, true).granted()).isTrue();
        assertThat(mayCreate(alice, forAnybody, false).granted()).isFalse();
        assertThat(mayCreate(alice, Optional.empty(), true).granted()).isTrue();
        assertThat(mayCreate(alice, Optional.empty(), false).explanation()).contains("permission to create published projects");
    }

    @Test
    void whoever_may_not_create_a_project_cannot_tell_whether_it_exists() {
        Person bob = Things.person("bob");
        Optional<PublishedProject> hidden = Optional.of(Things.project("CHURN", List.of(Grant.toGroup("churn-team", ProjectRight.ADMIN))));

        for (Optional<ProjectRule> rule : List.of(byTeam, forAnybody, Optional.<ProjectRule>empty())) {
            assertThat(publishing.mayPublish(bob, hidden, "CHURN", rule, false)).hasToString(mayCreate(bob, rule, false).toString());
        }
    }

    @Test
    void the_refusal_is_one_sentence() {
        assertThat(mayCreate(Things.person("bob"), byTeam, false).explanation()).isEqualTo("There is no published project \"CHURN\", or you"
                + " may not see it; it may be published for the first time by group Churn-Team, user carol");
    }

    @Test
    void a_hidden_project_is_never_published_to() {
        Optional<PublishedProject> hidden = Optional.of(Things.project("CHURN", List.of()));

        assertThat(publishing.mayPublish(alice, hidden, "CHURN", byTeam, true).granted()).isFalse();
    }

    @Test
    void first_grants_are_those_of_the_rule_and_else_the_publishers_own() {
        assertThat(publishing.firstGrants(alice, byTeam)).containsExactly(Grant.toGroup("churn-team", ProjectRight.DEPLOY));
        assertThat(publishing.firstGrants(alice, forAnybody)).containsExactly(Grant.toUser("alice", ProjectRight.ADMIN));
        assertThat(publishing.firstGrants(alice, Optional.empty())).containsExactly(Grant.toUser("alice", ProjectRight.ADMIN));
    }

    private Decision may(Person person, ProjectRight has, Optional<ProjectRule> rule, boolean mayCreateProjects) {
        PublishedProject churn = Things.project("CHURN", List.of(Grant.toUser(person.id(), has)));
        return publishing.mayPublish(person, Optional.of(churn), "CHURN", rule, mayCreateProjects);
    }

    private Decision mayCreate(Person person, Optional<ProjectRule> rule, boolean mayCreateProjects) {
        return publishing.mayPublish(person, Optional.empty(), "CHURN", rule, mayCreateProjects);
    }
}

package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final Access access = new Access(Directory.IGNORING_CASE);
    private final Infrastructure prod = Things.infrastructure("prod", List.of(
            Grant.toGroup("release", InfrastructureRight.DEPLOY), Grant.toGroup("staff", InfrastructureRight.READ)));
    private final PublishedProject churn = Things.project("CHURN", List.of(
            Grant.toGroup("churn-team", ProjectRight.DEPLOY), Grant.toUser("carol", ProjectRight.ADMIN), Grant.toGroup("staff", ProjectRight.READ)));

    @Test
    void a_refusal_names_the_missing_right_and_who_has_it() {
        Decision decision = access.may(Things.person("alice", "staff"), prod, InfrastructureRight.DEPLOY);

        assertThat(decision.granted()).isFalse();
        assertThat(decision.explanation()).isEqualTo("you (alice) need Deploy on infrastructure prod; the groups that have it: release");
    }

    @Test
    void a_refusal_names_the_users_that_have_the_right_too() {
        Decision decision = access.may(Things.person("alice", "staff"), churn, ProjectRight.DEPLOY);

        assertThat(decision.explanation()).isEqualTo("you (alice) need Deploy on published project CHURN;"
                + " the groups that have it: churn-team; the users that have it: carol");
    }

    @Test
    void a_right_that_nobody_has_is_said_to_be_the_administrators() {
        assertThat(access.may(Things.person("alice", "staff"), prod, InfrastructureRight.ADMIN).explanation())
                .endsWith("nobody but Jenkins' administrators has it");
    }

    @Test
    void deploying_names_both_missing_rights_at_once() {
        assertThatThrownBy(() -> access.mayDeploy(Things.person("alice", "staff"), prod, churn).require())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Deploy on infrastructure prod")
                .hasMessageContaining("Deploy on published project CHURN");
    }

    @Test
    void deploying_onto_a_hidden_infrastructure_says_nothing_of_the_project() {
        assertThatThrownBy(() -> access.mayDeploy(Things.person("bob", "churn-team"), prod, churn).require())
                .hasMessage(Refused.notFound("infrastructure", "prod").getMessage());
    }

    @Test
    void what_hooks_did_in_an_update_is_shown_to_administrators_of_its_infrastructure_alone() {
        Infrastructure administered = Things.infrastructure("prod", List.of(
                Grant.toGroup("release", InfrastructureRight.DEPLOY), Grant.toUser("bob", InfrastructureRight.ADMIN)));
        Update update = Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "prod").build(), Instant.EPOCH)
                .after(new UpdateEvent.RunStarted(Update.RunKind.POST_HOOK, "notify", "d1"), Instant.EPOCH)
                .after(new UpdateEvent.RunEnded(Update.RunKind.POST_HOOK, "notify", "SUCCESS", "told", "printed",
                        new Update.Calls(List.of(new Update.Call("automation", "GET", "/projects/", 200)), 0)), Instant.EPOCH);

        assertThat(access.shown(Things.person("bob"), update, Optional.of(administered))).isEqualTo(update);
        assertThat(access.shown(Things.person("alice", "release"), update, Optional.of(administered)))
                .isEqualTo(update.withoutHooks())
                .isNotEqualTo(update);
        assertThat(access.shown(Things.person("bob"), update, Optional.empty()))
                .as("nobody is known to administer an infrastructure that is gone").isEqualTo(update.withoutHooks());
    }

    @Test
    void a_granted_right_says_where_it_comes_from() {
        assertThat(access.may(Things.person("alice", "Release", "Staff"), prod, InfrastructureRight.READ).reasons())
                .containsExactly("group release has Read on infrastructure prod", "group staff has Read on infrastructure prod");
        assertThat(access.may(Things.person("CAROL"), churn, ProjectRight.WRITE).reasons())
                .containsExactly("user carol has Write on published project CHURN");
    }

    @Test
    void whoever_administers_jenkins_holds_every_right() {
        Person root = new Person("root", Set.of(), true);

        assertThat(access.may(root, prod, InfrastructureRight.ADMIN).granted()).isTrue();
        assertThat(access.may(root, churn, ProjectRight.ADMIN).granted()).isTrue();
        assertThat(access.may(root, prod, InfrastructureRight.ADMIN).reasons()).containsExactly("root administers Jenkins");
    }

    @Test
    void the_spelling_of_a_hidden_infrastructure_is_not_betrayed() {
        assertThatThrownBy(() -> access.require(Things.person("bob"), Optional.of(prod), "PROD", InfrastructureRight.READ))
                .hasMessageContaining("\"PROD\"")
                .hasMessageNotContaining("\"prod\"");
    }

    @Test
    void a_deployment_whose_infrastructure_is_gone_is_not_found() {
        Deployment orphan = new Deployment("CHURN-on-old", "CHURN", "old", "CHURN", "v1", null, false, "carol", null);

        assertThatThrownBy(() -> access.require(new Person("root", Set.of(), true), Optional.of(orphan), Optional.empty(), Optional.of(churn), "CHURN-on-old"))
                .hasMessage(Refused.notFound("deployment", "CHURN-on-old").getMessage());
    }

    @Test
    void names_from_the_directory_cannot_write_lines_of_their_own() {
        Infrastructure odd = Things.infrastructure("odd", List.of(
                Grant.toGroup("staff", InfrastructureRight.READ), Grant.toGroup("a\nb\u202e", InfrastructureRight.DEPLOY)));

        assertThat(access.may(Things.person("bob\r", "staff"), odd, InfrastructureRight.DEPLOY).explanation())
                .isEqualTo("you (bob\\u000d) need Deploy on infrastructure odd; the groups that have it: a\\u000ab\\u202e");
    }

    @Test
    void a_long_list_of_groups_is_cut_and_says_so() {
        List<Grant<InfrastructureRight>> grants = new ArrayList<>(List.of(Grant.toGroup("staff", InfrastructureRight.READ)));
        IntStream.rangeClosed(1, 12).forEach(i -> grants.add(Grant.toGroup("g" + i, InfrastructureRight.DEPLOY)));

        assertThat(access.may(Things.person("alice", "staff"), Things.infrastructure("prod", grants), InfrastructureRight.DEPLOY).explanation())
                .endsWith("g9, g10, and 2 more");
    }

    @Test
    void another_way_of_comparing_names_holds_from_the_next_question_on() {
        AtomicReference<UnaryOperator<String>> realm = new AtomicReference<>(name -> name.toLowerCase(Locale.ENGLISH));
        Access changing = new Access(new Directory(name -> realm.get().apply(name)));
        Person alice = Things.person("alice", "RELEASE");
        assertThat(changing.may(alice, prod, InfrastructureRight.DEPLOY).granted()).isTrue();

        realm.set(name -> name);

        assertThat(changing.may(alice, prod, InfrastructureRight.DEPLOY).granted()).isFalse();
    }

    @Test
    void everybody_uses_a_code_env_that_is_usable_by_all_and_only_its_owner_updates_it() {
        CodeEnv py311 = new CodeEnv("py311", "/opt/envs/py311/bin/python", "carol", true, List.of());

        assertThat(access.may(Things.person("alice"), py311, ResourceRight.USE).granted()).isTrue();
        assertThat(access.may(Things.person("alice"), py311, ResourceRight.UPDATE).explanation())
                .isEqualTo("you (alice) need Update on code env py311; the users that have it: carol");
        assertThat(access.may(Things.person("carol"), py311, ResourceRight.ADMIN).granted()).isTrue();
    }

    @Test
    void a_code_env_for_some_is_hidden_from_the_others() {
        CodeEnv py311 = new CodeEnv("py311", "/opt/envs/py311/bin/python", null, false, List.of(Grant.toGroup("release", ResourceRight.UPDATE)));

        assertThat(access.may(Things.person("bob", "release"), py311, ResourceRight.USE).granted()).isTrue();
        assertThat(access.may(Things.person("bob", "release"), py311, ResourceRight.ADMIN).granted()).isFalse();
        assertThatThrownBy(() -> access.may(Things.person("alice"), py311, ResourceRight.USE).require())
                .hasMessage(Refused.notFound("code env", "py311").getMessage());
    }
}

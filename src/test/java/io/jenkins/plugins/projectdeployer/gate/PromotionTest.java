package io.jenkins.plugins.projectdeployer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production takes only what has been on Test. */
class PromotionTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void open() {
        world = new World(home).infrastructure("dev", "Development").infrastructure("test", "Test").infrastructure("prod", "Production");
        gate(null, PromotionHealth.WARNING);
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void gate(String after, PromotionHealth health) {
        world.gate("Production", new StageGate(0, null, null, null, "Test", Span.of(after), health, null, null));
    }

    private Update deploy(String bundle, String infrastructure) {
        return world.deploy(World.request("CHURN", bundle, infrastructure));
    }

    private static String refusal(Update update) {
        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.phase()).isEqualTo(Phase.REPORT);
        return update.messages().stream().filter(message -> message.code().equals("NOT_PROMOTED")).map(Message::text).findFirst().orElseThrow();
    }

    @Test
    void a_bundle_that_was_on_test_may_come_and_another_may_not() {
        deploy("v1", "test");

        assertThat(refusal(deploy("v2", "prod"))).isEqualTo("Bundle v2 may not come to stage Production yet: it must have been deployed on"
                + " stage Test by an update that ended well; it has not been active there.");
        assertThat(world.node("prod").state().findProject("CHURN")).isEmpty();
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void an_earlier_stage_than_the_named_one_is_not_enough() {
        deploy("v1", "dev");

        assertThat(refusal(deploy("v1", "prod"))).contains("it has not been active there");
    }

    @Test
    void it_must_have_been_there_for_a_time_and_the_refusal_says_how_long_it_was() {
        gate("24h", PromotionHealth.WARNING);
        deploy("v1", "test");
        world.later(Duration.ofHours(3));
        assertThat(refusal(deploy("v1", "prod"))).endsWith("and have been active for 1 d; an update brought it to an infrastructure of"
                + " that stage and ended SUCCESS, and it was active for 3 h.");

        world.later(Duration.ofHours(22));
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void the_refusal_names_no_infrastructure_that_whoever_sees_the_update_may_not_see() {
        gate("24h", PromotionHealth.WARNING);
        world.infrastructure("secret-test", "Test");
        deploy("v1", "secret-test");
        world.later(Duration.ofHours(1));

        assertThat(refusal(deploy("v1", "prod"))).contains("it was active for 1 h").doesNotContain("secret-test").doesNotContain("update 1");
    }

    @Test
    void time_counts_until_another_bundle_came_and_not_after() {
        gate("24h", PromotionHealth.WARNING);
        deploy("v1", "test");
        world.later(Duration.ofHours(2));
        deploy("v2", "test");
        world.later(Duration.ofHours(30));

        assertThat(refusal(deploy("v1", "prod"))).contains("it was active for 2 h");
        assertThat(deploy("v2", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void deploying_the_same_bundle_again_does_not_begin_the_time_anew() {
        gate("24h", PromotionHealth.WARNING);
        deploy("v1", "test");
        world.later(Duration.ofHours(23));
        deploy("v1", "test");
        world.later(Duration.ofHours(2));

        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void health_is_what_the_update_ended_as() {
        world.hooks("test", World.hook("warn", HookPhase.POST, World.executing("return HookResult.warning('look')")));
        deploy("v1", "test");
        gate(null, PromotionHealth.HEALTHY);
        assertThat(refusal(deploy("v1", "prod"))).contains("without a warning").contains("ended WARNING");

        gate(null, PromotionHealth.WARNING);
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void an_infrastructure_that_is_moved_to_the_stage_afterwards_takes_nothing_with_it() {
        deploy("v1", "dev");
        world.change("dev", i -> stage(i, "Test"));

        assertThat(refusal(deploy("v1", "prod"))).contains("it has not been active there");
    }

    @Test
    void a_dry_run_on_test_is_no_deployment() {
        world.deploy(World.request("CHURN", "v1", "test").dryRun(true));

        assertThat(refusal(deploy("v1", "prod"))).contains("it has not been active there");
    }

    @Test
    void any_number_of_dry_runs_and_refused_updates_hides_no_deployment() {
        deploy("v1", "test");
        Gated.planned(world, "test", 201);

        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    private static Infrastructure stage(Infrastructure i, String stage) {
        return new Infrastructure(i.id(), stage, i.nodes(), i.externalUrl(), i.grants(), i.connections(), i.codeEnvs(), i.containerExecs(),
                i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }
}

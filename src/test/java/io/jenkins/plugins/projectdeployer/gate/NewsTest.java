package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that happens at a gate is told once, and says what happened and who did it. */
class NewsTest {

    private final List<GateNews> told = new CopyOnWriteArrayList<>();
    private World world;
    private Gated gated;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).notifier(told::add);
        gated = new Gated(world, World.approvals(1, RELEASE));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    private GateNews last(GateNews.Kind... all) {
        await().untilAsserted(() -> assertThat(told).extracting(GateNews::kind).containsExactly(all));
        GateNews last = told.get(told.size() - 1);
        assertThat(last.request().update()).isEqualTo(told.get(0).request().update());
        return last;
    }

    @Test
    void a_rejection() {
        Update update = gated.ask();
        gated.approvals().reject("erin", update.number(), "not before the audit", new Approvals.Seen(1, null));
        gated.end(update);

        GateNews news = last(GateNews.Kind.REQUESTED, GateNews.Kind.REJECTED);
        assertThat(news.by()).isEqualTo("erin");
        assertThat(news.text()).isEqualTo("Update " + update.number() + " was rejected by erin: not before the audit");
    }

    @Test
    void a_time_limit_that_has_passed() {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, Span.of("1s"), null, null, null, null, null));
        gated.end(world.submit(World.request("CHURN", "v1", "prod").build()));

        GateNews news = last(GateNews.Kind.REQUESTED, GateNews.Kind.EXPIRED);
        assertThat(news.by()).isNull();
        assertThat(news.text()).contains("The time limit of stage Production (1 s) has passed; it has 0 of 1 approval");
    }

    @Test
    void a_plan_that_has_changed() {
        Update update = gated.ask();
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        world.deployer().configurationSaved("bob");
        gated.revision(update.number(), 2);

        assertThat(last(GateNews.Kind.REQUESTED, GateNews.Kind.CHANGED).text()).contains("infrastructure, users changed. Approvals given are void");
    }

    @Test
    void a_freeze_that_is_overridden_and_what_goes_on_by_that() {
        world.gate("Production", new StageGate(0, null, null, null, null, null, null, List.of(new Freeze("calm",
                LocalDateTime.now(ZoneOffset.UTC).minusHours(1), LocalDateTime.now(ZoneOffset.UTC).plusHours(1), null, null, null, null)), null));
        world.overridesFreezes("dave");
        Update update = gated.ask();
        world.deployer().emergencies().overrideFreeze("dave", update.number(), "customers are waiting");
        world.deployer().emergencies().overrideFreeze("dave", update.number(), "customers are waiting");
        gated.end(update);

        last(GateNews.Kind.REQUESTED, GateNews.Kind.FREEZE_OVERRIDDEN, GateNews.Kind.PASSED);
        assertThat(told.get(1).by()).isEqualTo("dave");
        assertThat(told.get(1).text()).isEqualTo("Freeze calm is overridden for update " + update.number() + " by dave: customers are waiting");
    }
}

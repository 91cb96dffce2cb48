package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Anchor;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page does that only looks. */
class LookingTest {

    private static final Person DAVE = new Person("dave", Set.of("release"), false);

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void open() {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void looking_at_what_waits_records_nothing_also_where_somebody_has_changed_the_infrastructure() {
        Gated gated = new Gated(world, new StageGate(1, List.of(RELEASE), Span.of("7d"), null, null, null, null, null, null));
        Update update = gated.ask();
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        Anchor before = world.deployer().records().head();

        assertThat(gated.approvals().countFor(DAVE, 100)).isEqualTo(1);
        assertThat(gated.approvals().waitingFor(DAVE, 0, 10).requests()).hasSize(1);
        assertThat(gated.approvals().visibleTo(DAVE, 0, 10).requests()).hasSize(1);
        assertThat(gated.approvals().request(DAVE, update.number()).objection()).isNull();
        assertThat(world.deployer().records().head()).isEqualTo(before);
    }

    @Test
    void why_somebody_cannot_decide_follows_their_name_where_only_a_freeze_is_in_the_way() {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        Gated gated = new Gated(world, new StageGate(0, null, null, null, null, null, null,
                List.of(new Freeze("calm", now.minusHours(1), now.plusHours(1), null, null, null, null)), null));
        Update update = gated.ask();

        assertThat("dave " + gated.approvals().request(DAVE, update.number()).objection())
                .isEqualTo("dave need not approve it, since it waits for no approval, only for the end of a freeze");
    }

    @Test
    void why_somebody_cannot_decide_follows_their_name_where_the_update_goes_on_already() throws InterruptedException {
        CountDownLatch passed = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Gated gated = new Gated(world, World.approvals(1, RELEASE));
        world.barrier(place -> {
            if (place.equals("passed GATE")) {
                passed.countDown();
                until(seen);
            }
        });
        Update update = gated.ask();
        gated.approve("erin", update);
        try {
            passed.await();
            assertThat("dave " + gated.approvals().request(DAVE, update.number()).objection())
                    .isEqualTo("dave need not decide any more, since the update goes on already");
        } finally {
            seen.countDown();
        }
        gated.end(update);
    }

    @Test
    void of_a_request_that_is_over_who_looks_is_told_how_it_ended_and_not_that_they_come_too_late() {
        Gated gated = new Gated(world, World.approvals(1, RELEASE));
        Update update = gated.ask();
        assertThat(gated.approvals().over(DAVE, update.number())).as("it waits").isEmpty();
        gated.approvals().reject("erin", update.number(), "not today", new Approvals.Seen(1, null));
        gated.end(update);

        assertThatThrownBy(() -> gated.approvals().request(DAVE, update.number()))
                .hasMessage("Update " + update.number() + " has ended as FAILED; nothing is left to decide.");
        assertThat(gated.approvals().over(DAVE, update.number()).orElseThrow().messages()).extracting(Message::text)
                .contains("erin has rejected the deployment: not today");
        Person carol = world.people().person("carol");
        assertThatThrownBy(() -> gated.approvals().over(carol, update.number())).hasMessageContaining("There is no request");
        assertThatThrownBy(() -> gated.approvals().over(carol, 4711)).hasMessageContaining("There is no request");
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people click twice, or two of them at once, is done and told once; what was stopped half-way is finished later. */
class TwiceTest {

    private static final Duration SOON = Duration.ofMinutes(30);

    @TempDir
    Path home;

    private final List<GateNews> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
    private World world;
    private Gated gated;
    private Gates gates;

    private void open(StageGate gate) {
        world = new World(home);
        world.breaksGlass("frank").overridesFreezes("dave").overridesFreezes("erin");
        gated = new Gated(world, gate);
    }

    /** Doors of their own on the same records; whoever reads their clock finds that something has happened just before. */
    private Gates doors(People people) {
        gates = Gates.of(new Gates.Parts(world::configuration, people, new Access(people), world.deployer().records(),
                world::mayOverrideFreeze, world::mayBreakGlass, List.of(told::add), update -> null,
                (deployment, asked) -> Optional.empty(), (deployment, asked) -> Optional.empty(), new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Instant instant() {
                        Runnable first = meanwhile.getAndSet(null);
                        if (first != null) {
                            first.run();
                        }
                        return world.clock().instant();
                    }
                }));
        return gates;
    }

    @AfterEach
    void close() {
        if (gates != null) {
            gates.close();
        }
        gated.close();
    }

    private record Lines(List<String> lines) implements Waiting {

        @Override
        public void wake(long update) {
            // The engine's own door does.
        }

        @Override
        public void tell(long update, String line) {
            lines.add(line);
        }
    }

    private static StageGate frozen(int approvals) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return new StageGate(approvals, List.of(RELEASE), null, null, null, null, null,
                List.of(new Freeze("calm", now.minusHours(1), now.plusHours(1), null, null, null, null)), null);
    }

    private boolean isOwed(Update update) {
        return world.deployer().records().gates().request(update.number()).isPresent();
    }

    /** An update that went under broken glass and owes one approval; a vote is recorded, and nothing has followed from it. */
    private Update votedAndStopped(Vote vote) {
        open(World.approvals(1, RELEASE));
        world.deployer().emergencies().breakGlass("frank", "CHURN", "prod", SOON, "fire");
        Update update = world.deploy(World.request("CHURN", "v1", "prod"));
        world.deployer().records().gates().change(update.number(), "voted", vote.userId(), request -> request.with(vote));
        assertThat(isOwed(update)).isTrue();
        return update;
    }

    private static Vote approval(String userId) {
        return new Vote(userId, true, "looks good", Instant.now(), false);
    }

    @Test
    void nothing_is_owed_where_only_a_freeze_was_in_the_way_of_what_all_had_approved() {
        open(frozen(2));
        Update update = gated.ask();
        gated.approve("dave", update);
        gated.approve("erin", update);
        gated.waits(update.number());
        world.deployer().emergencies().breakGlass("frank", "CHURN", "prod", SOON, "fire");
        Update end = gated.end(update);

        assertThat(isOwed(end)).isFalse();
        assertThat(end.messages()).filteredOn(message -> message.code().equals("BROKEN_GLASS")).singleElement()
                .satisfies(message -> assertThat(message.text()).endsWith("was opened by frank (fire)."));
    }

    @Test
    void an_approval_that_was_recorded_and_closed_nothing_closes_when_it_is_given_again() {
        Update update = votedAndStopped(approval("erin"));
        gated.approve("erin", update);

        assertThat(isOwed(update)).isFalse();
    }

    @Test
    void an_approval_that_was_recorded_and_closed_nothing_closes_at_the_next_start() {
        Update update = votedAndStopped(approval("erin"));
        world.restart();

        await().until(() -> !isOwed(update));
    }

    @Test
    void a_rejection_that_was_recorded_and_closed_nothing_closes_at_the_next_start() {
        Update update = votedAndStopped(new Vote("erin", false, "that was no fire", Instant.now(), false));
        world.restart();

        await().until(() -> !isOwed(update));
    }

    @Test
    void an_approval_is_answered_though_the_directory_fails_before_it_is_counted_and_counts_later() {
        open(World.approvals(1, RELEASE));
        world.deployer().emergencies().breakGlass("frank", "CHURN", "prod", SOON, "fire");
        Update update = world.deploy(World.request("CHURN", "v1", "prod"));
        AtomicBoolean down = new AtomicBoolean(true);
        Approvals door = doors(new Directory(world.people(), () -> down.get() && !gated.request(update.number()).votes().isEmpty()))
                .approvals(new Lines(new CopyOnWriteArrayList<>()));
        Approvals.Seen seen = new Approvals.Seen(1, null);

        assertThat(door.approve("erin", update.number(), null, seen).votes()).hasSize(1);
        assertThat(isOwed(update)).isTrue();
        down.set(false);
        door.approve("erin", update.number(), null, seen);
        assertThat(isOwed(update)).isFalse();
    }

    @Test
    void of_two_clicks_on_approve_at_once_one_is_told() {
        open(World.approvals(2, RELEASE));
        Update update = gated.ask();
        List<String> lines = new CopyOnWriteArrayList<>();
        Approvals door = doors(world.people()).approvals(new Lines(lines));
        meanwhile.set(() -> gated.approve("dave", update));
        ApprovalRequest after = door.approve("dave", update.number(), "looks good", new Approvals.Seen(1, null));

        assertThat(meanwhile.get()).as("the other click was first").isNull();
        assertThat(after.votes()).hasSize(1);
        assertThat(lines).isEmpty();
    }

    @Test
    void of_two_who_override_a_freeze_at_once_the_one_that_counts_is_told() {
        open(frozen(1));
        Update update = gated.ask();
        List<String> lines = new CopyOnWriteArrayList<>();
        Emergencies door = doors(world.people()).emergencies(new Lines(lines));
        meanwhile.set(() -> world.deployer().emergencies().overrideFreeze("dave", update.number(), "customers wait"));
        ApprovalRequest after = door.overrideFreeze("erin", update.number(), "hurry");

        assertThat(after.override().userId()).isEqualTo("dave");
        assertThat(lines).isEmpty();
    }

    @Test
    void glass_that_is_broken_twice_in_the_same_words_is_broken_once() {
        open(World.approvals(1, RELEASE));
        Emergencies door = doors(world.people()).emergencies(new Lines(new CopyOnWriteArrayList<>()));
        BrokenGlass first = door.breakGlass("frank", "CHURN", "prod", SOON, "fire");
        BrokenGlass again = door.breakGlass("frank", "CHURN", "prod", SOON, "fire ");

        assertThat(again).isEqualTo(first);
        assertThat(world.deployer().records().gates().glasses(world.clock().instant())).containsExactly(first);
        await().untilAsserted(() -> assertThat(told).hasSize(1));
        assertThat(door.breakGlass("frank", "CHURN", "prod", SOON.plusMinutes(1), "fire")).as("for longer").isNotEqualTo(first);
        world.later(Emergencies.TWICE);
        assertThat(door.breakGlass("frank", "CHURN", "prod", SOON, "fire").until()).as("later, it holds longer").isAfter(first.until());
    }

    /** A directory that stops answering. */
    private record Directory(People people, java.util.function.BooleanSupplier down) implements People {

        @Override
        public Person person(String userId) {
            if (down.getAsBoolean()) {
                throw new Refused(Refused.Reason.UNAVAILABLE, "The directory does not answer.");
            }
            return people.person(userId);
        }

        @Override
        public String userKey(String userId) {
            return people.userKey(userId);
        }

        @Override
        public String groupKey(String groupName) {
            return people.groupKey(groupName);
        }
    }
}

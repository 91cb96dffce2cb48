package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done to the records, they are the same after every kind of opening. */
class RecordsPropertyTest {

    private static final List<String> PROJECTS = List.of("CHURN", "FRAUD");
    private static final List<String> PLACES = List.of("dev", "prod");

    @Property(tries = 25)
    void the_state_is_the_same_derived_from_everything_or_with_a_checkpoint(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int before,
            @ForAll @IntRange(max = 60) int after,
            @ForAll @IntRange(min = 1, max = 50) int every)
            throws IOException {
        Path home = Files.createTempDirectory("records");
        Random random = new Random(seed);
        Path none = home.resolve("none.bin");
        try {
            Map<String, String> live;
            try (FileJournal journal = open(home)) {
                JournalRecords records = JournalRecords.open(journal);
                act(records, random, before);
                records.close();
            }
            try (FileJournal journal = open(home)) {
                JournalRecords records = JournalRecords.open(journal, home.resolve("checkpoint.bin"), every);
                act(records, random, after);
                live = state(records);
                assertThat(state(JournalRecords.open(journal, none))).as("all").isEqualTo(live);
                assertThat(state(JournalRecords.open(journal))).as("checkpoint and the rest").isEqualTo(live);
                records.close();
                assertThat(state(JournalRecords.open(journal))).as("checkpoint alone").isEqualTo(live);
            }
        } finally {
            try (var files = Files.walk(home)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static FileJournal open(Path home) {
        // The disk is not asked to sync: what is tried here is not what survives a power cut.
        return FileJournal.open(home, JournalFixture.ticking(), 30_000, file -> {
            SegmentFile disk = SegmentFile.onDisk(file);
            return new SegmentFile() {
                @Override
                public long length() throws IOException {
                    return disk.length();
                }

                @Override
                public void write(long offset, byte[] bytes) throws IOException {
                    disk.write(offset, bytes);
                }

                @Override
                public void sync() {}

                @Override
                public void truncate(long length) throws IOException {
                    disk.truncate(length);
                }

                @Override
                public void close() throws IOException {
                    disk.close();
                }
            };
        });
    }

    private static void act(Records records, Random random, int times) {
        for (int i = 0; i < times; i++) {
            try {
                act(records, random);
            } catch (Refused e) {
                // A refusal must leave everything as it was, which the comparison would show.
            }
        }
    }

    private static void act(Records records, Random random) {
        String project = PROJECTS.get(random.nextInt(PROJECTS.size()));
        String place = PLACES.get(random.nextInt(PLACES.size()));
        String bundle = "v" + random.nextInt(4);
        String id = project + "-on-" + place;
        switch (random.nextInt(20)) {
            case 0, 1 -> records.create(RecordsFixture.project(project));
            case 2 -> records.changeGrants(project, List.of(Grant.toUser("user" + random.nextInt(9), ProjectRight.READ)), "bob");
            case 3 -> records.deleteProject(project, "bob");
            case 4, 5, 6 -> records.publish(RecordsFixture.bundle(project, bundle, bundle + random.nextInt(3) / 2));
            case 7, 8 -> records.deleteBundle(project, bundle, "bob");
            case 9, 10 -> records.create(RecordsFixture.deployment(id, project, place));
            case 11 -> records.change(RecordsFixture.deployment(id, project, place).afterAdoption(), "bob");
            case 12 -> records.deleteDeployment(id, "bob");
            case 13, 14 -> liveAndDie(records, id, project, place, bundle);
            case 15, 16 -> records.submit(RecordsFixture.request("key-" + random.nextInt(40), project));
            default -> {
                List<Update> open = records.openUpdates();
                if (!open.isEmpty()) {
                    Update update = open.get(random.nextInt(open.size()));
                    UpdateEvent event = event(random, id, bundle);
                    records.record(update.number(), event instanceof UpdateEvent.Ended ? List.of(event) : List.of(
                            event, new UpdateEvent.PhaseStarted(Phase.values()[random.nextInt(Phase.values().length)])));
                }
            }
        }
    }

    /** A whole life in one step: single steps seldom come in this order, and what they leave behind is what counts. */
    private static void liveAndDie(Records records, String id, String project, String place, String bundle) {
        if (records.deployment(id).isEmpty()) {
            records.create(RecordsFixture.deployment(id, project, place));
        }
        long number = records.submit(RecordsFixture.request("key-" + id + bundle + records.updates(Long.MAX_VALUE, 1000).size(), project)).number();
        if (records.openUpdates().stream().anyMatch(update -> update.number() == number)) {
            records.record(number, new UpdateEvent.TargetKnown(id));
            records.record(number, new UpdateEvent.BundleKnown(bundle, digest(bundle)));
            records.record(number, new UpdateEvent.PhaseStarted(Phase.SEND));
            records.record(number, RecordsFixture.reached("node-" + number % 3, bundle));
            records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
        }
        if (number % 3 > 0) {
            records.deleteDeployment(id, "bob");
            records.create(RecordsFixture.deployment(id, project, place));
        }
    }

    private static UpdateEvent event(Random random, String deployment, String bundle) {
        return switch (random.nextInt(10)) {
            case 9 -> new UpdateEvent.Planned(RecordsFixture.plan(
                    RecordsFixture.deployment(deployment, "CHURN", "prod"), "prod-" + random.nextInt(3)));
            case 0, 1 -> new UpdateEvent.TargetKnown(deployment);
            case 2 -> new UpdateEvent.BundleKnown(bundle, digest(bundle));
            case 3 -> new UpdateEvent.PhaseStarted(Phase.values()[random.nextInt(Phase.values().length)]);
            case 4, 5 -> RecordsFixture.reached("node-" + random.nextInt(2), random.nextInt(5) == 0 ? null : bundle);
            case 6 -> new UpdateEvent.Said(Message.info("HELLO", "Hello " + random.nextInt()));
            default -> new UpdateEvent.Ended(random.nextBoolean() ? UpdateStatus.SUCCESS : UpdateStatus.FAILED);
        };
    }

    private static Map<String, String> state(JournalRecords records) {
        Map<String, String> state = new TreeMap<>();
        state.put("projects", json(records.projects()));
        state.put("deployments", json(records.deployments()));
        state.put("nodes", json(records.seenNodes()));
        state.put("open", json(records.openUpdates()));
        for (String project : PROJECTS) {
            state.put("bundles of " + project, json(records.bundles(project)));
            for (int i = 0; i < 4; i++) {
                String bundle = "v" + i;
                state.put("who has " + project + " " + bundle, records.having(project, bundle).map(Deployment::id).toString());
                for (int content = 0; content < 2; content++) {
                    String sha256 = RecordsFixture.bundle(project, bundle, bundle + content).sha256();
                    state.put("file " + sha256, records.namesFile(sha256) + " " + records.deletedFile(sha256));
                }
            }
            for (String place : PLACES) {
                String id = project + "-on-" + place;
                state.put("target " + id, json(records.deployment(place, project).orElse(null)));
                state.put("ever deployed " + id, "" + records.everDeployed(id));
                state.put("past of " + id, records.past(id).toString());
                for (int i = 0; i < 4; i++) {
                    state.put("who was sent v" + i + " by " + id, records.sentTo(id, digest("v" + i)).toString());
                }
                state.put("history of " + id, json(records.deployment(id).stream().flatMap(records::history).toList()));
                state.put("deployed " + id, records.deployed(project, place).toString());
            }
        }
        for (int i = 0; i < 40; i++) {
            state.put("key-" + i, json(records.update("key-" + i).orElse(null)));
        }
        return state;
    }

    private static String digest(String bundle) {
        return RecordsFixture.bundle("CHURN", bundle).sha256();
    }

    private static String json(Object value) {
        return Json.MAPPER.valueToTree(value).toString();
    }
}

package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Years of work in one journal: every project is on three of fifty infrastructures, every third update of it brings a new
 * bundle, and of its bundles ten are kept. Updates are told as shortly as they can be, so that nothing hides what each one
 * costs.
 */
public final class LargeJournal {

    /** {@code infra-0} and so on. */
    public static final int INFRASTRUCTURES = 50;

    private static final int PLACES = 3;
    private static final int KEPT = 10;

    private LargeJournal() {}

    /** Writes it without asking the disk to sync: what is measured is reading. */
    public static void write(Path directory, int deployments, int updates) {
        write(directory, deployments, updates, projects(deployments));
    }

    /** The same, where only the first so many projects are ever deployed. */
    public static void write(Path directory, int deployments, int updates, int busy) {
        try (FileJournal journal = FileJournal.open(directory, Clock.systemUTC(), FileJournal.SEGMENT_BYTES, LargeJournal::unsynced);
                JournalRecords records = JournalRecords.open(journal)) {
            for (int project = 0; project < projects(deployments); project++) {
                records.create(new PublishedProject(key(project), "alice", Instant.now(),
                        List.of(Grant.toGroup("team-" + project, ProjectRight.ADMIN), Grant.toGroup("release", ProjectRight.DEPLOY))));
                for (int turn = 0; turn < PLACES; turn++) {
                    String place = place(project, turn);
                    records.create(new Deployment(id(project, place), key(project), place, key(project), null,
                            DeploymentSettings.DEFAULT, false, "alice", Instant.now()));
                }
            }
            for (int update = 0; update < updates; update++) {
                int project = update / PLACES % busy;
                int round = update / PLACES / busy;
                if (update % PLACES == 0) {
                    records.publish(bundle(project, round));
                    if (round >= KEPT) {
                        records.deleteBundle(key(project), "v" + (round - KEPT), "retention");
                    }
                }
                update(records, project, place(project, update % PLACES), bundle(project, round));
            }
        }
    }

    private static void update(JournalRecords records, int project, String place, Bundle bundle) {
        long number = records.submit(DeployRequest.of("build-" + project + place + bundle.bundleId(), "alice", key(project), place)
                .bundle(bundle.bundleId()).build()).number();
        records.record(number, new UpdateEvent.TargetKnown(id(project, place)));
        records.record(number, new UpdateEvent.BundleKnown(bundle.bundleId(), bundle.sha256()));
        records.record(number, new UpdateEvent.PhaseStarted(Phase.SEND));
        records.record(number, new UpdateEvent.NodeReached(new Update.NodeResult(place + "-1", bundle.bundleId(), Phase.VERIFY, null)));
        Deployment deployment = records.deployment(id(project, place)).orElseThrow();
        records.change(deployment.with(bundle.bundleId(), deployment.settings()), "alice");
        records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
    }

    private static int projects(int deployments) {
        return (deployments + PLACES - 1) / PLACES;
    }

    private static String place(int project, int turn) {
        return "infra-" + (project * PLACES + turn) % INFRASTRUCTURES;
    }

    private static String key(int project) {
        return String.format(Locale.ROOT, "PROJECT_%05d", project);
    }

    /** The deployment whose id comes first. */
    public static String firstDeployment() {
        return id(0, place(0, 0));
    }

    private static String id(int project, String place) {
        return key(project) + "-on-" + place;
    }

    private static Bundle bundle(int project, int round) {
        byte[] content = (key(project) + round).getBytes(StandardCharsets.UTF_8);
        return new Bundle(key(project), "v" + round, Digests.sha256(content, 0, content.length), 1 << 20, "alice", Instant.now(),
                "design", "notes", new BundleContents(key(project), "v" + round, "13.3.1", "alice", null, null,
                Map.of("sql-dev", "PostgreSQL"), null, List.of("py39"), null, null, "alice", null, null, null, null, null));
    }

    private static SegmentFile unsynced(Path file) throws IOException {
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
            public void sync() {
                // The machine is not going to lose power meanwhile, and what is lost can be written again.
            }

            @Override
            public void truncate(long length) throws IOException {
                disk.truncate(length);
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRetentionTest {

    private static final List<Infrastructure> INFRASTRUCTURES =
            List.of(infrastructure("dev-1", "Development"), infrastructure("dev-2", "Development"),
                    infrastructure("prod", "Production"));

    @TempDir
    Path home;

    private FileJournal journal;
    private Records records;
    private BundleFiles files;
    private BundleRetention retention;

    @BeforeEach
    void open() throws IOException {
        journal = FileJournal.open(home.resolve("journal"), JournalFixture.ticking());
        records = JournalRecords.open(journal);
        files = BundleFiles.open(home.resolve("bundles"), "an id", records::namesFile, sha256 -> false);
        retention = new BundleRetention(records, files);
        records.create(project("CHURN"));
        for (int i = 1; i <= 8; i++) {
            publish("v" + i);
        }
    }

    @AfterEach
    void close() {
        files.close();
        journal.close();
    }

    @Test
    void nothing_is_removed_unless_a_number_to_keep_is_set() throws IOException {
        assertThat(retention.apply(storage(0, 0), INFRASTRUCTURES)).isEmpty();
        assertThat(records.bundles("CHURN")).hasSize(8);
    }

    @Test
    void the_newest_bundles_stay_and_the_others_go_with_their_files() throws IOException {
        assertThat(retention.apply(storage(3, 0), INFRASTRUCTURES)).hasSize(5);
        assertThat(left()).containsExactly("v8", "v7", "v6");
        assertThat(Files.list(home.resolve("bundles"))).filteredOn(file -> file.toString().endsWith(".zip")).hasSize(3);
        for (Bundle bundle : records.bundles("CHURN")) {
            files.verify(bundle.sha256());
        }
        assertThat(journal.read(journal.head().seq()).facts().path("by").asText()).isEqualTo(BundleRetention.BY);
        assertThat(retention.apply(storage(3, 0), INFRASTRUCTURES)).isEmpty();
    }

    @Test
    void the_last_ones_of_each_stage_stay_to_go_back_to_and_what_is_deployed_stays_in_any_case() throws IOException {
        deploy("v1", "prod");
        deploy("v2", "dev-1");
        deploy("v3", "dev-2");
        deploy("v4", "dev-1");
        deploy("v5", "prod");
        // dev-1 has v4, dev-2 v3, prod v5; on Development the last two were v4 and v3, on Production v5 and v1.
        retention.apply(storage(1, 2), INFRASTRUCTURES);
        assertThat(left()).containsExactly("v8", "v5", "v4", "v3", "v1");
        retention.apply(storage(1, 1), INFRASTRUCTURES);
        assertThat(left()).containsExactly("v8", "v5", "v4", "v3");
    }

    @Test
    void one_projects_turn_leaves_the_others_alone() throws IOException {
        records.create(project("FRAUD"));
        records.publish(RecordsFixture.bundle("FRAUD", "v1"));
        records.publish(RecordsFixture.bundle("FRAUD", "v2"));
        assertThat(retention.apply(storage(1, 0), INFRASTRUCTURES, "FRAUD")).extracting(Bundle::bundleId).containsExactly("v1");
        assertThat(left()).hasSize(8);
    }

    @Test
    void contents_of_bundles_are_not_read() throws IOException {
        Records unread = (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isNotIn("bundle", "bundles");
                    return method.invoke(records, arguments);
                });
        assertThat(new BundleRetention(unread, files).apply(storage(3, 0), INFRASTRUCTURES)).hasSize(5)
                .allMatch(bundle -> bundle.contents() == null && bundle.releaseNotes() == null);
        assertThat(records.bundlesInBrief("CHURN")).extracting(Bundle::bundleId).containsExactlyElementsOf(left());
    }

    private List<String> left() {
        return records.bundles("CHURN").stream().map(Bundle::bundleId).toList();
    }

    private void publish(String id) throws IOException {
        try (IncomingBundle incoming =
                files.receive(new ByteArrayInputStream(id.getBytes(StandardCharsets.UTF_8)), BundleLimits.ofAnyProject(0, 0))) {
            incoming.keep();
            BundleContents contents = RecordsFixture.bundle("CHURN", id).contents();
            records.publish(new Bundle("CHURN", id, incoming.sha256(), incoming.size(), "alice", RecordsFixture.NOW, "file",
                    null, contents));
        }
    }

    private void deploy(String bundle, String infrastructure) {
        String id = "CHURN-on-" + infrastructure;
        if (records.deployment(id).isEmpty()) {
            records.create(deployment(id, "CHURN", infrastructure));
        }
        var existing = records.deployment(id).orElseThrow();
        records.change(existing.with(bundle, existing.settings()), "alice");
        var request = io.jenkins.plugins.projectdeployer.model.DeployRequest
                .of(bundle + infrastructure, "alice", "CHURN", infrastructure).bundle(bundle).build();
        long number = records.submit(request).number();
        records.record(number, new UpdateEvent.TargetKnown(id));
        records.record(number, new UpdateEvent.BundleKnown(bundle, "0".repeat(64)));
        records.record(number, reached(infrastructure + "-node", bundle));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
    }

    private static BundleStorage storage(int perProject, int perStage) {
        return new BundleStorage(null, 0, 0, perProject, perStage, 0);
    }

    private static Infrastructure infrastructure(String id, String stage) {
        return new Infrastructure(id, stage, null, null, null, null, null, null, null, null, null, null);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.JournalRecords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentHealthTest {

    @TempDir
    Path home;

    private FileJournal journal;
    private JournalRecords records;

    @BeforeEach
    void open() {
        journal = FileJournal.open(home, Clock.systemUTC());
        records = JournalRecords.open(journal);
        records.create(new PublishedProject("CHURN", "alice", Instant.EPOCH, List.of()));
        records.create(new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", DeploymentSettings.DEFAULT, false, "alice",
                Instant.EPOCH));
    }

    @AfterEach
    void close() {
        records.close();
        journal.close();
    }

    private Health.Level health() {
        Infrastructure prod = new Infrastructure("prod", "Production",
                List.of(new NodeAddress("https://prod.example.com", "key")), null, null, null, null, null, null, null, null, null);
        return new DeploymentHealth(records).of(records.deployment("CHURN-on-prod").orElseThrow(), prod).level();
    }

    private void update(UpdateStatus status, Phase... phases) {
        long number = records.submit(DeployRequest.of(UUID.randomUUID().toString(), "alice", "CHURN", "prod").build()).number();
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        for (Phase phase : phases) {
            records.record(number, new UpdateEvent.PhaseStarted(phase));
        }
        records.record(number, new UpdateEvent.Ended(status));
    }

    @Test
    void refused_and_dry_runs_leave_health_as_it_is_however_many_they_are() {
        assertThat(health()).isEqualTo(Health.Level.UNKNOWN);
        update(UpdateStatus.FAILED, Phase.AUTHORIZE);
        assertThat(health()).isEqualTo(Health.Level.UNKNOWN);

        update(UpdateStatus.SUCCESS, Phase.PLAN, Phase.SEND);
        for (int i = 0; i < 20; i++) {
            update(UpdateStatus.FAILED, Phase.AUTHORIZE);
            update(UpdateStatus.PLANNED, Phase.AUTHORIZE, Phase.PLAN);
        }
        assertThat(health()).isEqualTo(Health.Level.HEALTHY);
    }

    @Test
    void an_update_that_failed_after_it_began_to_send_is_an_error() {
        update(UpdateStatus.SUCCESS, Phase.PLAN, Phase.SEND);
        update(UpdateStatus.FAILED, Phase.PLAN, Phase.SEND);

        assertThat(health()).isEqualTo(Health.Level.ERROR);
    }
}

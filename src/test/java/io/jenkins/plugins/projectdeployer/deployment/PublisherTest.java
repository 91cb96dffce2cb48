package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes while an archive is still arriving. */
class PublisherTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void start() {
        world = new World(home);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_right_that_goes_while_the_archive_arrives_is_missing_when_it_is_recorded() throws IOException {
        world.publish(churn("v1"));
        InputStream archive = arriving(churn("v2"), () -> world.person("alice", false));

        assertThatThrownBy(() -> publish("CHURN", "v2", archive)).isInstanceOf(Refused.class);
        assertThat(bundles()).containsExactly("v1");
        assertThat(zips()).isEqualTo(1);
    }

    @Test
    void release_notes_that_are_too_long_are_refused_before_anything_is_read_or_recorded() {
        world.publish(churn("v1"));
        String notes = "x".repeat(20_001);

        assertThatThrownBy(() -> world.deployer().publish("alice", "CHURN", "v2", InputStream.nullInputStream(), "a test", notes))
                .isInstanceOf(Refused.class).hasMessage("releaseNotes has 20,001 characters, and 20,000 at most are recorded: shorten it.");
        assertThatThrownBy(() -> world.submit(World.request("CHURN", "v1", "prod").releaseNotes(notes).build()))
                .isInstanceOf(Refused.class).hasMessageContaining("releaseNotes has 20,001 characters");
        assertThat(world.deployer().records().openUpdates()).isEmpty();
    }

    @Test
    void a_bundle_of_a_project_with_a_key_that_is_none_makes_no_project() {
        assertThatThrownBy(() -> world.publish(BundleZip.of("a b", "v1"))).isInstanceOf(Refused.class).hasMessageContaining("\"a b\"");
        assertThat(world.deployer().records().projects()).isEmpty();
    }

    @Test
    void a_bundle_that_holds_more_than_can_be_recorded_is_refused_in_words() {
        BundleZip large = churn("v1");
        for (int i = 0; i < 5; i++) {
            large.scenario("S" + i, scenario -> scenario.put("name", "x".repeat(4_000_000)));
        }

        assertThatThrownBy(() -> world.publish(large)).isInstanceOf(Refused.class)
                .hasMessageContaining("What bundle \"v1\" holds is too much to be recorded");
        assertThat(world.deployer().records().bundles("CHURN")).isEmpty();
    }

    @Test
    void a_project_that_somebody_else_publishes_first_is_theirs() throws IOException {
        // From outside the group that the project's rule grants rights to, alice may still publish what nobody has.
        world.person("alice", false);
        InputStream archive = arriving(churn("v2"), () -> world.publish("admin", churn("v1").bytes()));

        assertThatThrownBy(() -> publish("CHURN", "v2", archive)).isInstanceOf(Refused.class);
        assertThat(world.deployer().records().project("CHURN").orElseThrow().createdBy()).isEqualTo("admin");
        assertThat(bundles()).containsExactly("v1");
        assertThat(zips()).isEqualTo(1);
    }

    @Test
    void two_uploads_that_fit_one_by_one_do_not_exceed_the_quota_together() throws IOException {
        Bundle first = world.publish(churn("v1"));
        world.bundleStorage(new BundleStorage(null, 0, first.size() * 5 / 2, 0, 2, 0));
        InputStream archive = arriving(churn("v2"), () -> world.publish(churn("v3")));

        assertThatThrownBy(() -> publish("CHURN", "v2", archive)).isInstanceOf(Refused.class).hasMessageContaining("may keep");
        assertThat(bundles()).containsExactly("v3", "v1");
        assertThat(zips()).isEqualTo(2);
    }

    @Test
    void a_bundle_that_is_there_comes_again_whatever_the_quota() throws IOException {
        byte[] archive = churn("v1").bytes();
        Bundle first = world.publish("alice", archive);
        world.bundleStorage(new BundleStorage(null, 0, first.size(), 0, 2, 0));

        assertThat(publish("CHURN", "v1", new ByteArrayInputStream(archive))).isEqualTo(first);
    }

    @Test
    void bundles_outlive_a_journal_that_was_moved_away() throws IOException {
        world.publish(churn("v1"));
        world.close();
        Files.move(home.resolve("journal"), home.resolve("journal-of-yesterday"));

        world = new World(home);
        assertThatThrownBy(() -> world.deployer()).hasMessageContainingAll("belongs to another journal", "journal-id");
        assertThat(zips()).isEqualTo(1);

        world.close();
        try (var files = Files.newDirectoryStream(home.resolve("journal"))) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(home.resolve("journal"));
        Files.move(home.resolve("journal-of-yesterday"), home.resolve("journal"));
        world = new World(home);
        assertThat(bundles()).containsExactly("v1");
        assertThat(zips()).isEqualTo(1);
    }

    @Test
    void an_archive_that_does_not_say_whose_it_is_is_not_read_for_somebody_who_may_publish_nothing() {
        InputStream unread = arriving(churn("v1"), () -> {
            throw new AssertionError("somebody read it");
        });
        assertThatThrownBy(() -> world.deployer().publish("carol", null, null, unread, "a test", null))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.FORBIDDEN);
                    assertThat(refused.getMessage()).contains("you (carol) need Write on a published project");
                });
    }

    @Test
    void an_archive_that_does_not_say_whose_it_is_is_read_no_further_than_any_quota_reaches() throws IOException {
        world.bundleStorage(new BundleStorage(null, 0, 1000, 0, 2, 0));
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                assertThat(read.incrementAndGet()).isLessThan(10_000_000);
                return 7;
            }
        };
        assertThatThrownBy(() -> publish(null, null, endless)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.NO_SPACE);
            assertThat(refused.getMessage()).contains("a project may keep 1000 bytes of bundles");
        });
        assertThat(zips()).isZero();
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId);
    }

    /** An archive; something happens elsewhere before its first byte is read. */
    private static InputStream arriving(BundleZip bundle, Runnable meanwhile) {
        return new FilterInputStream(new ByteArrayInputStream(bundle.bytes())) {
            private boolean begun;

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (!begun) {
                    begun = true;
                    meanwhile.run();
                }
                return super.read(bytes, from, length);
            }
        };
    }

    private Bundle publish(String projectKey, String bundleId, InputStream archive) throws IOException {
        return world.deployer().publish("alice", projectKey, bundleId, archive, "a test", null);
    }

    private List<String> bundles() {
        return world.deployer().records().bundles("CHURN").stream().map(Bundle::bundleId).toList();
    }

    private long zips() throws IOException {
        try (var files = Files.list(home.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".zip")).count();
        }
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFilesTest {

    private static final BundleLimits NONE = BundleLimits.ofAnyProject(0, 0);
    /** SHA-256 of "abc", FIPS 180-2's own example. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path directory;

    private final Set<String> recorded = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private BundleFiles files;

    @BeforeEach
    void open() throws IOException {
        files = BundleFiles.open(directory, "journal 1", recorded::contains, deleted::contains);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_directory_that_cannot_be_written_is_refused_with_what_to_do() {
        // Not even root can make files there.
        assertThatThrownBy(() -> BundleFiles.open(Path.of("/proc/self/fdinfo"), "journal", digest -> true, digest -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("The bundle directory /proc/self/fdinfo cannot be written", "write access");
    }

    @Test
    void an_archive_is_kept_under_its_digest_and_reads_back_as_it_came() throws IOException {
        try (IncomingBundle incoming = files.receive(abc(), NONE)) {
            assertThat(incoming.sha256()).isEqualTo(ABC);
            assertThat(incoming.size()).isEqualTo(3);
            incoming.keep();
            recorded.add(ABC);
        }
        assertThat(names()).containsExactly(ABC + ".zip");
        try (InputStream in = files.read(ABC)) {
            assertThat(in).hasContent("abc");
        }
        assertThat(files.size(ABC)).isEqualTo(3);
        files.verify(ABC);
    }

    @Test
    void what_is_not_kept_or_gets_no_record_leaves_nothing() throws IOException {
        files.receive(abc(), NONE).close();
        assertThat(names()).isEmpty();
        try (IncomingBundle incoming = files.receive(abc(), NONE)) {
            incoming.keep();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void a_source_that_breaks_off_leaves_nothing() {
        InputStream broken = new SequenceInputStream(abc(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        });
        assertThatThrownBy(() -> files.receive(broken, NONE)).isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
        assertThat(names()).isEmpty();
    }

    @Test
    void the_next_opening_removes_what_a_crash_left_of_receiving_and_of_deleting_and_nothing_else() throws IOException {
        String gone = "0".repeat(64);
        Files.writeString(directory.resolve("incoming-1.tmp"), "half");
        Files.writeString(directory.resolve(gone + ".zip"), "its record was deleted");
        Files.writeString(directory.resolve(ABC + ".zip"), "abc");
        Files.writeString(directory.resolve("README.txt"), "an administrator's");
        recorded.add(ABC);
        deleted.add(gone);
        reopen();
        assertThat(names()).containsExactlyInAnyOrder("README.txt", ABC + ".zip");
    }

    @Test
    void a_file_that_the_journal_does_not_know_is_set_aside_and_comes_back_with_its_record() throws IOException {
        Files.writeString(directory.resolve(ABC + ".zip"), "abc");
        reopen();
        assertThat(directory.resolve("unknown").resolve(ABC + ".zip")).hasContent("abc");
        assertThatThrownBy(() -> files.read(ABC)).isInstanceOf(Refused.class);

        recorded.add(ABC);
        reopen();
        files.verify(ABC);
    }

    @Test
    void the_directory_of_another_journal_is_refused_and_left_as_it_is() throws IOException {
        Files.writeString(directory.resolve(ABC + ".zip"), "abc");
        close();
        assertThatThrownBy(() -> BundleFiles.open(directory, "journal 2", sha256 -> false, sha256 -> true))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll(directory.toRealPath().toString(), "belongs to another journal", "journal-id");
        assertThat(directory.resolve(ABC + ".zip")).hasContent("abc");

        Files.delete(directory.resolve("journal-id"));
        BundleFiles.open(directory, "journal 2", sha256 -> false, sha256 -> false).close();
        assertThat(directory.resolve("unknown").resolve(ABC + ".zip")).hasContent("abc");
    }

    @Test
    void a_directory_that_is_in_use_is_refused() {
        assertThatThrownBy(() -> BundleFiles.open(directory, "journal 1", recorded::contains, deleted::contains))
                .isInstanceOf(JournalException.class).hasMessageContainingAll("The bundle directory", "already open");
    }

    @Test
    void a_file_is_not_deleted_while_a_record_names_it_or_while_one_is_about_to() throws IOException {
        recorded.add(ABC);
        try (IncomingBundle first = files.receive(abc(), NONE)) {
            first.keep();
            assertThat(files.delete(ABC)).isFalse();
            recorded.clear();
            assertThat(files.delete(ABC)).isFalse();
            try (IncomingBundle second = files.receive(abc(), NONE)) {
                second.keep();
            }
            assertThat(names()).containsExactly(ABC + ".zip");
            recorded.add(ABC);
        }
        recorded.clear();
        assertThat(files.delete(ABC)).isTrue();
        assertThat(files.delete(ABC)).isFalse();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_file_that_is_missing_or_changed_on_disk_is_refused_by_name() throws IOException {
        assertThatThrownBy(() -> files.read(ABC)).isInstanceOf(Refused.class)
                .hasMessageContainingAll(ABC, "is missing", "publish the bundle again");
        Files.writeString(directory.resolve(ABC + ".zip"), "abd");
        assertThatThrownBy(() -> files.verify(ABC)).isInstanceOf(Refused.class)
                .hasMessageContainingAll(ABC, "was changed on the controller's disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abd", "abcd"})
    void a_damaged_file_is_replaced_when_the_archive_comes_again(String damaged) throws IOException {
        Files.writeString(directory.resolve(ABC + ".zip"), damaged);
        recorded.add(ABC);
        try (IncomingBundle incoming = files.receive(abc(), NONE)) {
            incoming.keep();
        }
        files.verify(ABC);
    }

    @Test
    void nothing_is_received_below_the_floor_of_free_space() {
        BundleFiles full = new BundleFiles(directory, recorded::contains, () -> 700L << 20, Directories::create, null);
        assertThatThrownBy(() -> full.receive(abc(), BundleLimits.ofAnyProject(1L << 30, 0))).isInstanceOf(Refused.class)
                .hasMessageContainingAll("has 700.0 MiB free", "1.0 GiB must stay free", "make room").hasMessageNotContaining(directory.toString());
        assertThat(names()).isEmpty();
    }

    @Test
    void receiving_stops_when_the_floor_is_reached_on_the_way() {
        AtomicLong free = new AtomicLong(100L << 20);
        BundleFiles filling = new BundleFiles(directory, recorded::contains, () -> free.getAndAdd(-(20L << 20)), Directories::create, null);
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                // A guard that fails must not fill the disk.
                assertThat(read.addAndGet(length)).isLessThan(64L << 20);
                return length;
            }
        };
        assertThatThrownBy(() -> filling.receive(endless, BundleLimits.ofAnyProject(30L << 20, 0))).isInstanceOf(Refused.class)
                .hasMessageContaining("has 20.0 MiB free and 30.0 MiB must stay free");
        assertThat(names()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_disk_that_is_full_is_told_of_in_one_sentence_and_nothing_is_left() {
        BundleFiles full = new BundleFiles(
                directory, recorded::contains, () -> Long.MAX_VALUE, file -> new FileOutputStream("/dev/full"), null);
        assertThatThrownBy(() -> full.receive(abc(), NONE)).isInstanceOf(Refused.class)
                .hasMessage("The bundle was not kept: the controller's directory for bundles cannot be written (No space left on"
                        + " device); have an administrator make room or repair it, then publish the bundle again.");
        assertThat(names()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_directory_that_nobody_may_write_is_told_of_without_its_path() {
        // Read-only for root too.
        BundleFiles readOnly = new BundleFiles(
                Path.of("/proc/self/fdinfo"), recorded::contains, () -> Long.MAX_VALUE, Directories::create, null);
        assertThatThrownBy(() -> readOnly.receive(abc(), NONE)).isInstanceOf(Refused.class)
                .hasMessageContainingAll("cannot be written (", "publish the bundle again").hasMessageNotContaining("/proc");
    }

    @Test
    void the_projects_quota_holds_while_receiving() {
        assertThatThrownBy(() -> files.receive(abc(), new BundleLimits(0, 1000, 998, "CHURN")))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("project \"CHURN\" may keep 1000 bytes", "has 998 bytes already", "delete bundles");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_digest_from_outside_is_never_a_path() {
        assertThatThrownBy(() -> files.file("../../secrets/master.key")).isInstanceOf(IllegalArgumentException.class);
    }

    private static InputStream abc() {
        return new ByteArrayInputStream("abc".getBytes(UTF_8));
    }

    private List<String> names() {
        try (var list = Files.newDirectoryStream(directory)) {
            List<String> names = new ArrayList<>();
            list.forEach(file -> names.add(file.getFileName().toString()));
            names.removeAll(List.of("lock", "journal-id"));
            return names;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

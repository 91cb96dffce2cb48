package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine read neither history nor bundles. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no POSIX permissions")
class PrivateFilesTest {

    @TempDir
    Path home;

    @Test
    void the_journal_and_all_that_lies_beside_it_are_its_owners_alone() throws IOException {
        Path directory = home.resolve("journal");
        try (FileJournal journal = JournalFixture.open(directory, 400)) {
            JournalRecords records = JournalRecords.open(journal);
            JournalFixture.fill(journal, 5);
            journal.dropPayloads(Long.MAX_VALUE, entry -> true);
            records.close();
            assertThat(permissions(directory)).containsKeys("checkpoint.bin", "lock", "journal-000001.jsonl",
                    "journal-000001.sidecar.json");
            onlyTheOwner(directory);
        }
    }

    @Test
    void a_directory_that_was_open_to_others_is_closed_to_them() throws IOException {
        Path directory = Files.createDirectory(home.resolve("journal"));
        JournalFixture.open(directory).close();
        Path segment = directory.resolve("journal-000001.jsonl");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(segment, PosixFilePermissions.fromString("rw-r--r--"));
        JournalFixture.open(directory).close();
        onlyTheOwner(directory);
    }

    @Test
    void bundles_are_their_owners_alone_also_those_set_aside() throws IOException {
        Path directory = home.resolve("bundles");
        try (BundleFiles files = BundleFiles.open(directory, "an id", sha256 -> true, sha256 -> false);
                IncomingBundle incoming = files.receive(new ByteArrayInputStream(new byte[3]), BundleLimits.ofAnyProject(0, 0))) {
            incoming.keep();
        }
        onlyTheOwner(directory);
        BundleFiles.open(directory, "an id", sha256 -> false, sha256 -> false).close();
        onlyTheOwner(directory);
        onlyTheOwner(directory.resolve("unknown"));
    }

    private static void onlyTheOwner(Path directory) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
        assertThat(permissions(directory)).isNotEmpty().allSatisfy((name, permissions) ->
                assertThat(permissions).as(name).matches("rw[-x]------"));
    }

    private static Map<String, String> permissions(Path directory) throws IOException {
        Map<String, String> permissions = new TreeMap<>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                permissions.put(file.getFileName().toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return permissions;
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are damaged, say two things, or are larger than they look. */
class HostileArchiveTest extends OnArchive {

    @Test
    void an_empty_file_and_one_that_is_no_zip_are_refused() throws IOException {
        refused(write(new byte[0]), "it is empty");
        refused(write("<html>Sign in</html>".repeat(500).getBytes(UTF_8)), "it is not a zip archive");
        refused(write(new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), "no entries");
    }

    @Test
    void an_archive_that_is_cut_off_anywhere_is_refused() throws IOException {
        entries.put("project_config/params.json", PARAMS);
        byte[] whole = Files.readAllBytes(zip());
        for (int length = 1; length < whole.length; length++) {
            Path cut = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> BundleReader.read(cut, null, null)).isInstanceOf(Refused.class);
        }
        refused(write(Arrays.copyOf(whole, whole.length - 1)), "it is cut off", "whole and unchanged");
    }

    /** Whichever byte of an archive is changed: it is read as it is, or refused in one sentence; never anything else. */
    @Test
    void a_changed_byte_never_ends_in_anything_but_a_result_or_a_sentence() throws IOException {
        entries.put("project_config/params.json", PARAMS);
        byte[] whole = Files.readAllBytes(zip());
        int refusals = 0;
        for (int place = 0; place < whole.length; place++) {
            byte[] changed = whole.clone();
            changed[place] ^= (byte) (place % 3 == 0 ? 1 : place % 3 == 1 ? 0x80 : 0xff);
            try {
                BundleReader.read(write(changed), "CHURN", "v12");
            } catch (Refused e) {
                refusals++;
                assertThat(e.getMessage()).startsWith("The archive").doesNotContain("\n").endsWith(".");
            }
        }
        assertThat(refusals).isGreaterThan(whole.length / 2);
    }

    @Test
    void two_manifests_are_refused() throws IOException {
        entries.put("export-manifesu.json", MANIFEST.replace("v12", "v13"));
        byte[] bytes = Files.readAllBytes(zip());
        replaceAll(bytes, "export-manifesu.json", "export-manifest.json");
        refused(write(bytes), "two entries named \"export-manifest.json\"");
    }

    @Test
    void an_entry_whose_own_name_differs_from_the_directory_is_refused() throws IOException {
        entries.put("export-manifesu.json", MANIFEST.replace("v12", "v13"));
        byte[] bytes = Files.readAllBytes(zip());
        byte[] name = "export-manifesu.json".getBytes(UTF_8);
        System.arraycopy("export-manifest.json".getBytes(UTF_8), 0, bytes, indexOf(bytes, name), name.length);
        refused(write(bytes), "\"export-manifesu.json\" and its directory disagree about the entry's name");
    }

    @Test
    void an_entry_whose_own_size_or_method_differs_from_the_directory_is_refused() throws IOException {
        byte[] stored = stored("export-manifest.json", MANIFEST.getBytes(UTF_8));
        byte[] size = stored.clone();
        size[22] ^= 1;
        refused(write(size), "disagree about the entry's size");
        byte[] method = stored.clone();
        method[8] = 8;
        refused(write(method), "disagree about the entry's method");
        for (int flag : new int[] {1, 8}) {
            byte[] flags = stored.clone();
            flags[6] |= (byte) flag;
            refused(write(flags), "disagree about the entry's method");
        }
    }

    @Test
    void an_entry_whose_content_does_not_fit_its_checksum_is_refused() throws IOException {
        byte[] bytes = stored("export-manifest.json", MANIFEST.getBytes(UTF_8));
        bytes[indexOf(bytes, "v12".getBytes(UTF_8)) + 2] = '3';
        refused(write(bytes), "is damaged (checksum or size do not fit)");
    }

    @Test
    void bytes_that_the_directory_does_not_know_are_refused() throws IOException {
        byte[] hidden = stored("export-manifest.json", MANIFEST.replace("v12", "v0").getBytes(UTF_8));
        int directory = ByteBuffer.wrap(hidden).order(ByteOrder.LITTLE_ENDIAN).getInt(hidden.length - 6);
        byte[] honest = stored("export-manifest.json", MANIFEST.getBytes(UTF_8));
        byte[] both = new byte[directory + honest.length];
        System.arraycopy(hidden, 0, both, 0, directory);
        System.arraycopy(honest, 0, both, directory, honest.length);
        // As some tools do: offsets count from where the second archive begins.
        refused(write(both), "its directory is not where its end says");
        ByteBuffer fix = ByteBuffer.wrap(both).order(ByteOrder.LITTLE_ENDIAN);
        int end = both.length - 22;
        int start = fix.getInt(end + 16) + directory;
        fix.putInt(end + 16, start);
        fix.putInt(start + 42, directory);
        refused(write(both), "it holds " + directory + " bytes that its directory does not know");
    }

    @Test
    void an_entry_with_a_second_name_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            add(out, new ZipEntry("export-manifest.json"), MANIFEST);
            ZipEntry other = new ZipEntry("notes.json");
            byte[] name = "export-manifest.json".getBytes(UTF_8);
            ByteBuffer extra = ByteBuffer.allocate(9 + name.length).order(ByteOrder.LITTLE_ENDIAN);
            extra.putShort((short) 0x7075).putShort((short) (5 + name.length)).put((byte) 1).putInt(0).put(name);
            other.setExtra(extra.array());
            add(out, other, MANIFEST.replace("v12", "v13"));
        }
        refused(write(bytes.toByteArray()), "\"notes.json\" has a second name");
    }

    @Test
    void an_encrypted_archive_is_refused() throws IOException {
        byte[] bytes = stored("export-manifest.json", MANIFEST.getBytes(UTF_8));
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = zip.getInt(bytes.length - 6);
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        refused(write(bytes), "\"export-manifest.json\" is encrypted", "make the bundle anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.json", "/etc/x", "a//b", "a/./b", "a/..", "./export-manifest.json"})
    void an_entry_name_that_leads_elsewhere_is_refused(String name) throws IOException {
        entries.put(name, "{}");
        refused("has a name that leads elsewhere");
    }

    @Test
    void seventy_thousand_entries_are_read_and_many_more_are_refused() throws IOException {
        assertThat(BundleReader.read(withEntries(70_000), "CHURN", "v12").bundleId()).isEqualTo("v12");
        refused(withEntries(ZipDirectory.MAX_ENTRIES + 1), "it holds 200002 entries", "at most 200000");
    }

    @Test
    void an_entry_that_unpacks_beyond_the_bound_is_refused_whatever_the_directory_says() throws IOException {
        entries.put("export-manifest.json", MANIFEST + " ".repeat(5 << 20));
        refused("has " + (MANIFEST.length() + (5 << 20)) + " bytes, more than the 4194304 that are read");
        byte[] lie = Files.readAllBytes(zip());
        ByteBuffer zip = ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(zip.getInt(lie.length - 6) + 24, 1000);
        refused(write(lie), "is damaged (checksum or size do not fit)");
    }

    @Test
    void an_archive_that_unpacks_to_hundreds_of_times_its_size_is_refused() throws IOException {
        entries.put("any_datasets_data/orders/out.csv", "");
        byte[] bytes = Files.readAllBytes(zip());
        // The size is only what the directory says; writing gigabytes here would tell nothing more.
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int second = lastIndexOf(bytes, "any_datasets_data/orders/out.csv".getBytes(UTF_8)) - 46;
        zip.putInt(second + 24, Integer.MAX_VALUE);
        refused(write(bytes), "more than 200 times its size");
    }

    @Test
    void a_packing_method_that_is_not_known_is_refused_by_number() throws IOException {
        byte[] bytes = stored("export-manifest.json", MANIFEST.getBytes(UTF_8));
        int directory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 6);
        bytes[8] = 12;
        bytes[directory + 10] = 12;
        refused(write(bytes), "is packed with method 12");
    }

    private Path withEntries(int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(Deflater.BEST_SPEED);
            add(out, new ZipEntry("export-manifest.json"), MANIFEST);
            for (int i = 0; i < count; i++) {
                add(out, new ZipEntry("uploads/files/" + i), "");
            }
        }
        return write(bytes.toByteArray());
    }

    /** One entry without compression, so that its sizes stand in its own header. */
    private static byte[] stored(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void replaceAll(byte[] bytes, String from, String to) {
        byte[] old = from.getBytes(UTF_8);
        for (int at = indexOf(bytes, old); at >= 0; at = indexOf(bytes, old)) {
            System.arraycopy(to.getBytes(UTF_8), 0, bytes, at, old.length);
        }
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        int found = -1;
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                found = at;
            }
        }
        return found;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {

    private static final String MANIFEST = """
            {"bundleId": "v12", "originalProjectKey": "CHURN", "manifestVersion": 3,
             "generatedWithDSSVersion": "13.3.1",
             "exportUserInfo": {"exportedOn": "2026-02-01T10:00:00.000+0100", "exportedBy": "alice"},
             "requiredConnections": {"sql-dev": {"name": "sql-dev", "type": "PostgreSQL"},
                                     "filesystem_managed": {"type": "Filesystem", "isMissing": false}},
             "allowedMissingConnections": ["filesystem_managed"],
             "usedCodeEnvRefs": ["py39", {"envLang": "PYTHON", "envName": "py311"}, {"envLang": "R"}],
             "actualContent": {"includedDatasets": [{"name": "orders", "type": "PostgreSQL", "size": 12}],
                               "includedSavedModels": [{"id": "uX1"}]}}""";

    private static final String PARAMS = """
            {"owner": "alice",
             "permissions": [{"group": "churn-team", "admin": false, "readProjectContent": true, "newFlag": true},
                             {"user": "bob", "admin": true}, {"admin": true}],
             "settings": {"codeEnvs": {"python": {"mode": "EXPLICIT_ENV", "envName": "churn_py"},
                                       "r": {"mode": "INHERIT", "envName": "old"}},
                          "container": {"containerMode": "EXPLICIT_CONTAINER", "containerConf": "gpu"},
                          "k8sCluster": {"clusterMode": "EXPLICIT_CLUSTER", "clusterId": "${cluster}"},
                          "cluster": {"clusterMode": "INHERIT"}}}""";

    @TempDir
    Path directory;

    private final Map<String, String> entries = new LinkedHashMap<>(Map.of("export-manifest.json", MANIFEST));

    @Test
    void everything_that_plan_and_propagation_need_is_read() throws IOException {
        entries.put("changelog.json", "{\"previousBundleId\": \"v11\"}");
        entries.put("project_config/params.json", PARAMS);
        entries.put("project_config/scenarios/NIGHTLY.json",
                "{\"name\": \"Every night\", \"active\": true, \"runAsUser\": \"carol\"}");
        entries.put("project_config/scenarios/TEST_1.json", "{\"markedAsTest\": true}");
        entries.put("project_config/scenarios/NIGHTLY/steps/x.json", "no scenario");
        entries.put("project_config/web_apps/aB3.json", "{\"name\": \"Board\"}");
        BundleContents contents = read();
        assertThat(contents.projectKey()).isEqualTo("CHURN");
        assertThat(contents.bundleId()).isEqualTo("v12");
        assertThat(contents.dssVersion()).isEqualTo("13.3.1");
        assertThat(contents.exportedBy()).isEqualTo("alice");
        assertThat(contents.exportedOn()).isEqualTo("2026-02-01T10:00:00.000+0100");
        assertThat(contents.previousBundleId()).isEqualTo("v11");
        assertThat(contents.requiredConnections())
                .isEqualTo(Map.of("sql-dev", "PostgreSQL", "filesystem_managed", "Filesystem"));
        assertThat(contents.allowedMissingConnections()).containsExactly("filesystem_managed");
        assertThat(contents.codeEnvs()).containsExactly("churn_py", "py311", "py39");
        assertThat(contents.containerExecs()).containsExactly("gpu");
        assertThat(contents.clusters()).containsExactly("${cluster}");
        assertThat(contents.owner()).isEqualTo("alice");
        assertThat(contents.permissions()).containsExactly(
                new ProjectPermissions("churn-team", null, Set.of("readProjectContent", "newFlag")),
                new ProjectPermissions(null, "bob", Set.of("admin")));
        assertThat(contents.scenarios()).containsExactly(
                new BundleContents.Scenario("NIGHTLY", "Every night", true, "carol", false),
                new BundleContents.Scenario("TEST_1", "TEST_1", false, null, true));
        assertThat(contents.webApps()).containsExactly(new BundleContents.WebApp("aB3", "Board", null));
        assertThat(contents.includedData()).containsExactly("dataset orders", "saved model uX1");
        assertThat(contents.notes()).hasSize(2).anyMatch(note -> note.contains("code env"))
                .anyMatch(note -> note.contains("neither a group nor a user"));
    }

    @Test
    void a_bundle_without_parameters_is_taken_with_a_note() throws IOException {
        BundleContents contents = read();
        assertThat(contents.owner()).isNull();
        assertThat(contents.permissions()).isEmpty();
        assertThat(contents.notes()).anyMatch(note -> note.contains("holds no project_config/params.json")
                && note.contains("owner and permissions"));
    }

    @Test
    void a_scenario_that_cannot_be_understood_is_a_note() throws IOException {
        entries.put("project_config/scenarios/ODD.json", "[1, 2");
        assertThat(read().notes()).anyMatch(note -> note.contains("scenarios/ODD.json is not a JSON object"));
    }

    @Test
    void an_unknown_manifest_version_is_taken_with_a_note_but_only_if_it_names_what_was_asked_for() throws IOException {
        entries.put("export-manifest.json", MANIFEST.replace("\"manifestVersion\": 3", "\"manifestVersion\": 4"));
        BundleContents contents = read();
        assertThat(contents.requiredConnections()).isEmpty();
        assertThat(contents.notes()).singleElement().asString()
                .contains("version \"4\", known is 3: the plan could not look inside");
        assertThatThrownBy(() -> BundleReader.read(zip(), "CHURN", "v13")).isInstanceOf(Refused.class)
                .hasMessageContaining("was asked for");
        entries.put("export-manifest.json", "{\"manifestVersion\": 4}");
        assertThat(BundleReader.read(zip(), "CHURN", "v13").bundleId()).isEqualTo("v13");
        refused("does not say its originalProjectKey");
    }

    @Test
    void another_bundle_than_asked_for_is_refused_with_both_named() throws IOException {
        Path zip = zip();
        assertThatThrownBy(() -> BundleReader.read(zip, "CHURN", "v13")).isInstanceOf(Refused.class).hasMessageContainingAll(
                "holds bundle \"v12\" of project \"CHURN\"", "bundle \"v13\" of project \"CHURN\" was asked for");
        assertThatThrownBy(() -> BundleReader.read(zip, "FRAUD", null)).isInstanceOf(Refused.class).hasMessageContainingAll(
                "holds bundle \"v12\" of project \"CHURN\"", "a bundle of project \"FRAUD\" was asked for");
        assertThat(BundleReader.read(zip, "CHURN", "v12").bundleId()).isEqualTo("v12");
    }

    @Test
    void a_project_export_is_refused_as_such() throws IOException {
        entries.put("export-manifest.json", "{\"originalProjectKey\": \"CHURN\", \"manifestVersion\": 3}");
        refused("is a project export, not a bundle", "\"CHURN\"", "create a bundle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../v1", "a/b", "a\\\\b", "", " ", "a\\nb", "a\\u0000b", "a\\u2028b", "a\\ud800b"})
    void an_id_that_would_mean_something_else_in_a_url_or_path_is_refused(String id) throws IOException {
        entries.put("export-manifest.json", MANIFEST.replace("v12", id));
        refused("The archive's bundle id \"", "cannot be used", "another id on the design node");
        assertThatThrownBy(this::read).message().doesNotContain("\n", "\0");
        entries.put("export-manifest.json", MANIFEST.replace("CHURN", id));
        refused("The archive's project key \"", "cannot be used");
    }

    @Test
    void an_unusual_id_is_only_data() throws IOException {
        entries.put("export-manifest.json", MANIFEST.replace("v12", "v12 été %2e%2e ..; rm"));
        assertThat(read().bundleId()).isEqualTo("v12 été %2e%2e ..; rm");
    }

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
    void an_archive_without_a_manifest_is_refused() throws IOException {
        entries.clear();
        entries.put("project/export-manifest.json", MANIFEST);
        refused("is no bundle: it holds no export-manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "{\"bundleId\": \"v1\"", "{\"bundleId\": \"a\", \"bundleId\": \"b\"}"})
    void a_manifest_that_is_no_json_object_is_refused(String manifest) throws IOException {
        entries.put("export-manifest.json", manifest);
        refused("\"export-manifest.json\" is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"manifestVersion\": 3}", "{\"manifestVersion\": 3, \"originalProjectKey\": 7}",
        "{\"manifestVersion\": 4, \"originalProjectKey\": 7}"})
    void a_manifest_without_a_project_is_refused(String manifest) throws IOException {
        entries.put("export-manifest.json", manifest);
        refused("does not say its originalProjectKey");
    }

    @Test
    void json_that_is_nested_without_end_is_refused_and_does_not_exhaust_the_stack() throws IOException {
        entries.put("export-manifest.json", "{\"a\":".repeat(100_000));
        refused("is not a JSON object");
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

    /** The node that tests deploy to has its own reader and its own writer: the three must agree on the layout. */
    @Test
    void bundles_for_the_embedded_node_are_read_alike() throws IOException {
        Path file = directory.resolve("embedded.zip");
        BundleZip.of("CHURN", "v1").connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").scenario("TRAIN")
                .testScenario("CHECK").webapp("dash").owner("carol")
                .permission("data-team", ProjectFlag.writeProjectContent).codeEnv("py311").containerConfig("gpu")
                .cluster("k1").filler(1 << 20).entries(300).writeTo(file);
        BundleContents contents = BundleReader.read(file, "CHURN", "v1");
        assertThat(contents.requiredConnections()).containsEntry("sql-dev", "PostgreSQL");
        assertThat(contents.scenarios()).extracting(BundleContents.Scenario::id).containsExactly("CHECK", "TRAIN");
        assertThat(contents.scenarios()).extracting(BundleContents.Scenario::markedAsTest).containsExactly(true, false);
        assertThat(contents.webApps()).extracting(BundleContents.WebApp::id).containsExactly("dash");
        assertThat(contents.owner()).isEqualTo("carol");
        assertThat(contents.permissions())
                .containsExactly(new ProjectPermissions("data-team", null, Set.of("writeProjectContent")));
        assertThat(contents.codeEnvs()).containsExactly("py311");
        assertThat(contents.containerExecs()).containsExactly("gpu");
        assertThat(contents.clusters()).containsExactly("k1");
        assertThat(contents.notes()).isEmpty();

        refused(BundleZip.plainExport("CHURN").writeTo(file), "project export, not a bundle");
        refused(BundleZip.of("CHURN", "v1").withoutManifest().writeTo(file), "holds no export-manifest.json");
        refused(BundleZip.of("CHURN", "v1").withSecondManifest().writeTo(file), "two entries named");
        refused(BundleZip.of("CHURN", "v1").encrypted().writeTo(file), "is encrypted");
        refused(BundleZip.of("CHURN", "v1").namesDisagree().writeTo(file), "disagree about the entry's name");
    }

    private BundleContents read() throws IOException {
        return BundleReader.read(zip(), null, null);
    }

    private void refused(String... words) throws IOException {
        refused(zip(), words);
    }

    private static void refused(Path archive, String... words) {
        assertThatThrownBy(() -> BundleReader.read(archive, null, null)).isInstanceOf(Refused.class)
                .hasMessageContainingAll(words).extracting(e -> ((Refused) e).reason()).isEqualTo(Refused.Reason.INVALID);
    }

    private Path zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                add(out, new ZipEntry(entry.getKey()), entry.getValue());
            }
        }
        return write(bytes.toByteArray());
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

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("bundle.zip"), bytes);
    }

    private static void add(ZipOutputStream out, ZipEntry entry, String content) throws IOException {
        out.putNextEntry(entry);
        out.write(content.getBytes(UTF_8));
        out.closeEntry();
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

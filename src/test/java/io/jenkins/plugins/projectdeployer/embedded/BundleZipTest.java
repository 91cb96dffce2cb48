package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleZipTest {
    @TempDir
    Path directory;

    private static JsonNode json(ZipFile zip, String name) throws Exception {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return Json.MAPPER.readTree(in);
        }
    }

    @Test
    void a_bundle_has_the_layout_of_a_real_one() throws Exception {
        Path file = BundleZip.of("CHURN", "v1")
                .connection("sql-dev", "PostgreSQL")
                .dataset("customers", "sql-dev")
                .recipe("prepare", "python", "print(1)")
                .scenario("TRAIN")
                .webapp("dash")
                .permission("data-team", ProjectFlag.admin)
                .codeEnv("ml")
                .writeTo(directory.resolve("v1.zip"));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).contains(
                    "export-manifest.json", "changelog.json", "project_config/params.json", "project_config/datasets/customers.json",
                    "project_config/recipes/prepare.json", "project_config/recipes/prepare.py", "project_config/scenarios/TRAIN.json",
                    "project_config/web_apps/dash.json", "project_config/web_apps/dash/body.html", "project_config/variables.json");
            JsonNode manifest = json(zip, "export-manifest.json");
            assertThat(manifest.path("bundleId").asText()).isEqualTo("v1");
            assertThat(manifest.path("originalProjectKey").asText()).isEqualTo("CHURN");
            assertThat(manifest.path("manifestVersion").asInt()).isEqualTo(3);
            assertThat(manifest.at("/requiredConnections/sql-dev/type").asText()).isEqualTo("PostgreSQL");
            assertThat(manifest.at("/actualContent/configContent/scenarios").asInt()).isEqualTo(1);
            assertThat(json(zip, "project_config/params.json").at("/permissions/0/group").asText()).isEqualTo("data-team");
            assertThat(json(zip, "project_config/params.json").at("/settings/codeEnvs/python/envName").asText()).isEqualTo("ml");
        }
    }

    @Test
    void the_same_bundle_is_the_same_bytes() throws Exception {
        BundleZip zip = BundleZip.of("CHURN", "v1").filler(100);
        assertThat(zip.bytes()).isEqualTo(zip.bytes());
    }

    @Test
    void filler_makes_a_valid_zip_of_any_size_that_takes_no_disk() throws Exception {
        long size = 3L << 30;
        Path file = BundleZip.of("CHURN", "v1").filler(size).writeTo(directory.resolve("big.zip"));
        assertThat(Files.size(file)).isGreaterThan(size);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry filler = zip.getEntry("any_datasets_data/filler/out-0.csv");
            assertThat(filler.getSize()).isEqualTo(size);
        }
        Path small = BundleZip.of("CHURN", "v1").filler(3 << 20).writeTo(directory.resolve("small.zip"));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(small))) {
            // Reading to the end checks every CRC, the filler's too.
            while (in.getNextEntry() != null) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void many_entries_need_the_zip64_directory_and_get_it() throws Exception {
        Path file = BundleZip.of("CHURN", "v1").entries(70_000).writeTo(directory.resolve("many.zip"));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isGreaterThan(70_000);
        }
    }

    @Test
    void a_plain_export_has_no_bundle_id() throws Exception {
        Path file = BundleZip.plainExport("CHURN").writeTo(directory.resolve("export.zip"));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(json(zip, "export-manifest.json").has("bundleId")).isFalse();
            assertThat(zip.getEntry("changelog.json")).isNull();
        }
    }

    @Test
    void hostile_zips_are_hostile() throws Exception {
        Path twice = BundleZip.of("CHURN", "v1").withSecondManifest().writeTo(directory.resolve("twice.zip"));
        try (ZipFile zip = new ZipFile(twice.toFile())) {
            List<String> names = zip.stream().map(entry -> entry.getName()).toList();
            assertThat(names).filteredOn("export-manifest.json"::equals).hasSize(2);
        }
        Path disagree = BundleZip.of("CHURN", "v1").namesDisagree().writeTo(directory.resolve("disagree.zip"));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(disagree)); ZipFile zip = new ZipFile(disagree.toFile())) {
            assertThat(in.getNextEntry().getName()).isEqualTo("other-manifest.json");
            assertThat(zip.getEntry("export-manifest.json")).isNotNull();
        }
        Path encrypted = BundleZip.of("CHURN", "v1").encrypted().writeTo(directory.resolve("encrypted.zip"));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(encrypted))) {
            assertThatThrownBy(in::getNextEntry).isInstanceOf(ZipException.class).hasMessageContaining("encrypted");
        }
    }
}

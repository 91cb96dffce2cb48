package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read of a bundle for the plan. */
class BundleReaderTest extends OnArchive {

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
    void what_is_too_large_by_itself_or_together_is_a_note() throws IOException {
        String large = "{\"name\": \"" + "x".repeat((4 << 20) - 100) + "\"}";
        for (int i = 10; i < 27; i++) {
            entries.put("project_config/scenarios/S" + i + ".json", large);
        }
        BundleContents contents = read();
        assertThat(contents.notes()).filteredOn(note -> note.contains("was not read, because it is too large")).isNotEmpty()
                .hasSizeLessThan(3);
        assertThat(contents.scenarios()).hasSizeGreaterThanOrEqualTo(15);

        entries.put("project_config/scenarios/S10.json", "{\"name\": \"" + "x".repeat(4 << 20) + "\"}");
        assertThat(read().notes()).anyMatch(note -> note.contains("scenarios/S10.json was not read, because it is too large"));
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
}

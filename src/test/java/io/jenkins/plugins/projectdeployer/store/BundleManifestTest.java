package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an archive says of itself in its manifest: whether it is a bundle, of which project, by which id. */
class BundleManifestTest extends OnArchive {

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
}

package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.store.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's project is laid out as a real bundle is: nothing in it stays unread. */
class DemoBundleTest {

    @TempDir
    private Path directory;

    @Test
    void everything_in_the_demos_bundle_is_understood() throws IOException {
        BundleContents contents = BundleReader.read(zipped(Path.of("demo", "project")), "CHURN", "v12");

        assertThat(contents.notes()).isEmpty();
        assertThat(contents.dssVersion()).isEqualTo("13.3.1");
        assertThat(contents.exportedBy()).isEqualTo("alice");
        assertThat(contents.previousBundleId()).isEqualTo("v11");
        assertThat(contents.requiredConnections()).isEqualTo(Map.of("sql-dev", "PostgreSQL", "filesystem_managed", "Filesystem"));
        assertThat(contents.owner()).isEqualTo("alice");
        assertThat(contents.permissions()).extracting(ProjectPermissions::group).containsExactly("churn-team", "analysts");
        assertThat(contents.permissions().get(0).flags()).contains("admin", "runScenarios");
        assertThat(contents.permissions().get(1).flags()).contains("readProjectContent", "runScenarios").doesNotContain("admin");
        assertThat(contents.scenarios()).extracting(BundleContents.Scenario::id, BundleContents.Scenario::markedAsTest)
                .containsExactlyInAnyOrder(tuple("SCORE_CUSTOMERS", false),
                        tuple("TEST_SCORING", true));
        assertThat(contents.webApps()).extracting(BundleContents.WebApp::id).containsExactly("aB3xK9q");
    }

    private Path zipped(Path project) throws IOException {
        Path zip = directory.resolve("churn-v12.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip)); Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(project.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return zip;
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.Test;

/** Archives that real nodes made: {@code real.bundles} names a directory of them. */
@EnabledIfSystemProperty(named = "real.bundles", matches = ".+", disabledReason = "names no directory of archives")
class RealBundlesTest {

    @Test
    void each_is_read_or_refused_in_one_sentence() throws IOException {
        List<Path> archives;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("real.bundles")))) {
            archives = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
        }
        assertThat(archives).isNotEmpty().allSatisfy(archive -> {
            String made = read(archive);
            System.out.println(archive.getFileName() + ": " + made);
            assertThat(made).isNotBlank().doesNotContain("\n");
        });
    }

    private static String read(Path archive) throws IOException {
        try {
            BundleContents contents = BundleReader.read(archive, null, null);
            assertThat(contents.projectKey()).isNotBlank();
            assertThat(contents.bundleId()).isNotBlank();
            return "bundle " + contents.bundleId() + " of " + contents.projectKey() + ", connections " + contents.requiredConnections()
                    + ", code envs " + contents.codeEnvs() + ", " + contents.scenarios().size() + " scenarios, notes " + contents.notes();
        } catch (Refused e) {
            assertThat(e.getMessage()).endsWith(".");
            return "refused: " + e.getMessage();
        }
    }
}

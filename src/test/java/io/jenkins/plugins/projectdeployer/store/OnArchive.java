package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** A small archive of bundle v12 of project CHURN, whose entries a test changes before it is written. */
abstract class OnArchive {

    static final String MANIFEST = """
            {"bundleId": "v12", "originalProjectKey": "CHURN", "manifestVersion": 3,
             "generatedWithDSSVersion": "13.3.1",
             "exportUserInfo": {"exportedOn": "2026-02-01T10:00:00.000+0100", "exportedBy": "alice"},
             "requiredConnections": {"sql-dev": {"name": "sql-dev", "type": "PostgreSQL"},
                                     "filesystem_managed": {"type": "Filesystem", "isMissing": false}},
             "allowedMissingConnections": ["filesystem_managed"],
             "usedCodeEnvRefs": ["py39", {"envLang": "PYTHON", "envName": "py311"}, {"envLang": "R"}],
             "actualContent": {"includedDatasets": [{"name": "orders", "type": "PostgreSQL", "size": 12}],
                               "includedSavedModels": [{"id": "uX1"}]}}""";

    static final String PARAMS = """
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

    final Map<String, String> entries = new LinkedHashMap<>(Map.of("export-manifest.json", MANIFEST));

    BundleContents read() throws IOException {
        return BundleReader.read(zip(), null, null);
    }

    void refused(String... words) throws IOException {
        refused(zip(), words);
    }

    static void refused(Path archive, String... words) {
        assertThatThrownBy(() -> BundleReader.read(archive, null, null)).isInstanceOf(Refused.class)
                .hasMessageContainingAll(words).extracting(e -> ((Refused) e).reason()).isEqualTo(Refused.Reason.INVALID);
    }

    Path zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                add(out, new ZipEntry(entry.getKey()), entry.getValue());
            }
        }
        return write(bytes.toByteArray());
    }

    Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("bundle.zip"), bytes);
    }

    static void add(ZipOutputStream out, ZipEntry entry, String content) throws IOException {
        out.putNextEntry(entry);
        out.write(content.getBytes(UTF_8));
        out.closeEntry();
    }
}

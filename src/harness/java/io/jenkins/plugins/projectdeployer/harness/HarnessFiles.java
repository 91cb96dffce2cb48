package io.jenkins.plugins.projectdeployer.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Writes what Jenkins' test harness looks for on the class path: {@code the.hpl}, which says where the plugin under test
 * is, and {@code test-dependencies/}, the plugins that it needs. Jenkins' own packaging plugin would write them.
 */
public final class HarnessFiles {

    private HarnessFiles() {}

    /** Arguments: id, version, Jenkins version, Plugin-Dependencies, classes and libraries, web application, where to write. */
    public static void main(String[] args) throws IOException {
        Path testClasses = Path.of(args[6]);
        plugins(testClasses.resolve("test-dependencies"));
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Short-Name", args[0]);
        main.putValue("Long-Name", args[0]);
        main.putValue("Plugin-Version", args[1]);
        main.putValue("Jenkins-Version", args[2]);
        main.putValue("Plugin-Dependencies", args[3]);
        main.putValue("Libraries", args[4]);
        main.putValue("Resource-Path", args[5]);
        try (OutputStream out = Files.newOutputStream(testClasses.resolve("the.hpl"))) {
            manifest.write(out);
        }
    }

    /** Every plugin whose jar is on the class path; its archive lies beside the jar in the local repository. */
    private static void plugins(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> ids = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String id = entry.endsWith(".jar") ? pluginId(entry) : null;
            if (id == null || ids.contains(id)) {
                continue;
            }
            Path archive = Path.of(entry.replaceAll("(-tests)?\\.jar$", ".hpi"));
            if (!Files.exists(archive)) {
                throw new IOException("Plugin " + id + " has no .hpi beside its jar in the local repository: " + archive.getFileName()
                        + ". Fetch it once with mvn dependency:get and packaging hpi.");
            }
            Files.copy(archive, directory.resolve(id + ".hpi"), StandardCopyOption.REPLACE_EXISTING);
            ids.add(id);
        }
        Files.write(directory.resolve("index"), ids);
    }

    private static String pluginId(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            Manifest manifest = file.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue("Short-Name");
        }
    }
}

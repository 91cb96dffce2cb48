package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The part of a bundle that the embedded node understands (facts/bundles.md): its small JSON entries. */
public final class BundleContents {
    private static final int MAX_ENTRY = 32 << 20;

    final ObjectNode manifest;
    final ObjectNode params;
    final ObjectNode variables;
    final Map<String, ObjectNode> datasets;
    final Map<String, ObjectNode> recipes;
    final Map<String, ObjectNode> scenarios;
    final Map<String, ObjectNode> webapps;

    private BundleContents(Map<String, ObjectNode> entries) {
        manifest = entries.get("export-manifest.json");
        if (manifest == null) {
            throw ApiError.illegal("Invalid bundle archive: it has no export-manifest.json");
        }
        params = entries.getOrDefault("project_config/params.json", Json.object());
        variables = entries.getOrDefault("project_config/variables.json", Json.object());
        datasets = under(entries, "project_config/datasets/");
        recipes = under(entries, "project_config/recipes/");
        scenarios = under(entries, "project_config/scenarios/");
        webapps = under(entries, "project_config/web_apps/");
    }

    private static Map<String, ObjectNode> under(Map<String, ObjectNode> entries, String folder) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        entries.forEach((name, json) -> {
            if (name.startsWith(folder) && name.indexOf('/', folder.length()) < 0) {
                found.put(name.substring(folder.length(), name.length() - ".json".length()), json);
            }
        });
        return found;
    }

    static BundleContents of(Map<String, byte[]> content) {
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        content.forEach((name, bytes) -> {
            if (isOfInterest(name)) {
                try {
                    take(entries, name, new ByteArrayInputStream(bytes));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        return new BundleContents(entries);
    }

    /** Reads a whole zip. Not a zip, cut short, encrypted or without a manifest: Dataiku's error. */
    static BundleContents read(Path zip) {
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (isOfInterest(entry.getName())) {
                    try (InputStream in = file.getInputStream(entry)) {
                        take(entries, entry.getName(), in);
                    }
                }
            }
        } catch (IOException e) {
            throw ApiError.illegal("Invalid bundle archive: " + e.getMessage());
        }
        return new BundleContents(entries);
    }

    /** Reads what the head of a zip holds: for uploads of which only the head was kept. */
    static BundleContents readHead(InputStream head) {
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(head)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (isOfInterest(entry.getName())) {
                    take(entries, entry.getName(), in);
                }
            }
        } catch (IOException e) {
            // The head ends somewhere: what came before it is what there is.
            if (entries.isEmpty()) {
                throw ApiError.illegal("Invalid bundle archive: " + e.getMessage());
            }
        }
        return new BundleContents(entries);
    }

    private static boolean isOfInterest(String name) {
        return name.endsWith(".json") && (name.startsWith("project_config/") || name.indexOf('/') < 0);
    }

    private static void take(Map<String, ObjectNode> entries, String name, InputStream in) throws IOException {
        if (Json.MAPPER.readTree(in.readNBytes(MAX_ENTRY)) instanceof ObjectNode object) {
            entries.putIfAbsent(name, object);
        }
    }

    /** The bundle's id, or null in a plain project export. */
    public String bundleId() {
        return manifest.path("bundleId").asText(null);
    }

    public String projectKey() {
        return manifest.path("originalProjectKey").asText(null);
    }

    /** Refuses what a node does not take as a bundle. */
    BundleContents requireBundle() {
        if (bundleId() == null || bundleId().isEmpty()) {
            throw ApiError.illegal("This archive is a project export, not a bundle: its manifest has no bundleId");
        }
        if (projectKey() == null) {
            throw ApiError.illegal("Invalid bundle archive: its manifest has no originalProjectKey");
        }
        return this;
    }

    /** Calls back with name and type of each connection that the project needs. */
    void requiredConnections(BiConsumer<String, String> action) {
        manifest.path("requiredConnections")
                .fields()
                .forEachRemaining(entry -> action.accept(entry.getKey(), entry.getValue().path("type").asText()));
    }

    boolean isAllowedMissing(String connection) {
        for (JsonNode allowed : manifest.path("allowedMissingConnections")) {
            if (allowed.asText().equals(connection)) {
                return true;
            }
        }
        return false;
    }
}

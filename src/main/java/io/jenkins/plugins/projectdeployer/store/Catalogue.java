package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Published projects and their bundles, as the journal has them. Changed only by what is durable already.
 *
 * <p>A bundle is kept here without its contents, which may be large; they stay in the journal's entry.
 */
final class Catalogue {

    private final Map<String, PublishedProject> projects = new TreeMap<>();
    private final Map<String, Map<String, Shelved>> bundles = new HashMap<>();
    /** Digest of every bundle id that was published and not deleted by itself: nodes may still have those of a deleted project. */
    private final Map<String, Map<String, String>> digests = new HashMap<>();
    /** By project and id, and by digest: the entry that deleted the bundle; they may be many, and nobody looks at most. */
    private KeyIndex deletedIds = new KeyIndex();
    private KeyIndex deletedDigests = new KeyIndex();

    /** What a {@link Checkpoint} keeps: where deletions are. */
    record Image(KeyIndex deletedIds, KeyIndex deletedDigests) {

        static Image read(DataInputStream in, long fileLength) throws IOException {
            return new Image(KeyIndex.read(in, fileLength), KeyIndex.read(in, fileLength));
        }
    }

    synchronized void write(DataOutputStream out) throws IOException {
        deletedIds.write(out);
        deletedDigests.write(out);
    }

    /** Puts an empty catalogue where {@link #write} left one. */
    synchronized void restore(Image image) {
        deletedIds = image.deletedIds();
        deletedDigests = image.deletedDigests();
    }

    /**
     * A bundle and where the rest of it is.
     *
     * @param bundle without contents and release notes
     * @param seq the journal's entry that has them
     */
    record Shelved(Bundle bundle, long seq) {}

    synchronized Optional<PublishedProject> project(String key) {
        return Optional.ofNullable(projects.get(key));
    }

    /** Refuses what is about a project that is not published. */
    void require(String projectKey) {
        if (project(projectKey).isEmpty()) {
            throw Refused.notFound("published project", projectKey);
        }
    }

    synchronized List<PublishedProject> projects() {
        return List.copyOf(projects.values());
    }

    synchronized void put(PublishedProject project) {
        projects.put(project.key(), project);
    }

    synchronized void removeProject(String projectKey) {
        projects.remove(projectKey);
        bundles.remove(projectKey);
    }

    synchronized Optional<Shelved> bundle(String projectKey, String bundleId) {
        return Optional.ofNullable(bundles.getOrDefault(projectKey, Map.of()).get(bundleId));
    }

    /** Newest first. */
    synchronized List<Shelved> bundles(String projectKey) {
        List<Shelved> list = new ArrayList<>(bundles.getOrDefault(projectKey, Map.of()).values());
        java.util.Collections.reverse(list);
        return list;
    }

    /** The digest that this id stands for, or stood for before its project was deleted. */
    synchronized Optional<String> digest(String projectKey, String bundleId) {
        return Optional.ofNullable(digests.getOrDefault(projectKey, Map.of()).get(bundleId));
    }

    synchronized void put(Bundle bundle, long seq) {
        bundles.computeIfAbsent(bundle.projectKey(), key -> new LinkedHashMap<>())
                .put(bundle.bundleId(), new Shelved(bundle, seq));
        digests.computeIfAbsent(bundle.projectKey(), key -> new HashMap<>()).put(bundle.bundleId(), bundle.sha256());
    }

    synchronized void removeBundle(String projectKey, String bundleId, String sha256, long seq) {
        bundles.getOrDefault(projectKey, new HashMap<>()).remove(bundleId);
        digests.getOrDefault(projectKey, new HashMap<>()).remove(bundleId);
        deletedIds.replace(projectKey + '\0' + bundleId, Math.toIntExact(seq));
        deletedDigests.replace(sha256, Math.toIntExact(seq));
    }

    /** Entries of which one may have deleted the bundle of this id last; look what it says. */
    synchronized int[] deletions(String projectKey, String bundleId) {
        return deletedIds.find(projectKey + '\0' + bundleId);
    }

    /** Entries of which one may have deleted a bundle whose file had this digest; look what it says. */
    synchronized int[] deletions(String sha256) {
        return deletedDigests.find(sha256);
    }

    /** Whether a bundle's file has this digest. */
    synchronized boolean namesFile(String sha256) {
        return bundles.values().stream().flatMap(ofProject -> ofProject.values().stream())
                .anyMatch(shelved -> shelved.bundle().sha256().equals(sha256));
    }

    /** Whether the file of a bundle of a deleted project had this digest. */
    synchronized boolean remembersFile(String sha256) {
        return digests.values().stream().anyMatch(ofProject -> ofProject.containsValue(sha256));
    }

    /** Entries whose contents somebody may still ask for. */
    synchronized Set<Long> entries() {
        Set<Long> entries = new HashSet<>();
        bundles.values().forEach(ofProject -> ofProject.values().forEach(shelved -> entries.add(shelved.seq())));
        return entries;
    }
}

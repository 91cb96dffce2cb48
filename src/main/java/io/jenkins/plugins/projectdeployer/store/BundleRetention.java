package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes bundles that nobody will want back, records first, then files. */
public final class BundleRetention {

    /** Who removes them, in the journal. */
    public static final String BY = "retention";

    private final Records records;
    private final BundleFiles files;

    public BundleRetention(Records records, BundleFiles files) {
        this.records = records;
        this.files = files;
    }

    /** {@link #apply(BundleStorage, List, String)} for every project. */
    public List<Bundle> apply(BundleStorage storage, List<Infrastructure> infrastructures) throws IOException {
        List<Bundle> removed = new ArrayList<>();
        for (PublishedProject project : records.projects()) {
            removed.addAll(apply(storage, infrastructures, project.key()));
        }
        return removed;
    }

    /**
     * Keeps, of a project, the newest bundles, those last deployed on each stage, and whatever a deployment or an
     * update has; removes the others. Does nothing where {@link BundleStorage#keepPerProject()} is 0.
     *
     * @param infrastructures say which stage each deployment was on
     * @return the bundles that were removed
     */
    public List<Bundle> apply(BundleStorage storage, List<Infrastructure> infrastructures, String projectKey)
            throws IOException {
        List<Bundle> removed = new ArrayList<>();
        if (storage.keepPerProject() <= 0) {
            return removed;
        }
        Set<String> kept = lastDeployed(projectKey, storage.keepPerStage(), infrastructures);
        records.bundlesInBrief(projectKey).stream().skip(storage.keepPerProject())
                .filter(bundle -> !kept.contains(bundle.bundleId()) && remove(bundle))
                .forEach(removed::add);
        for (Bundle bundle : removed) {
            files.delete(bundle.sha256());
        }
        return removed;
    }

    private boolean remove(Bundle bundle) {
        try {
            records.deleteBundle(bundle.projectKey(), bundle.bundleId(), BY);
            return true;
        } catch (Refused e) {
            // Deployed, needed, or gone by now: each is a reason to leave it to the next time.
            return false;
        }
    }

    private Set<String> lastDeployed(String projectKey, int perStage, List<Infrastructure> infrastructures) {
        Map<String, Map<String, Instant>> byStage = new HashMap<>();
        for (Infrastructure infrastructure : infrastructures) {
            Map<String, Instant> onStage = byStage.computeIfAbsent(infrastructure.stage(), stage -> new HashMap<>());
            records.deployed(projectKey, infrastructure.id()).forEach((bundle, at) ->
                    onStage.merge(bundle, at, (one, other) -> one.isAfter(other) ? one : other));
        }
        return byStage.values().stream()
                .flatMap(onStage -> onStage.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(perStage)
                        .map(Map.Entry::getKey))
                .collect(Collectors.toCollection(HashSet::new));
    }
}

package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Deployments, and what was seen on their nodes, as the journal has them. */
final class DeploymentTable {

    private final Map<String, Deployment> byId = new TreeMap<>();
    private final Map<Target, Deployment> byTarget = new HashMap<>();
    private final Map<String, Map<String, Deployment>> byProject = new HashMap<>();
    /** By deployment, then node: the bundle that was active there last. */
    private final Map<String, Map<String, String>> active = new HashMap<>();
    /** By project and infrastructure: bundles that were active there, the latest last. */
    private final Map<Place, LinkedHashMap<String, Instant>> deployed = new HashMap<>();
    /** By project: the infrastructures of those places. */
    private final Map<String, Set<String>> placesOf = new HashMap<>();

    private final Map<String, DeploymentPast.Told> pasts = new HashMap<>();
    /** By id: who has changed the deployment last. */
    private final Map<String, String> changedBy = new HashMap<>();
    /** By id: the entry that created the deployment. */
    private final Map<String, Long> beganAt = new HashMap<>();
    /** By id: the entry that deleted the last deployment of this id. */
    private final Map<String, Long> deletedAt = new HashMap<>();
    /** By infrastructure and address: what the node there said last. */
    private final Map<Address, SeenNode> nodes = new LinkedHashMap<>();

    private record Address(String infrastructureId, String url) {}

    private record Target(String infrastructureId, String targetProject) {
        static Target of(String infrastructureId, String targetProject) {
            return new Target(key(infrastructureId), targetProject);
        }
    }

    private record Place(String projectKey, String infrastructureId) {}

    /** Ids of ours are one whatever their case. */
    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    synchronized Optional<Deployment> byId(String id) {
        return Optional.ofNullable(byId.get(key(id)));
    }

    synchronized Optional<Deployment> byTarget(String infrastructureId, String targetProject) {
        return Optional.ofNullable(byTarget.get(Target.of(infrastructureId, targetProject)));
    }

    synchronized List<Deployment> all() {
        return List.copyOf(byId.values());
    }

    synchronized List<Deployment> ofProject(String projectKey) {
        return List.copyOf(byProject.getOrDefault(projectKey, Map.of()).values());
    }

    synchronized void put(Deployment deployment) {
        byId.put(key(deployment.id()), deployment);
        byTarget.put(Target.of(deployment.infrastructureId(), deployment.targetProject()), deployment);
        byProject.computeIfAbsent(deployment.projectKey(), key -> new TreeMap<>()).put(key(deployment.id()), deployment);
    }

    synchronized void remove(String id, long seq) {
        Deployment removed = byId.remove(key(id));
        if (removed != null) {
            byTarget.remove(Target.of(removed.infrastructureId(), removed.targetProject()));
            byProject.get(removed.projectKey()).remove(key(id));
        }
        // Also when it is not there: with a checkpoint, what was seen of it is applied without its own entry.
        active.remove(key(id));
        pasts.remove(key(id));
        changedBy.remove(key(id));
        beganAt.remove(key(id));
        deletedAt.put(key(id), seq);
    }

    synchronized void changed(String id, String by) {
        changedBy.put(key(id), by);
    }

    synchronized Optional<String> changedBy(String id) {
        return Optional.ofNullable(changedBy.get(key(id)));
    }

    synchronized void began(String id, long seq) {
        beganAt.put(key(id), seq);
    }

    /** The entry from which on there is this deployment; a checkpoint of an earlier version knows only the end of its namesake. */
    synchronized long beganAt(String id) {
        return Math.max(beganAt.getOrDefault(key(id), 0L), deletedAt(id));
    }

    /**
     * Takes note of what is active on a node now.
     *
     * @param at when the bundle was seen; null when there is none, or nobody will ask for it any more
     */
    synchronized void seen(Where where, Instant at) {
        active.computeIfAbsent(key(where.deployment()), id -> new TreeMap<>()).put(where.node(), where.bundle());
        if (at != null) {
            LinkedHashMap<String, Instant> latest = deployed.computeIfAbsent(
                    new Place(where.project(), key(where.infrastructure())), place -> new LinkedHashMap<>());
            placesOf.computeIfAbsent(where.project(), project -> new HashSet<>()).add(key(where.infrastructure()));
            latest.remove(where.bundle());
            latest.put(where.bundle(), at);
        }
    }

    /**
     * Forgets what was active on nodes other than these: they are no longer the deployment's.
     *
     * @return names of the nodes that are forgotten
     */
    synchronized List<String> seenNowhereBut(String deployment, Set<String> names) {
        Map<String, String> onNodes = active.getOrDefault(key(deployment), new HashMap<>());
        List<String> others = onNodes.keySet().stream().filter(name -> !names.contains(name)).toList();
        others.forEach(onNodes::remove);
        return others;
    }

    synchronized void past(DeploymentPast.Told told) {
        pasts.put(key(told.deployment()), told);
    }

    /** What was told last of the deployment's past. */
    synchronized Optional<DeploymentPast.Told> told(String id) {
        return Optional.ofNullable(pasts.get(key(id)));
    }

    DeploymentPast past(String id) {
        return told(id).map(DeploymentPast.Told::past).orElse(DeploymentPast.NONE);
    }

    /** Entries up to this one tell of deployments of this id that are gone. */
    synchronized long deletedAt(String id) {
        return deletedAt.getOrDefault(key(id), 0L);
    }

    synchronized void seen(SeenNode node) {
        Address address = new Address(key(node.infrastructure()), node.url());
        nodes.remove(address);
        nodes.put(address, node);
    }

    synchronized List<SeenNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The deployment that wants this bundle or has it on a node. */
    synchronized Optional<Deployment> having(String projectKey, String bundleId) {
        return ofProject(projectKey).stream()
                .filter(deployment -> bundleId.equals(deployment.bundleId())
                        || active.getOrDefault(key(deployment.id()), Map.of()).containsValue(bundleId))
                .findFirst();
    }

    /** When each bundle of a project was last seen active on an infrastructure. */
    synchronized Map<String, Instant> deployed(String projectKey, String infrastructureId) {
        return new LinkedHashMap<>(deployed.getOrDefault(new Place(projectKey, key(infrastructureId)), new LinkedHashMap<>()));
    }

    /** @return ids of the infrastructures on which it was seen */
    synchronized List<String> forgetBundle(String projectKey, String bundleId) {
        List<String> infrastructures = new ArrayList<>();
        for (String infrastructure : placesOf.getOrDefault(projectKey, Set.of())) {
            if (deployed.get(new Place(projectKey, infrastructure)).remove(bundleId) != null) {
                infrastructures.add(infrastructure);
            }
        }
        return infrastructures;
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.EntryJson.facts;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.read;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Published projects and their bundles, as the journal has them. */
final class JournalProjects {

    /** How the types of its entries begin. */
    static final String PROJECT = "project.";
    /** How the types of its entries begin. */
    static final String BUNDLE = "bundle.";
    /** An entry that has a bundle's details. */
    static final String BUNDLE_PUBLISHED = BUNDLE + "published";

    private static final String PROJECT_CREATED = PROJECT + "created";
    private static final String PROJECT_GRANTS = PROJECT + "grants";
    private static final String PROJECT_DELETED = PROJECT + "deleted";
    private static final String BUNDLE_DELETED = BUNDLE + "deleted";

    private final Journal journal;
    private final EntryWriter writer;
    private final Catalogue catalogue;
    private final DeploymentTable deployments;
    private final UpdateTable updates;
    /** Details of the bundles that were asked for last, by entry: an update asks several times. */
    private final Map<Long, BundleDetails> lately = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BundleDetails> eldest) {
            return size() > 4;
        }
    });

    /** The rest of a bundle, which is read when somebody asks. */
    private record BundleDetails(String releaseNotes, BundleContents contents) {}

    JournalProjects(Journal journal, EntryWriter writer, Catalogue catalogue, DeploymentTable deployments, UpdateTable updates) {
        this.journal = journal;
        this.writer = writer;
        this.catalogue = catalogue;
        this.deployments = deployments;
        this.updates = updates;
    }

    void create(PublishedProject project) {
        synchronized (writer) {
            if (catalogue.project(project.key()).isPresent()) {
                throw Refused.conflict("There is a published project \"" + Ids.printable(project.key()) + "\" already.");
            }
            writer.write(PROJECT_CREATED, facts().set("project", tree(project)), null);
        }
    }

    void changeGrants(String projectKey, String by, UnaryOperator<List<Grant<ProjectRight>>> change) {
        synchronized (writer) {
            catalogue.require(projectKey);
            PublishedProject project = catalogue.project(projectKey).orElseThrow();
            writer.write(PROJECT_GRANTS, facts().put("by", by).set("project",
                    tree(new PublishedProject(project.key(), project.createdBy(), project.createdAt(),
                            change.apply(project.grants())))), null);
        }
    }

    void deleteProject(String projectKey, String by) {
        synchronized (writer) {
            catalogue.require(projectKey);
            String what = "Published project \"" + Ids.printable(projectKey) + "\"";
            deployments.ofProject(projectKey).stream().findFirst().ifPresent(deployment -> {
                throw new StillNeeded(what, deployment);
            });
            updates.open().stream().filter(update -> projectKey.equals(update.request().project())).findFirst()
                    .ifPresent(update -> {
                        throw new StillNeeded(what, update);
                    });
            writer.write(PROJECT_DELETED, facts().put("project", projectKey).put("by", by), null);
        }
    }

    Optional<Bundle> bundle(String projectKey, String bundleId) {
        return catalogue.bundle(projectKey, bundleId).map(this::whole);
    }

    List<Bundle> bundles(String projectKey) {
        return catalogue.bundles(projectKey).stream().map(this::whole).toList();
    }

    Optional<Bundle> bundleInBrief(String projectKey, String bundleId) {
        return catalogue.bundle(projectKey, bundleId).map(Catalogue.Shelved::bundle);
    }

    List<Bundle> bundlesInBrief(String projectKey) {
        return catalogue.bundles(projectKey).stream().map(Catalogue.Shelved::bundle).toList();
    }

    /** Whether all bundles whose file has this digest were deleted, so that it may go, too. */
    boolean deletedFile(String sha256) {
        return !catalogue.namesFile(sha256) && (catalogue.remembersFile(sha256)
                || Arrays.stream(catalogue.deletions(sha256)).mapToObj(seq -> journal.read(seq).facts())
                        .anyMatch(facts -> sha256.equals(facts.path("sha256").textValue())));
    }

    Bundle publish(Bundle bundle) {
        synchronized (writer) {
            catalogue.require(bundle.projectKey());
            Optional<Catalogue.Shelved> there = catalogue.bundle(bundle.projectKey(), bundle.bundleId());
            if (there.isPresent() && there.get().bundle().sha256().equals(bundle.sha256())) {
                return whole(there.get());
            }
            digest(bundle.projectKey(), bundle.bundleId()).filter(digest -> !digest.equals(bundle.sha256()))
                    .ifPresent(digest -> {
                        throw otherContent(bundle, digest, there);
                    });
            writer.write(BUNDLE_PUBLISHED, facts().set("bundle", tree(withoutDetails(bundle))),
                    tree(new BundleDetails(bundle.releaseNotes(), bundle.contents())));
            return bundle;
        }
    }

    /** The digest that this id stands for, or stood for before it was deleted. */
    private Optional<String> digest(String projectKey, String bundleId) {
        return catalogue.digest(projectKey, bundleId).or(() -> Arrays.stream(catalogue.deletions(projectKey, bundleId))
                .mapToObj(seq -> journal.read(seq).facts())
                .filter(facts -> projectKey.equals(facts.path("project").textValue())
                        && bundleId.equals(facts.path("bundle").textValue()))
                .map(facts -> facts.path("sha256").textValue())
                .findFirst());
    }

    private static Refused otherContent(Bundle bundle, String digest, Optional<Catalogue.Shelved> there) {
        return Refused.conflict("Bundle \"" + Ids.printable(bundle.bundleId()) + "\" of project \""
                + Ids.printable(bundle.projectKey()) + "\" " + (there.isPresent() ? "is published" : "was published before")
                + " with other content (SHA-256 " + digest + ", now " + bundle.sha256()
                + "): give the new bundle an id of its own.");
    }

    void deleteBundle(String projectKey, String bundleId, String by) {
        synchronized (writer) {
            Bundle bundle = catalogue.bundle(projectKey, bundleId).map(Catalogue.Shelved::bundle)
                    .orElseThrow(() -> Refused.notFound("bundle", bundleId));
            String what = "Bundle \"" + Ids.printable(bundleId) + "\" of project \"" + Ids.printable(projectKey) + "\"";
            deployments.having(projectKey, bundleId).ifPresent(deployment -> {
                throw new StillNeeded(what, deployment);
            });
            updates.open().stream().filter(update -> needs(update, projectKey, bundleId)).findFirst().ifPresent(update -> {
                throw new StillNeeded(what, update);
            });
            writer.write(BUNDLE_DELETED, facts().put("project", projectKey).put("bundle", bundleId)
                    .put("sha256", bundle.sha256()).put("by", by), null);
        }
    }

    /** For what it deploys, and for its way back. Which bundle a roll back goes to is known once it has been fetched. */
    private static boolean needs(Update update, String projectKey, String bundleId) {
        if (!projectKey.equals(update.request().project())) {
            return false;
        }
        String wanted = update.bundleId() == null ? update.request().bundle() : update.bundleId();
        return bundleId.equals(wanted)
                || update.bundleId() == null && update.request().rollBackOf() != null
                || update.wayBack() != null && update.wayBack().names(bundleId);
    }

    /** Takes over what an entry says, new ones and old ones alike. */
    void apply(Entry entry, LiveEntries live) {
        ObjectNode facts = entry.facts();
        long seq = entry.seq();
        switch (entry.type()) {
            case PROJECT_CREATED, PROJECT_GRANTS -> {
                PublishedProject project = read(facts.get("project"), PublishedProject.class);
                catalogue.put(project);
                live.put(seq, "project", project.key());
            }
            case PROJECT_DELETED -> {
                String key = facts.path("project").textValue();
                catalogue.removeProject(key);
                live.remove("project", key);
                live.put(seq, "project deleted", key);
            }
            case BUNDLE_PUBLISHED -> {
                Bundle bundle = read(facts.get("bundle"), Bundle.class);
                catalogue.put(bundle, seq);
                live.put(seq, "bundle", bundle.projectKey(), bundle.bundleId());
            }
            case BUNDLE_DELETED -> {
                String project = facts.path("project").textValue();
                String bundle = facts.path("bundle").textValue();
                catalogue.removeBundle(project, bundle, facts.path("sha256").textValue(), seq);
                deployments.forgetBundle(project, bundle)
                        .forEach(infrastructure -> live.remove("deployed", project, infrastructure, bundle));
                live.remove("bundle", project, bundle);
            }
            default -> throw EntryJson.unknown(entry);
        }
    }

    private Bundle whole(Catalogue.Shelved shelved) {
        BundleDetails details = lately.computeIfAbsent(shelved.seq(), seq -> journal.read(seq).payload()
                .map(payload -> read(payload, BundleDetails.class))
                .orElse(new BundleDetails(null, null)));
        Bundle bundle = shelved.bundle();
        return new Bundle(bundle.projectKey(), bundle.bundleId(), bundle.sha256(), bundle.size(), bundle.publishedBy(),
                bundle.publishedAt(), bundle.origin(), details.releaseNotes(), details.contents());
    }

    private static Bundle withoutDetails(Bundle bundle) {
        return new Bundle(bundle.projectKey(), bundle.bundleId(), bundle.sha256(), bundle.size(), bundle.publishedBy(),
                bundle.publishedAt(), bundle.origin(), null, null);
    }
}

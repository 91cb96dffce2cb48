package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * The records, derived from the journal: each change is checked, written to the journal, and only then seen.
 *
 * <p>What is needed to know the state stands in an entry's facts, which stay for ever; what is only looked at (plans,
 * ways back, output, contents of bundles) is its payload, which {@link #forgetDetails} may replace later.
 */
public final class JournalRecords implements Records, AutoCloseable {

    private static final String PROJECT_CREATED = "project.created";
    private static final String PROJECT_GRANTS = "project.grants";
    private static final String PROJECT_DELETED = "project.deleted";
    private static final String BUNDLE_PUBLISHED = "bundle.published";
    private static final String BUNDLE_DELETED = "bundle.deleted";
    private static final String DEPLOYMENT_CREATED = "deployment.created";
    private static final String DEPLOYMENT_CHANGED = "deployment.changed";
    private static final String DEPLOYMENT_DELETED = "deployment.deleted";
    private static final String UPDATE_SUBMITTED = "update.submitted";
    private static final String UPDATE_EVENT = "update.";
    private static final String UPDATE_PLANNED = "update.planned";
    private static final String UPDATE_WAY_BACK = "update.way-back";
    private static final String UPDATE_ENDED = "update.ended";
    /** Entries that have what an ended update's own has no room for. */
    private static final String ELSEWHERE = "elsewhere";
    private static final String PAST = "past";
    private static final String AUDIT = "audit.";

    private static final Logger LOG = Logger.getLogger(JournalRecords.class.getName());
    /** Entries that are read one by one after a crash, at most. */
    private static final long CHECKPOINT_EVERY = 100_000;

    private final Journal journal;
    private final Path checkpoint;
    private final Catalogue catalogue = new Catalogue();
    private final DeploymentTable deployments = new DeploymentTable();
    private final UpdateTable updates = new UpdateTable();
    /** One change at a time: what was checked still holds when it is written. */
    private final Object changes = new Object();
    private final JournalGates gates = new JournalGates((type, facts) -> write(type, facts, null), changes);
    /** Details of the bundles that were asked for last, by entry: an update asks several times. */
    private final Map<Long, BundleDetails> lately = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BundleDetails> eldest) {
            return size() > 4;
        }
    });
    /** Guarded by {@link #changes}. */
    private final LiveEntries live = new LiveEntries();
    /** Guarded by {@link #changes}. */
    private long checkpointed;

    /** The rest of a bundle, which is read when somebody asks. */
    private record BundleDetails(String releaseNotes, BundleContents contents) {}

    /**
     * Derives the state from the journal, quickened by the checkpoint beside it.
     *
     * @param journal stays the caller's to close, after this
     */
    public static JournalRecords open(FileJournal journal) {
        return open(journal, journal.directory().resolve("checkpoint.bin"));
    }

    static JournalRecords open(Journal journal, Path checkpoint) {
        JournalRecords records = new JournalRecords(journal, checkpoint);
        records.load();
        return records;
    }

    private JournalRecords(Journal journal, Path checkpoint) {
        this.journal = journal;
        this.checkpoint = checkpoint;
    }

    private void load() {
        long after = 0;
        Optional<Checkpoint> known = Checkpoint.read(checkpoint)
                .filter(found -> found.at().seq() > 0 && found.at().seq() <= journal.head().seq()
                        && journal.read(found.at().seq()).anchor().equals(found.at()));
        if (known.isPresent()) {
            updates.restore(known.get().updates());
            catalogue.restore(known.get().catalogue());
            journal.replay(known.get().live(), this::apply);
            after = known.get().at().seq();
        }
        checkpointed = after;
        journal.replay(after, this::apply);
    }

    /** Leaves a checkpoint, so that the next opening is quick. Does not close the journal. */
    @Override
    public void close() {
        synchronized (changes) {
            if (journal.head().seq() > checkpointed) {
                leaveCheckpoint();
            }
        }
    }

    private void leaveCheckpoint() {
        Anchor head = journal.head();
        try {
            Checkpoint.write(checkpoint, head, live.sorted(), updates, catalogue);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not write " + checkpoint
                    + "; nothing is lost, but the journal opens more slowly.", e);
        }
        // Also after a failure: it is tried again after as many entries, not at each.
        checkpointed = head.seq();
    }

    @Override
    public GateRecords gates() {
        return gates;
    }

    /** What a caller may show to prove later that nothing was changed. */
    @Override
    public Anchor head() {
        return journal.head();
    }

    @Override
    public Optional<PublishedProject> project(String key) {
        return catalogue.project(key);
    }

    @Override
    public List<PublishedProject> projects() {
        return catalogue.projects();
    }

    @Override
    public void create(PublishedProject project) {
        synchronized (changes) {
            if (catalogue.project(project.key()).isPresent()) {
                throw Refused.conflict("There is a published project \"" + Ids.printable(project.key()) + "\" already.");
            }
            write(PROJECT_CREATED, facts().set("project", tree(project)), null);
        }
    }

    @Override
    public void changeGrants(String projectKey, List<Grant<ProjectRight>> grants, String by) {
        synchronized (changes) {
            requireProject(projectKey);
            PublishedProject project = catalogue.project(projectKey).orElseThrow();
            write(PROJECT_GRANTS, facts().put("by", by).set("project",
                    tree(new PublishedProject(project.key(), project.createdBy(), project.createdAt(), grants))), null);
        }
    }

    @Override
    public void deleteProject(String projectKey, String by) {
        synchronized (changes) {
            requireProject(projectKey);
            String what = "Published project \"" + Ids.printable(projectKey) + "\"";
            deployments.ofProject(projectKey).stream().findFirst().ifPresent(deployment -> {
                throw new StillNeeded(what, deployment);
            });
            updates.open().stream().filter(update -> projectKey.equals(update.request().project())).findFirst()
                    .ifPresent(update -> {
                        throw new StillNeeded(what, update);
                    });
            write(PROJECT_DELETED, facts().put("project", projectKey).put("by", by), null);
        }
    }

    @Override
    public Optional<Bundle> bundle(String projectKey, String bundleId) {
        return catalogue.bundle(projectKey, bundleId).map(this::whole);
    }

    @Override
    public List<Bundle> bundles(String projectKey) {
        return catalogue.bundles(projectKey).stream().map(this::whole).toList();
    }

    @Override
    public Optional<Bundle> bundleInBrief(String projectKey, String bundleId) {
        return catalogue.bundle(projectKey, bundleId).map(Catalogue.Shelved::bundle);
    }

    @Override
    public List<Bundle> bundlesInBrief(String projectKey) {
        return catalogue.bundles(projectKey).stream().map(Catalogue.Shelved::bundle).toList();
    }

    @Override
    public boolean namesFile(String sha256) {
        return catalogue.namesFile(sha256);
    }

    /** Whether all bundles whose file has this digest were deleted, so that it may go, too. */
    public boolean deletedFile(String sha256) {
        return !catalogue.namesFile(sha256) && (catalogue.remembersFile(sha256)
                || Arrays.stream(catalogue.deletions(sha256)).mapToObj(seq -> journal.read(seq).facts())
                        .anyMatch(facts -> sha256.equals(facts.path("sha256").textValue())));
    }

    /**
     * What tells this journal from every other, and stays with it whatever is restored: the hash of its first entry. A
     * journal without entries gets one.
     */
    public String journalId() {
        synchronized (changes) {
            if (journal.head().seq() == 0) {
                audit("journal-begun", facts().put("id", UUID.randomUUID().toString()));
            }
            return journal.read(1).hash();
        }
    }

    @Override
    public Bundle publish(Bundle bundle) {
        synchronized (changes) {
            requireProject(bundle.projectKey());
            Optional<Catalogue.Shelved> there = catalogue.bundle(bundle.projectKey(), bundle.bundleId());
            if (there.isPresent() && there.get().bundle().sha256().equals(bundle.sha256())) {
                return whole(there.get());
            }
            digest(bundle.projectKey(), bundle.bundleId()).filter(digest -> !digest.equals(bundle.sha256()))
                    .ifPresent(digest -> {
                        throw otherContent(bundle, digest, there);
                    });
            write(BUNDLE_PUBLISHED, facts().set("bundle", tree(withoutDetails(bundle))),
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

    @Override
    public void deleteBundle(String projectKey, String bundleId, String by) {
        synchronized (changes) {
            Bundle bundle = catalogue.bundle(projectKey, bundleId).map(Catalogue.Shelved::bundle)
                    .orElseThrow(() -> Refused.notFound("bundle", bundleId));
            String what = "Bundle \"" + Ids.printable(bundleId) + "\" of project \"" + Ids.printable(projectKey) + "\"";
            deployments.having(projectKey, bundleId).ifPresent(deployment -> {
                throw new StillNeeded(what, deployment);
            });
            updates.open().stream().filter(update -> needs(update, projectKey, bundleId)).findFirst().ifPresent(update -> {
                throw new StillNeeded(what, update);
            });
            write(BUNDLE_DELETED, facts().put("project", projectKey).put("bundle", bundleId)
                    .put("sha256", bundle.sha256()).put("by", by), null);
        }
    }

    /** The deployment because of which this bundle must stay. */
    Optional<Deployment> having(String projectKey, String bundleId) {
        return deployments.having(projectKey, bundleId);
    }

    private static boolean needs(Update update, String projectKey, String bundleId) {
        String wanted = update.bundleId() == null ? update.request().bundle() : update.bundleId();
        return projectKey.equals(update.request().project()) && bundleId.equals(wanted);
    }

    @Override
    public boolean everDeployed(String deploymentId) {
        return past(deploymentId).deployed() || updates.open().stream()
                .anyMatch(update -> deploymentId.equalsIgnoreCase(update.deploymentId()) && update.isDeployed());
    }

    @Override
    public DeploymentPast past(String deploymentId) {
        return deployments.past(deploymentId);
    }

    @Override
    public Set<String> sentTo(String deploymentId, String sha256) {
        long seq = updates.lastSent(deploymentId, sha256);
        if (seq <= deployments.deletedAt(deploymentId)) {
            return Set.of();
        }
        DeploymentPast.Told told = read(journal.read(seq).facts().get(PAST), DeploymentPast.Told.class);
        return told.deployment().equalsIgnoreCase(deploymentId) && sha256.equals(told.sha256()) ? told.sentTo() : Set.of();
    }

    @Override
    public List<SeenNode> seenNodes() {
        return deployments.nodes();
    }

    @Override
    public Map<String, Instant> deployed(String projectKey, String infrastructureId) {
        return deployments.deployed(projectKey, infrastructureId);
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return deployments.byId(id);
    }

    @Override
    public Optional<Deployment> deployment(String infrastructureId, String targetProject) {
        return deployments.byTarget(infrastructureId, targetProject);
    }

    @Override
    public List<Deployment> deployments() {
        return deployments.all();
    }

    @Override
    public void create(Deployment deployment) {
        synchronized (changes) {
            requireProject(deployment.projectKey());
            if (!Ids.isValid(deployment.id())) {
                throw Refused.invalid("Deployment id \"" + Ids.printable(deployment.id()) + "\" must be letters, digits, dots,"
                        + " dashes and underscores, 64 at most, beginning with a letter or digit and not ending in a dot.");
            }
            if (deployments.byId(deployment.id()).isPresent()) {
                throw Refused.conflict("There is a deployment \"" + deployment.id() + "\" already.");
            }
            deployments.byTarget(deployment.infrastructureId(), deployment.targetProject()).ifPresent(owner -> {
                throw Refused.conflict("Project \"" + Ids.printable(deployment.targetProject()) + "\" on infrastructure \""
                        + deployment.infrastructureId() + "\" belongs to another deployment.");
            });
            write(DEPLOYMENT_CREATED, facts().set("deployment", tree(deployment)), null);
        }
    }

    @Override
    public void change(Deployment deployment, String by) {
        synchronized (changes) {
            Deployment before = requireDeployment(deployment.id());
            if (!before.id().equals(deployment.id()) || !before.projectKey().equals(deployment.projectKey())
                    || !before.infrastructureId().equals(deployment.infrastructureId())
                    || !before.targetProject().equals(deployment.targetProject())) {
                throw Refused.conflict("Deployment \"" + before.id() + "\" links project \""
                        + Ids.printable(before.projectKey()) + "\" to \"" + Ids.printable(before.targetProject()) + "\" on \""
                        + before.infrastructureId() + "\", which cannot be changed: create another deployment.");
            }
            write(DEPLOYMENT_CHANGED, facts().put("by", by).set("deployment", tree(deployment)), null);
        }
    }

    @Override
    public Deployment changeAtRest(String id, String by, UnaryOperator<Deployment> change) {
        synchronized (changes) {
            Deployment before = requireDeployment(id);
            requireAtRest(before);
            Deployment after = change.apply(before);
            if (!after.equals(before)) {
                change(after, by);
            }
            return after;
        }
    }

    @Override
    public void deleteDeployment(String id, String by) {
        synchronized (changes) {
            Deployment deployment = requireDeployment(id);
            requireAtRest(deployment);
            write(DEPLOYMENT_DELETED, facts().put("deployment", deployment.id()).put("by", by), null);
        }
    }

    @Override
    public Update submit(DeployRequest request) {
        synchronized (changes) {
            Optional<Update> there = update(request.key());
            if (there.isPresent()) {
                return there.get();
            }
            long number = updates.next();
            ObjectNode facts = facts().put("update", number).put("key", request.key()).put("project", request.project())
                    .put("infrastructure", request.infrastructure()).put("bundle", request.bundle());
            write(UPDATE_SUBMITTED, facts.set("requestedBy", tree(request.requestedBy())), tree(request));
            return updates.open(number).orElseThrow();
        }
    }

    @Override
    public Update record(long number, UpdateEvent event) {
        synchronized (changes) {
            Optional<Update> open = updates.open(number);
            if (open.isEmpty()) {
                Update ended = update(number).orElseThrow(() -> Refused.notFound("update", Long.toString(number)));
                if (event instanceof UpdateEvent.AbortAsked) {
                    return ended;
                }
                throw new IllegalStateException("Update " + number + " has ended as " + ended.status() + ", but is told "
                        + event.getClass().getSimpleName());
            }
            if (event instanceof UpdateEvent.Ended end) {
                return end(open.get(), end);
            }
            ObjectNode facts = facts().put("update", number);
            boolean bulky = event instanceof UpdateEvent.Planned || event instanceof UpdateEvent.WayBackKnown
                    || event instanceof UpdateEvent.RunEnded || event instanceof UpdateEvent.Said;
            if (event instanceof UpdateEvent.NodeReached reached && open.get().deploymentId() != null) {
                facts.set("where", tree(Where.of(open.get(), reached.node())));
            }
            if (event instanceof UpdateEvent.Planned planned) {
                facts.set("seen", tree(SeenNode.of(planned.plan())));
            }
            if (event instanceof UpdateEvent.RunEnded ended) {
                facts.put("kind", ended.kind().name()).put("name", ended.name()).put("outcome", ended.outcome());
            }
            JsonNode told = written(event);
            Entry entry = journal.append(
                    UPDATE_EVENT + UpdateEvent.nameOf(event), bulky ? facts : facts.set("event", told), bulky ? told : null);
            applyEvent(entry, event);
            leaveCheckpointIfDue(entry);
            return updates.open(number).orElseThrow();
        }
    }

    /** Records the whole update once more; plan and way back only where they are, when all would be too large for an entry. */
    private Update end(Update update, UpdateEvent.Ended end) {
        ObjectNode facts = facts().put("update", update.number()).put("status", end.status().name());
        facts.set("summary", tree(UpdateSummary.of(update)));
        past(update).ifPresent(told -> facts.set(PAST, tree(told)));
        return update.after(end, writeEnd(update, facts).at());
    }

    private Entry writeEnd(Update update, ObjectNode facts) {
        try {
            return write(UPDATE_ENDED, facts, written(update));
        } catch (EntryTooLarge all) {
            ArrayNode elsewhere = facts.putArray(ELSEWHERE);
            journal.replay(live.ofUpdate(update.number()), entry -> {
                if (entry.type().equals(UPDATE_PLANNED) || entry.type().equals(UPDATE_WAY_BACK)) {
                    elsewhere.add(entry.seq());
                }
            });
        }
        try {
            return write(UPDATE_ENDED, facts, ((ObjectNode) tree(update)).remove(List.of("plan", "wayBack")));
        } catch (EntryTooLarge rest) {
            return write(UPDATE_ENDED, facts, null);
        }
    }

    /** What is to be told of the deployment's past with this update in it; nothing where the update adds nothing. */
    private Optional<DeploymentPast.Told> past(Update update) {
        if (deployments.byId(String.valueOf(update.deploymentId())).filter(deployment -> isOf(update, deployment)).isEmpty()) {
            return Optional.empty();
        }
        DeploymentPast before = deployments.past(update.deploymentId());
        DeploymentPast after = before.after(update);
        Set<String> sentTo = new TreeSet<>(DeploymentPast.arrived(update));
        if (sentTo.isEmpty() || update.bundleSha256() == null) {
            return Optional.of(new DeploymentPast.Told(update.deploymentId(), after, null, null)).filter(told -> !after.equals(before));
        }
        sentTo.addAll(sentTo(update.deploymentId(), update.bundleSha256()));
        return Optional.of(new DeploymentPast.Told(update.deploymentId(), after, update.bundleSha256(), sentTo));
    }

    @Override
    public Optional<Update> update(long number) {
        Optional<Update> open = updates.open(number);
        long seq = updates.endedAt(number);
        return open.isPresent() || seq == 0 ? open : Optional.of(ended(journal.read(seq)));
    }

    @Override
    public Optional<Update> update(String key) {
        for (int number : updates.withKey(key)) {
            Optional<Update> update = update(number);
            if (update.isPresent() && update.get().request().key().equals(key)) {
                return update;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Update> openUpdates() {
        return updates.open();
    }

    @Override
    public List<Update> history(String deploymentId, int limit) {
        return history(deploymentId, Long.MAX_VALUE, limit);
    }

    @Override
    public List<Update> history(String deploymentId, long before, int limit) {
        return updates.numbers(deploymentId, before, limit).stream().map(number -> update(number).orElseThrow()).toList();
    }

    @Override
    public List<Update> updates(long before, int limit) {
        long newest = Math.min(before, updates.next()) - 1;
        return LongStream.iterate(newest, number -> number > Math.max(0, newest - limit), number -> number - 1)
                .mapToObj(this::update)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Entry> entries(long before, int limit) {
        long newest = Math.min(before - 1, journal.head().seq());
        List<Entry> entries = new ArrayList<>();
        journal.replay(LongStream.rangeClosed(Math.max(1, newest - limit + 1), newest).toArray(), entries::add);
        Collections.reverse(entries);
        return entries;
    }

    @Override
    public void audit(String type, Object facts) {
        JsonNode tree = tree(facts);
        journal.append(AUDIT + type, tree instanceof ObjectNode object ? object : facts().set("value", tree), null);
    }

    @Override
    public long forgetDetails(Instant endedBefore) {
        long until = firstSince(endedBefore);
        BitSet old = updates.endedBefore(until);
        Set<Long> contents = catalogue.entries();
        return journal.dropPayloads(until, entry -> entry.type().equals(BUNDLE_PUBLISHED)
                ? !contents.contains(entry.seq())
                : entry.type().startsWith(UPDATE_EVENT) && old.get(entry.facts().path("update").intValue()));
    }

    /** The number of the first entry that was written then or later; found in few steps, since times rise with numbers. */
    private long firstSince(Instant when) {
        long before = 0;
        long since = journal.head().seq() + 1;
        while (since - before > 1) {
            long between = (before + since) >>> 1;
            if (journal.read(between).at().isBefore(when)) {
                before = between;
            } else {
                since = between;
            }
        }
        return since;
    }

    private Entry write(String type, JsonNode facts, JsonNode payload) {
        Entry entry = journal.append(type, (ObjectNode) facts, payload);
        apply(entry);
        leaveCheckpointIfDue(entry);
        return entry;
    }

    private void leaveCheckpointIfDue(Entry entry) {
        if (entry.seq() - checkpointed >= CHECKPOINT_EVERY) {
            leaveCheckpoint();
        }
    }

    /** The one place where state changes, for new entries and for old ones at opening. */
    private void apply(Entry entry) {
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
            case DEPLOYMENT_CREATED, DEPLOYMENT_CHANGED -> {
                Deployment deployment = read(facts.get("deployment"), Deployment.class);
                deployments.put(deployment);
                live.put(seq, "deployment", DeploymentTable.key(deployment.id()));
                if (entry.type().equals(DEPLOYMENT_CREATED)) {
                    deployments.began(deployment.id(), seq);
                    live.put(seq, "deployment created", DeploymentTable.key(deployment.id()));
                }
            }
            case DEPLOYMENT_DELETED -> {
                String id = DeploymentTable.key(facts.path("deployment").textValue());
                deployments.remove(id, seq);
                live.remove("deployment", id);
                live.remove("deployment created", id);
                live.remove(PAST, id);
                live.put(seq, "deployment deleted", id);
            }
            case UPDATE_SUBMITTED -> {
                updates.put(submitted(entry));
                live.addOfUpdate(facts.path("update").longValue(), seq);
            }
            case UPDATE_ENDED -> {
                updates.end(facts.path("update").longValue(), seq);
                live.endUpdate(facts.path("update").longValue());
                gates.updateEnded(facts.path("update").longValue(), live);
                if (facts.has(PAST)) {
                    DeploymentPast.Told told = read(facts.get(PAST), DeploymentPast.Told.class);
                    deployments.past(told.deployment(), told.past());
                    live.put(seq, PAST, DeploymentTable.key(told.deployment()));
                    if (told.sha256() != null) {
                        updates.sent(told.deployment(), told.sha256(), facts.path("update").longValue());
                    }
                }
            }
            default -> {
                if (entry.type().startsWith(UPDATE_EVENT)) {
                    applyEvent(entry, told(entry));
                } else if (entry.type().startsWith(JournalGates.TYPE)) {
                    gates.apply(entry, live);
                }
            }
        }
    }

    private Update submitted(Entry entry) {
        ObjectNode facts = entry.facts();
        // Without its payload the update has ended long ago; its key and target are all that is still needed of it.
        DeployRequest request = entry.payload().map(payload -> read(payload, DeployRequest.class))
                .orElseGet(() -> new DeployRequest.Builder(facts.path("key").textValue(), List.of(),
                        facts.path("project").textValue(), facts.path("infrastructure").textValue()).build());
        return Update.submitted(facts.path("update").longValue(), request, entry.at());
    }

    private void applyEvent(Entry entry, UpdateEvent event) {
        ObjectNode facts = entry.facts();
        if (facts.has("where")) {
            Where where = read(facts.get("where"), Where.class);
            // With a checkpoint an entry may come after the deletion that made it pointless.
            boolean forgotten = where.bundle() == null || Arrays.stream(catalogue.deletions(where.project(), where.bundle()))
                    .anyMatch(deletion -> deletion > entry.seq());
            deployments.seen(where, forgotten ? null : entry.at());
            live.put(entry.seq(), "active", DeploymentTable.key(where.deployment()), where.node());
            if (!forgotten) {
                live.put(entry.seq(), "deployed", where.project(), DeploymentTable.key(where.infrastructure()), where.bundle());
            }
        }
        for (JsonNode said : facts.path("seen")) {
            SeenNode node = read(said, SeenNode.class);
            deployments.seen(node);
            live.put(entry.seq(), "node", DeploymentTable.key(node.infrastructure()), node.url());
        }
        long number = facts.path("update").longValue();
        Optional<Update> update = updates.open(number);
        if (event != null && update.isPresent()) {
            updates.put(update.get().after(event, entry.at()));
            live.addOfUpdate(number, entry.seq());
        }
    }

    /** Null for an update that has ended, whose end says all, and where the payload is gone. */
    private UpdateEvent told(Entry entry) {
        if (updates.open(entry.facts().path("update").longValue()).isEmpty()) {
            return null;
        }
        JsonNode told = entry.facts().has("event") ? entry.facts().get("event") : entry.payload().orElse(null);
        return told == null ? null : read(told, UpdateEvent.class);
    }

    private Update ended(Entry entry) {
        Update before = entry.payload().map(payload -> read(payload, Update.class))
                .orElseGet(() -> read(entry.facts().get("summary"), UpdateSummary.class)
                        .update(entry.facts().path("update").longValue()));
        for (JsonNode seq : entry.facts().path(ELSEWHERE)) {
            Entry told = journal.read(seq.longValue());
            if (told.payload().isPresent()) {
                before = before.after(read(told.payload().get(), UpdateEvent.class), told.at());
            }
        }
        return before.after(new UpdateEvent.Ended(
                read(entry.facts().get("status"), io.jenkins.plugins.projectdeployer.model.UpdateStatus.class)), entry.at());
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

    private void requireProject(String key) {
        if (catalogue.project(key).isEmpty()) {
            throw Refused.notFound("published project", key);
        }
    }

    private Deployment requireDeployment(String id) {
        return deployments.byId(id).orElseThrow(() -> Refused.notFound("deployment", id));
    }

    /** An open update carries out what it has planned, and would lay that over a change. */
    private void requireAtRest(Deployment deployment) {
        updates.open().stream().filter(update -> isOf(update, deployment)).findFirst().ifPresent(update -> {
            throw new StillNeeded("Deployment \"" + deployment.id() + "\"", update);
        });
    }

    @Override
    public boolean isOf(Update update, Deployment deployment) {
        if (!deployment.id().equalsIgnoreCase(update.deploymentId())
                || !deployment.projectKey().equals(update.request().project())
                || !deployment.infrastructureId().equalsIgnoreCase(update.request().infrastructure())) {
            return false;
        }
        long end = updates.endedAt(update.number());
        return end == 0 || end > deployments.beganAt(deployment.id());
    }

    private static ObjectNode facts() {
        return Json.MAPPER.createObjectNode();
    }

    /** As it goes into a line; not to be looked into. */
    private static JsonNode written(Object value) {
        return Json.MAPPER.getNodeFactory().rawValueNode(new RawValue(Json.text(value)));
    }

    private static JsonNode tree(Object value) {
        return Json.MAPPER.valueToTree(value);
    }

    static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new JournalException("The journal holds a " + type.getSimpleName() + " that this version cannot read ("
                    + e.getOriginalMessage() + "): use the version that wrote it, or a newer one.", e);
        }
    }
}

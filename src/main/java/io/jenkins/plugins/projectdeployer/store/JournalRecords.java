package io.jenkins.plugins.projectdeployer.store;

import java.util.stream.Stream;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.facts;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final EntryWriter writer;
    private final JournalGates gates;
    private final JournalProjects projects;
    private final JournalDeployments ofDeployments;
    private final JournalUpdates ofUpdates;
    /** Guarded by the writer. */
    private final LiveEntries live = new LiveEntries();
    /** Guarded by the writer. */
    private long checkpointed;
    private final long every;

    /**
     * Derives the state from the journal, quickened by the checkpoint beside it.
     *
     * @param journal stays the caller's to close, after this
     */
    public static JournalRecords open(FileJournal journal) {
        return open(journal, journal.directory().resolve("checkpoint.bin"));
    }

    static JournalRecords open(Journal journal, Path checkpoint) {
        return open(journal, checkpoint, CHECKPOINT_EVERY);
    }

    static JournalRecords open(Journal journal, Path checkpoint, long every) {
        JournalRecords records = new JournalRecords(journal, checkpoint, every);
        records.load();
        return records;
    }

    private JournalRecords(Journal journal, Path checkpoint, long every) {
        this.journal = journal;
        this.checkpoint = checkpoint;
        this.every = every;
        writer = new EntryWriter(journal, this::apply, this::leaveCheckpointIfDue);
        gates = new JournalGates(writer);
        projects = new JournalProjects(journal, writer, catalogue, deployments, updates);
        ofDeployments = new JournalDeployments(journal, writer, catalogue, deployments, updates);
        ofUpdates = new JournalUpdates(journal, writer, catalogue, deployments, updates, ofDeployments, gates, live);
    }

    private void load() {
        long after = 0;
        Optional<Checkpoint> known = Checkpoint.read(checkpoint)
                .filter(found -> found.at().seq() > 0 && found.at().seq() <= journal.head().seq()
                        && journal.read(found.at().seq()).anchor().equals(found.at()));
        if (known.isPresent()) {
            updates.restore(known.get().updates());
            catalogue.restore(known.get().catalogue());
            ReadAhead.replay(journal, known.get().live(), this::apply);
            after = known.get().at().seq();
        }
        checkpointed = after;
        journal.replay(after, this::apply);
    }

    /** Leaves a checkpoint, so that the next opening is quick. Does not close the journal. */
    @Override
    public void close() {
        synchronized (writer) {
            if (journal.head().seq() > checkpointed) {
                leaveCheckpoint();
            }
        }
    }

    private void leaveCheckpoint() {
        Anchor head = writer.applied();
        try {
            Checkpoint.write(checkpoint, head, live.sorted(), updates, catalogue);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not write " + checkpoint
                    + "; nothing is lost, but the journal opens more slowly.", e);
        }
        // Also after a failure: it is tried again after as many entries, not at each.
        checkpointed = head.seq();
    }

    private void leaveCheckpointIfDue(Entry entry) {
        if (entry.seq() - checkpointed >= every) {
            leaveCheckpoint();
        }
    }

    /** The one place where state changes, for new entries and for old ones at opening. */
    private void apply(Entry entry) {
        String type = entry.type();
        if (type.startsWith(JournalUpdates.TYPE)) {
            ofUpdates.apply(entry);
        } else if (type.startsWith(JournalDeployments.TYPE)) {
            ofDeployments.apply(entry, live);
        } else if (type.startsWith(JournalProjects.PROJECT) || type.startsWith(JournalProjects.BUNDLE)) {
            projects.apply(entry, live);
        } else if (type.startsWith(JournalGates.TYPE)) {
            gates.apply(entry, live);
        }
    }

    @Override
    public GateRecords gates() {
        return gates;
    }

    /** What a caller may show to prove later that nothing was changed. */
    @Override
    public Anchor head() {
        return writer.applied();
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
        projects.create(project);
    }

    @Override
    public void changeGrants(String projectKey, String by, UnaryOperator<List<Grant<ProjectRight>>> change) {
        projects.changeGrants(projectKey, by, change);
    }

    @Override
    public void deleteProject(String projectKey, String by) {
        projects.deleteProject(projectKey, by);
    }

    @Override
    public Optional<Bundle> bundle(String projectKey, String bundleId) {
        return projects.bundle(projectKey, bundleId);
    }

    @Override
    public List<Bundle> bundles(String projectKey) {
        return projects.bundles(projectKey);
    }

    @Override
    public Optional<Bundle> bundleInBrief(String projectKey, String bundleId) {
        return projects.bundleInBrief(projectKey, bundleId);
    }

    @Override
    public List<Bundle> bundlesInBrief(String projectKey) {
        return projects.bundlesInBrief(projectKey);
    }

    @Override
    public boolean namesFile(String sha256) {
        return catalogue.namesFile(sha256);
    }

    /** Whether all bundles whose file has this digest were deleted, so that it may go, too. */
    public boolean deletedFile(String sha256) {
        return projects.deletedFile(sha256);
    }

    /**
     * What tells this journal from every other, and stays with it whatever is restored: the hash of its first entry. A
     * journal without entries gets one.
     */
    public String journalId() {
        synchronized (writer) {
            if (journal.head().seq() == 0) {
                audit("journal-begun", facts().put("id", UUID.randomUUID().toString()));
            }
            return journal.read(1).hash();
        }
    }

    @Override
    public Bundle publish(Bundle bundle) {
        return projects.publish(bundle);
    }

    @Override
    public void deleteBundle(String projectKey, String bundleId, String by) {
        projects.deleteBundle(projectKey, bundleId, by);
    }

    /** The deployment because of which this bundle must stay. */
    Optional<Deployment> having(String projectKey, String bundleId) {
        return deployments.having(projectKey, bundleId);
    }

    @Override
    public Optional<String> changedBy(String deploymentId) {
        return deployments.changedBy(deploymentId);
    }

    @Override
    public boolean everDeployed(String deploymentId) {
        return ofDeployments.everDeployed(deploymentId);
    }

    @Override
    public DeploymentPast past(String deploymentId) {
        return deployments.past(deploymentId);
    }

    @Override
    public Set<String> sentTo(String deploymentId, String sha256) {
        return ofDeployments.sentTo(deploymentId, sha256);
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
    public void create(Deployment deployment, DeploymentPast past) {
        ofDeployments.create(deployment, past);
    }

    @Override
    public void change(Deployment deployment, String by) {
        ofDeployments.change(deployment, by);
    }

    @Override
    public Deployment changeAtRest(String id, String by, UnaryOperator<Deployment> change) {
        return ofDeployments.changeAtRest(id, by, change);
    }

    @Override
    public void deleteDeployment(String id, String by) {
        ofDeployments.deleteDeployment(id, by);
    }

    @Override
    public boolean isOf(Update update, Deployment deployment) {
        return ofDeployments.isOf(update, deployment);
    }

    @Override
    public Update submit(DeployRequest request) {
        return ofUpdates.submit(request);
    }

    @Override
    public Update record(long number, List<UpdateEvent> events) {
        return ofUpdates.record(number, events);
    }

    @Override
    public Optional<Update> update(long number) {
        return ofUpdates.update(number);
    }

    @Override
    public Optional<Update> updateInBrief(long number) {
        return ofUpdates.updateInBrief(number);
    }

    @Override
    public Optional<Update> lastInBrief(Deployment deployment) {
        return ofUpdates.lastInBrief(deployment);
    }

    @Override
    public Optional<Update> update(String key) {
        return ofUpdates.update(key);
    }

    @Override
    public List<Update> openUpdates() {
        return updates.open();
    }

    @Override
    public Stream<Update> history(Deployment deployment, long before) {
        return ofUpdates.history(deployment, before);
    }

    @Override
    public Stream<Arrival> arrivals(Deployment deployment) {
        return ofUpdates.arrivals(deployment);
    }

    @Override
    public List<Update> updates(long before, int limit) {
        return ofUpdates.updates(before, limit);
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
        synchronized (writer) {
            writer.write(AUDIT + type, tree instanceof ObjectNode ? tree : facts().set("value", tree), null);
        }
    }

    @Override
    public long forgetDetails(Instant endedBefore) {
        long until = firstSince(endedBefore);
        BitSet old = updates.endedBefore(until);
        // Whoever owes an approval afterwards must see what of.
        gates.requestsAfter(0).forEach(request -> old.clear((int) request.update()));
        Set<Long> contents = catalogue.entries();
        return journal.dropPayloads(until, entry -> entry.type().equals(JournalProjects.BUNDLE_PUBLISHED)
                ? !contents.contains(entry.seq())
                : entry.type().startsWith(JournalUpdates.TYPE) && old.get(entry.facts().path("update").intValue()));
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
}

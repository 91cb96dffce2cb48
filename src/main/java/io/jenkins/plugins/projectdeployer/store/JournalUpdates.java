package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import java.util.stream.Stream;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.facts;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.read;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.tree;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.written;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Updates, as the journal has them. */
final class JournalUpdates {

    /** How the types of its entries begin. */
    static final String TYPE = "update.";
    /** Where an ended update tells of its deployment's past. */
    static final String PAST = "past";

    private static final String UPDATE_SUBMITTED = TYPE + "submitted";
    private static final String UPDATE_PLANNED = TYPE + "planned";
    private static final String UPDATE_WAY_BACK = TYPE + "way-back";
    private static final String UPDATE_ENDED = TYPE + "ended";
    /** Entries that have what an ended update's own has no room for. */
    private static final String ELSEWHERE = "elsewhere";

    private final Journal journal;
    private final EntryWriter writer;
    private final Catalogue catalogue;
    private final DeploymentTable deployments;
    private final UpdateTable updates;
    private final JournalDeployments ofDeployments;
    private final JournalGates gates;
    /** Guarded by the writer. */
    private final LiveEntries live;

    JournalUpdates(
            Journal journal,
            EntryWriter writer,
            Catalogue catalogue,
            DeploymentTable deployments,
            UpdateTable updates,
            JournalDeployments ofDeployments,
            JournalGates gates,
            LiveEntries live) {
        this.journal = journal;
        this.writer = writer;
        this.catalogue = catalogue;
        this.deployments = deployments;
        this.updates = updates;
        this.ofDeployments = ofDeployments;
        this.gates = gates;
        this.live = live;
    }

    Update submit(DeployRequest request) {
        synchronized (writer) {
            Optional<Update> there = update(request.key());
            if (there.isPresent()) {
                return there.get();
            }
            long number = updates.next();
            ObjectNode facts = facts().put("update", number).put("key", request.key()).put("project", request.project())
                    .put("infrastructure", request.infrastructure()).put("bundle", request.bundle());
            writer.write(UPDATE_SUBMITTED, facts.set("requestedBy", tree(request.requestedBy())), tree(request));
            return updates.open(number).orElseThrow();
        }
    }

    Update record(long number, List<UpdateEvent> events) {
        synchronized (writer) {
            Optional<Update> open = updates.open(number);
            UpdateEvent first = events.get(0);
            if (events.size() > 1 && events.stream().anyMatch(UpdateEvent.Ended.class::isInstance)) {
                throw new IllegalArgumentException("An end is recorded alone, since it tells of the whole update.");
            }
            if (open.isEmpty()) {
                Update ended = update(number).orElseThrow(() -> Refused.notFound("update", Long.toString(number)));
                if (first instanceof UpdateEvent.AbortAsked) {
                    return ended;
                }
                throw new IllegalStateException("Update " + number + " has ended as " + ended.status() + ", but is told "
                        + first.getClass().getSimpleName());
            }
            if (first instanceof UpdateEvent.Ended end) {
                return end(open.get(), end);
            }
            Iterator<UpdateEvent> told = events.iterator();
            writer.write(events.stream().map(event -> entry(open.get(), event)).toList(), entry -> applyEvent(entry, told.next()));
            return updates.open(number).orElseThrow();
        }
    }

    private static Journal.NewEntry entry(Update update, UpdateEvent event) {
        ObjectNode facts = facts().put("update", update.number());
        boolean bulky = event instanceof UpdateEvent.Planned || event instanceof UpdateEvent.WayBackKnown
                || event instanceof UpdateEvent.RunEnded || event instanceof UpdateEvent.Said;
        if (event instanceof UpdateEvent.NodeReached reached && update.deploymentId() != null) {
            facts.set("where", tree(Where.of(update, reached.node())));
        }
        if (event instanceof UpdateEvent.Planned planned) {
            facts.set("seen", tree(SeenNode.of(planned.plan())));
        }
        if (event instanceof UpdateEvent.RunEnded ended) {
            facts.put("kind", ended.kind().name()).put("name", ended.name()).put("outcome", ended.outcome());
        }
        JsonNode told = written(event);
        return new Journal.NewEntry(
                TYPE + UpdateEvent.nameOf(event), bulky ? facts : facts.set("event", told), bulky ? told : null);
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
            return writer.write(UPDATE_ENDED, facts, written(update));
        } catch (EntryTooLarge all) {
            ArrayNode elsewhere = facts.putArray(ELSEWHERE);
            journal.replay(live.ofUpdate(update.number()), entry -> {
                if (entry.type().equals(UPDATE_PLANNED) || entry.type().equals(UPDATE_WAY_BACK)) {
                    elsewhere.add(entry.seq());
                }
            });
        }
        try {
            return writer.write(UPDATE_ENDED, facts, ((ObjectNode) tree(update)).remove(List.of("plan", "wayBack")));
        } catch (EntryTooLarge rest) {
            return writer.write(UPDATE_ENDED, facts, null);
        }
    }

    /** What is to be told of the deployment's past with this update in it; nothing where the update adds nothing. */
    private Optional<DeploymentPast.Told> past(Update update) {
        if (deployments.byId(String.valueOf(update.deploymentId())).filter(deployment -> ofDeployments.isOf(update, deployment)).isEmpty()) {
            return Optional.empty();
        }
        DeploymentPast before = deployments.past(update.deploymentId());
        DeploymentPast after = before.after(update);
        Set<String> sentTo = new TreeSet<>(DeploymentPast.arrived(update));
        if (sentTo.isEmpty() || update.bundleSha256() == null) {
            return Optional.of(new DeploymentPast.Told(update.deploymentId(), after, null, null)).filter(told -> !after.equals(before));
        }
        sentTo.addAll(ofDeployments.sentTo(update.deploymentId(), update.bundleSha256()));
        return Optional.of(new DeploymentPast.Told(update.deploymentId(), after, update.bundleSha256(), sentTo));
    }

    Optional<Update> update(long number) {
        Optional<Update> open = updates.open(number);
        long seq = updates.endedAt(number);
        return open.isPresent() || seq == 0 ? open : Optional.of(ended(journal.read(seq)));
    }

    Optional<Update> updateInBrief(long number) {
        Optional<Update> open = updates.open(number);
        long seq = updates.endedAt(number);
        return open.isPresent() || seq == 0 ? open : Optional.of(brief(journal.read(seq)));
    }

    private static Update brief(Entry end) {
        return ended(known(end), end);
    }

    /** What stays of an update, without its end. */
    private static Update known(Entry end) {
        return read(end.facts().get("summary"), UpdateSummary.class).update(end.facts().path("update").longValue());
    }

    private static Update ended(Update before, Entry end) {
        return before.after(new UpdateEvent.Ended(read(end.facts().get("status"), UpdateStatus.class)), end.at());
    }

    Optional<Update> update(String key) {
        for (int number : updates.withKey(key)) {
            Optional<Update> update = update(number);
            if (update.isPresent() && update.get().request().key().equals(key)) {
                return update;
            }
        }
        return Optional.empty();
    }

    Stream<Update> history(Deployment deployment, long before) {
        return numbers(deployment, before)
                .mapToObj(number -> update(number).orElseThrow())
                .filter(update -> ofDeployments.isOf(update, deployment));
    }

    Optional<Update> lastInBrief(Deployment deployment) {
        return numbers(deployment, Long.MAX_VALUE)
                .mapToObj(number -> updateInBrief(number).orElseThrow())
                .filter(update -> ofDeployments.isOf(update, deployment))
                .findFirst();
    }

    /** That a bundle has arrived from a deployment is told of its own updates alone. */
    Stream<Arrival> arrivals(Deployment deployment) {
        return numbers(deployment, Long.MAX_VALUE).filter(updates::hasSent)
                .mapToObj(number -> arrival(number, journal.read(updates.endedAt(number))));
    }

    private static Arrival arrival(long number, Entry end) {
        UpdateSummary summary = read(end.facts().get("summary"), UpdateSummary.class);
        Update update = summary.update(number);
        return new Arrival(number, summary.stage(), update.bundleSha256(), update.isDeployed(),
                read(end.facts().get("status"), UpdateStatus.class), update.submittedAt(), end.at());
    }

    /** Updates that had or wanted the deployment's id since there is this one, the newest first. */
    private LongStream numbers(Deployment deployment, long before) {
        return LongStream.iterate(updates.before(deployment.id(), before), number -> number > 0, number -> updates.before(deployment.id(), number))
                .filter(number -> !ofDeployments.isEarlier(number, deployment));
    }

    List<Update> updates(long before, int limit) {
        long newest = Math.min(before, updates.next()) - 1;
        return LongStream.iterate(newest, number -> number > Math.max(0, newest - limit), number -> number - 1)
                .mapToObj(this::update)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Takes over what an entry says, new ones and old ones alike. */
    void apply(Entry entry) {
        ObjectNode facts = entry.facts();
        long seq = entry.seq();
        switch (entry.type()) {
            case UPDATE_SUBMITTED -> {
                updates.put(submitted(entry));
                live.addOfUpdate(facts.path("update").longValue(), seq);
            }
            case UPDATE_ENDED -> {
                updates.end(facts.path("update").longValue(), seq);
                live.endUpdate(facts.path("update").longValue());
                gates.updateEnded(facts.path("update").longValue(), live);
                forgetOtherNodes(seq, facts.path("summary"));
                if (facts.has(PAST)) {
                    DeploymentPast.Told told = read(facts.get(PAST), DeploymentPast.Told.class);
                    deployments.past(told);
                    live.put(seq, PAST, DeploymentTable.key(told.deployment()));
                    if (told.sha256() != null) {
                        updates.sent(facts.path("update").longValue(), told.sha256());
                    }
                }
            }
            default -> applyEvent(entry, told(entry));
        }
    }

    /**
     * An update that came to nodes says of each node of the infrastructure what is there; others have left it. Its end is the
     * latest that is said of those.
     */
    private void forgetOtherNodes(long seq, JsonNode summary) {
        Set<String> names = new TreeSet<>();
        summary.path("nodes").forEach(node -> names.add(node.path("node").asText()));
        if (summary.hasNonNull("deploymentId") && !names.isEmpty()) {
            String deployment = DeploymentTable.key(summary.get("deploymentId").textValue());
            deployments.seenNowhereBut(deployment, names).forEach(node -> live.put(seq, "active", deployment, node));
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
        Update before = entry.payload().map(payload -> read(payload, Update.class)).orElseGet(() -> known(entry));
        for (JsonNode seq : entry.facts().path(ELSEWHERE)) {
            Entry told = journal.read(seq.longValue());
            if (told.payload().isPresent()) {
                before = before.after(read(told.payload().get(), UpdateEvent.class), told.at());
            }
        }
        return ended(before, entry);
    }
}

package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.EntryJson.read;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.InfrastructureEdit;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is recorded at gates, derived from the journal. Each entry about a request says what happened and holds the whole
 * request as it is then, so that the newest one alone is needed.
 */
final class JournalGates implements GateRecords {

    /** How the types of its entries begin. */
    static final String TYPE = "gate.";

    private static final String CLOSED = TYPE + "closed";
    private static final String PRE_APPROVED = TYPE + "pre-approved";
    private static final String PRE_APPROVAL_ENDED = TYPE + "pre-approval-ended";
    private static final String GLASS_BROKEN = TYPE + "glass-broken";
    private static final String EDITED = TYPE + "edited";
    /** Of each infrastructure; far more than anybody makes in the time that a gate looks back. */
    private static final int EDITS = 100;

    private final EntryWriter writer;
    private final ConcurrentSkipListMap<Long, ApprovalRequest> requests = new ConcurrentSkipListMap<>();
    /** The same by whom they ask: few groups and users are named in gates, and each has few or many requests. */
    private final Map<Principal, ConcurrentSkipListMap<Long, ApprovalRequest>> asking = new ConcurrentHashMap<>();
    private final Map<String, PreApproval> preApprovals = new ConcurrentHashMap<>();
    private final Map<String, BrokenGlass> glasses = new ConcurrentHashMap<>();
    /** Each list is replaced, never changed: pages look who does not count while somebody else writes. */
    private final Map<String, List<Edited>> edits = new ConcurrentHashMap<>();

    private record Edited(long seq, InfrastructureEdit edit) {}

    JournalGates(EntryWriter writer) {
        this.writer = writer;
    }

    @Override
    public Optional<ApprovalRequest> request(long update) {
        return Optional.ofNullable(requests.get(update));
    }

    @Override
    public Stream<ApprovalRequest> requestsAfter(long after) {
        return requests.tailMap(after, false).values().stream();
    }

    @Override
    public Optional<ApprovalRequest> nextAsking(Predicate<Principal> who, long after) {
        Map.Entry<Long, ApprovalRequest> next = null;
        for (Map.Entry<Principal, ConcurrentSkipListMap<Long, ApprovalRequest>> asked : asking.entrySet()) {
            if (who.test(asked.getKey())) {
                Map.Entry<Long, ApprovalRequest> found = asked.getValue().higherEntry(after);
                next = next == null || found != null && found.getKey() < next.getKey() ? found : next;
            }
        }
        return Optional.ofNullable(next).map(Map.Entry::getValue);
    }

    @Override
    public ApprovalRequest change(long update, String what, String by, UnaryOperator<ApprovalRequest> change) {
        synchronized (writer) {
            ApprovalRequest before = requests.get(update);
            ApprovalRequest after = change.apply(before);
            if (after != null && !after.equals(before)) {
                writer.write(TYPE + what, facts(by).put("update", update).set("request", tree(after)), null);
            }
            return after;
        }
    }

    @Override
    public void close(long update, String why, String by) {
        synchronized (writer) {
            if (requests.containsKey(update)) {
                writer.write(CLOSED, facts(by).put("update", update).put("why", why), null);
            }
        }
    }

    @Override
    public List<PreApproval> preApprovals(String project, String infrastructure) {
        return preApprovals.values().stream().filter(given -> given.isAbout(project, infrastructure)).toList();
    }

    @Override
    public List<PreApproval> preApprovals() {
        return List.copyOf(preApprovals.values());
    }

    @Override
    public void add(PreApproval preApproval) {
        synchronized (writer) {
            writer.write(PRE_APPROVED, facts(preApproval.userId()).set("preApproval", tree(preApproval)), null);
        }
    }

    @Override
    public void endPreApproval(String id, String why, String by) {
        synchronized (writer) {
            if (!preApprovals.containsKey(id)) {
                throw Refused.notFound("approval in advance", id);
            }
            writer.write(PRE_APPROVAL_ENDED, facts(by).put("id", id).put("why", why), null);
        }
    }

    @Override
    public Optional<BrokenGlass> glass(String project, String infrastructure, Instant now) {
        return glasses.values().stream().filter(glass -> glass.serves(project, infrastructure, now)).findFirst();
    }

    @Override
    public List<BrokenGlass> glasses(Instant now) {
        return glasses.values().stream().filter(glass -> !now.isBefore(glass.at()) && now.isBefore(glass.until())).toList();
    }

    @Override
    public void add(BrokenGlass glass) {
        synchronized (writer) {
            writer.write(GLASS_BROKEN, facts(glass.userId()).set("glass", tree(glass)), null);
        }
    }

    @Override
    public BrokenGlass addUnlessThere(BrokenGlass glass, Predicate<BrokenGlass> same) {
        synchronized (writer) {
            Optional<BrokenGlass> there = glasses.values().stream().filter(same).findFirst();
            if (there.isEmpty()) {
                add(glass);
            }
            return there.orElse(glass);
        }
    }

    @Override
    public List<InfrastructureEdit> edits(String infrastructure) {
        return edits.getOrDefault(key(infrastructure), List.of()).stream().map(Edited::edit).toList();
    }

    @Override
    public void add(InfrastructureEdit edit) {
        synchronized (writer) {
            writer.write(EDITED, facts(edit.userId()).set("edit", tree(edit)), null);
        }
    }

    /** Takes over what an entry says, new ones and old ones alike. */
    void apply(Entry entry, LiveEntries live) {
        ObjectNode facts = entry.facts();
        long seq = entry.seq();
        switch (entry.type()) {
            case CLOSED -> forget(facts.path("update").longValue(), live);
            case PRE_APPROVED -> {
                PreApproval given = read(facts.get("preApproval"), PreApproval.class);
                dropOutlived(entry.at(), live);
                preApprovals.put(given.id(), given);
                live.put(seq, "pre-approval", given.id());
            }
            case PRE_APPROVAL_ENDED -> {
                preApprovals.remove(facts.path("id").textValue());
                live.remove("pre-approval", facts.path("id").textValue());
            }
            case GLASS_BROKEN -> {
                BrokenGlass glass = read(facts.get("glass"), BrokenGlass.class);
                dropOutlived(entry.at(), live);
                glasses.put(glass.id(), glass);
                live.put(seq, "glass", glass.id());
            }
            case EDITED -> edited(seq, read(facts.get("edit"), InfrastructureEdit.class), live);
            default -> {
                ApprovalRequest request = read(facts.get("request"), ApprovalRequest.class);
                put(request);
                live.put(seq, "request", Long.toString(request.update()));
            }
        }
    }

    /** An update's end ends its request, unless approvals are owed. */
    void updateEnded(long update, LiveEntries live) {
        ApprovalRequest request = requests.get(update);
        if (request != null && request.state() != ApprovalRequest.State.FOLLOW_UP) {
            forget(update, live);
        }
    }

    private void put(ApprovalRequest request) {
        ApprovalRequest before = requests.put(request.update(), request);
        if (before != null) {
            unask(before);
        }
        request.gate().approvers().forEach(approver ->
                asking.computeIfAbsent(approver, any -> new ConcurrentSkipListMap<>()).put(request.update(), request));
    }

    /** Changes come one at a time, so nobody adds to a list that is taken away. */
    private void unask(ApprovalRequest request) {
        request.gate().approvers().forEach(approver -> asking.computeIfPresent(approver, (any, all) -> {
            all.remove(request.update());
            return all.isEmpty() ? null : all;
        }));
    }

    private void forget(long update, LiveEntries live) {
        ApprovalRequest before = requests.remove(update);
        if (before != null) {
            unask(before);
        }
        live.remove("request", Long.toString(update));
    }

    private void edited(long seq, InfrastructureEdit edit, LiveEntries live) {
        String infrastructure = key(edit.infrastructure());
        List<Edited> all = new ArrayList<>(edits.getOrDefault(infrastructure, List.of()));
        all.add(new Edited(seq, edit));
        live.put(seq, "edit", infrastructure, Long.toString(seq));
        if (all.size() > EDITS) {
            live.remove("edit", infrastructure, Long.toString(all.remove(0).seq()));
        }
        edits.put(infrastructure, List.copyOf(all));
    }

    private void dropOutlived(Instant now, LiveEntries live) {
        preApprovals.values().removeIf(given -> outlived(given.until(), now, live, "pre-approval", given.id()));
        glasses.values().removeIf(glass -> outlived(glass.until(), now, live, "glass", glass.id()));
    }

    private static boolean outlived(Instant until, Instant now, LiveEntries live, String kind, String id) {
        boolean gone = until.isBefore(now);
        if (gone) {
            live.remove(kind, id);
        }
        return gone;
    }

    private static String key(String infrastructure) {
        return infrastructure.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode facts(String by) {
        ObjectNode facts = EntryJson.facts();
        return by == null ? facts : facts.put("by", by);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.Anchor;
import io.jenkins.plugins.projectdeployer.store.Entry;
import io.jenkins.plugins.projectdeployer.store.JournalVerifier;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Ours: everything that was recorded, newest first, and whether it was changed since; for those who may read the audit. */
public final class AuditResources {

    /** What each update does step by step: most of the entries. */
    private static final List<String> STEPS = List.of("update.phase-", "update.node", "update.message", "update.way-back");
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 500;
    /** Entries that are looked at for one page; a filter that finds little goes on from there. */
    private static final int LOOKED_AT = 10_000;
    private static final int AT_ONCE = 500;

    private final Records records;
    private final Check check;
    /** It reads all there is: one at a time is enough. */
    private final Semaphore checking = new Semaphore(1);

    /** Recomputes the whole chain. */
    @FunctionalInterface
    public interface Check {
        JournalVerifier.Verdict verify(Optional<Anchor> expected) throws IOException;
    }

    AuditResources(Records records, Check check) {
        this.records = records;
        this.check = check;
    }

    void addTo(Routes routes) {
        routes.get("/audit", this::list).post("/audit/verification", this::verify);
    }

    private WebReply list(Routes.Call call) {
        call.view().requireAuditor();
        return call.tagged(call.view().version(), () -> page(call.request()));
    }

    private JsonNode page(WebRequest request) {
        int limit = Math.min(request.number("limit", PAGE), LARGEST_PAGE);
        boolean brief = request.flag("brief");
        String type = request.query().getOrDefault("type", "");
        String text = request.query().getOrDefault("text", "").toLowerCase(Locale.ROOT);
        long next = request.number("before", Integer.MAX_VALUE);
        ObjectNode json = Json.MAPPER.createObjectNode().put("head", records.head().toString());
        ArrayNode found = json.putArray("entries");
        for (int looked = 0; looked < LOOKED_AT && found.size() < limit && next > 1; looked += AT_ONCE) {
            for (Entry entry : records.entries(next, AT_ONCE)) {
                next = entry.seq();
                if (entry.type().startsWith(type) && !(brief && STEPS.stream().anyMatch(entry.type()::startsWith)) && (entry.type() + " " + entry.facts()).toLowerCase(Locale.ROOT).contains(text)) {
                    found.add(entry(entry));
                }
                if (found.size() == limit) {
                    break;
                }
            }
            if (next == Integer.MAX_VALUE) {
                break; // there is nothing at all
            }
        }
        json.putNull("next");
        return next > 1 && next < Integer.MAX_VALUE ? json.put("next", next) : json;
    }

    private static ObjectNode entry(Entry entry) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("number", entry.seq())
                .put("at", entry.at().toString())
                .put("type", entry.type())
                .put("hash", entry.hash());
        json.set("facts", entry.facts());
        return json;
    }

    private WebReply verify(Routes.Call call) throws IOException {
        call.view().requireAuditor();
        Optional<Anchor> expected = Optional.ofNullable(Fields.text(call.request().json("expect"), "expect")).map(AuditResources::anchor);
        if (!checking.tryAcquire()) {
            throw Refused.conflict("Somebody is having the audit checked at this moment: try again when that is done.");
        }
        try {
            return WebReply.json(said(check.verify(expected)));
        } finally {
            checking.release();
        }
    }

    private static Anchor anchor(String text) {
        try {
            return Anchor.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("expect \"" + Ids.printable(text) + "\": " + e.getMessage());
        }
    }

    private static ObjectNode said(JournalVerifier.Verdict verdict) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (verdict instanceof JournalVerifier.Intact intact) {
            return json.put("intact", true).put("head", intact.head().toString()).put("replacedPayloads", intact.replacedPayloads());
        }
        JournalVerifier.Broken broken = (JournalVerifier.Broken) verdict;
        return json.put("intact", false).put("where", broken.where()).put("what", broken.what());
    }
}

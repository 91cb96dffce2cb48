package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookTicket;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ours: which hooks hold a permit and which wait for one, and how those that have run went; for people who administer an
 * infrastructure. Of the hooks of others' they learn that there are some, since all share the permits.
 */
final class HookResources {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    /** Updates that are looked at for one page; each costs a look into the journal. */
    private static final int LOOKED_AT = 500;

    private final Records records;
    private final Supplier<HookThrottle.Snapshot> hooks;

    HookResources(Records records, Supplier<HookThrottle.Snapshot> hooks) {
        this.records = records;
        this.hooks = hooks;
    }

    void addTo(Routes routes) {
        routes.get("/hooks", this::permits).get("/hooks/runs", this::runs);
    }

    private WebReply permits(Routes.Call call) {
        call.view().requireAdministered();
        HookThrottle.Snapshot now = hooks.get();
        ObjectNode json = Json.MAPPER.createObjectNode().put("permits", now.permits());
        ArrayNode holders = json.putArray("holders");
        now.holders().forEach(holder -> holders.add(ticket(holder.ticket(), call.view()).put("since", holder.since().toString())));
        ArrayNode waiters = json.putArray("waiters");
        now.waiters().forEach(waiter -> waiters.add(ticket(waiter.ticket(), call.view())
                .put("since", waiter.since().toString())
                .put("deadline", waiter.deadline().toString())));
        return WebReply.json(json);
    }

    private ObjectNode ticket(HookTicket ticket, View view) {
        boolean seen = records.update(ticket.update()).filter(update -> administers(view, update)).isPresent();
        return Json.MAPPER.createObjectNode()
                .put("who", seen ? ticket.who() : null)
                .put("phase", ticket.phase().name());
    }

    private static boolean administers(View view, Update update) {
        return view.administered().stream().map(Infrastructure::id).anyMatch(update.request().infrastructure()::equalsIgnoreCase);
    }

    private WebReply runs(Routes.Call call) {
        call.view().requireAdministered();
        return call.tagged(records.head().seq(), call.view().version(), () -> page(call));
    }

    private JsonNode page(Routes.Call call) {
        int limit = Math.min(call.request().number("limit", PAGE), LARGEST_PAGE);
        List<Update> updates = records.updates(call.request().number("before", Integer.MAX_VALUE), LOOKED_AT);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode runs = json.putArray("runs");
        long next = 0;
        for (Update update : updates) {
            if (runs.size() >= limit) {
                break;
            }
            next = update.number();
            if (administers(call.view(), update)) {
                update.runs().stream().filter(run -> run.kind() != Update.RunKind.TEST_SCENARIO).forEach(run -> runs.add(
                        UpdateDetails.run(run)
                                .put("update", update.number())
                                .put("deployment", update.deploymentId())
                                .put("project", update.request().project())
                                .put("infrastructure", update.request().infrastructure())));
            }
        }
        json.putNull("next");
        return next > 1 && (runs.size() >= limit || updates.size() == LOOKED_AT) ? json.put("next", next) : json;
    }
}

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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ours: which hooks hold a permit and which wait for one, and how those that have run went; for people who administer an
 * infrastructure. Of the hooks of others' they learn that there are some, since all share the permits.
 */
final class HookResources {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    /** Updates that are looked at for one page at most; each costs a look into the journal. */
    private static final int LOOKED_AT = 500;
    /** Updates that are looked at before it is asked whether the page is full. */
    private static final int STEP = 25;

    private final Records records;
    private final Supplier<HookThrottle.Snapshot> hooks;
    private final RememberedTags tags = new RememberedTags();

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
        boolean seen = records.update(ticket.update()).filter(administeredBy(view)).isPresent();
        return Json.MAPPER.createObjectNode()
                .put("who", seen ? ticket.who() : null)
                .put("phase", ticket.phase().name());
    }

    private WebReply runs(Routes.Call call) {
        call.view().requireAdministered();
        return tags.reply(call, () -> page(call));
    }

    private JsonNode page(Routes.Call call) {
        int limit = Math.min(call.request().number("limit", PAGE), LARGEST_PAGE);
        Predicate<Update> shown = administeredBy(call.view());
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode runs = json.putArray("runs");
        long before = call.request().number("before", Integer.MAX_VALUE);
        boolean more = true;
        for (int looked = 0; more && runs.size() < limit && looked < LOOKED_AT; looked += STEP) {
            List<Update> step = records.updates(before, STEP);
            more = step.size() == STEP;
            for (Update update : step) {
                if (runs.size() >= limit) {
                    break;
                }
                before = update.number();
                if (shown.test(update)) {
                    runs.addAll(runs(update));
                }
            }
        }
        json.putNull("next");
        return before > 1 && (more || runs.size() >= limit) ? json.put("next", before) : json;
    }

    private static List<ObjectNode> runs(Update update) {
        return update.runs().stream().filter(run -> run.kind() != Update.RunKind.TEST_SCENARIO).map(run ->
                UpdateDetails.run(run)
                        .put("update", update.number())
                        .put("deployment", update.deploymentId())
                        .put("project", update.request().project())
                        .put("infrastructure", update.request().infrastructure())).toList();
    }

    /** Whether an update is on an infrastructure that somebody administers. */
    private static Predicate<Update> administeredBy(View view) {
        List<String> administered = view.administered().stream().map(Infrastructure::id).toList();
        return update -> administered.stream().anyMatch(update.request().infrastructure()::equalsIgnoreCase);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.projectdeployer.deployment.Steering;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.Optional;

/** Updates of a deployment: start one, look at those there were; and the futures by which one under way is followed. */
final class UpdateResources {

    private static final String DEPLOYMENT = "/project-deployer/deployments/{id}";
    /** Newest ones that a list shows at most: each costs a look into the journal. */
    private static final int LISTED = 1000;

    private final Records records;
    private final Steering steering;

    UpdateResources(Records records, Steering steering) {
        this.records = records;
        this.steering = steering;
    }

    void addTo(Routes routes) {
        routes.post(DEPLOYMENT + "/actions/update", this::start)
                .get(DEPLOYMENT + "/update", this::list)
                .get(DEPLOYMENT + "/last-update", call -> {
                    Deployment deployment = call.view().deployment(call.path("id"));
                    return full(records.history(deployment).findFirst(), "last update of deployment", deployment.id());
                })
                .get(DEPLOYMENT + "/update/{timestamp}", call -> full(
                        at(call.view().deployment(call.path("id")), call.path("timestamp")),
                        "update", call.path("timestamp")))
                .get("/futures", this::futures)
                .get("/futures/{job}", call -> WebReply.json(
                        UpdateJson.future(future(call), !call.request().flag("peek"))))
                .delete("/futures/{job}", call -> {
                    steering.abort(call.userId(), call.path("job"));
                    return WebReply.done();
                });
    }

    private WebReply start(Routes.Call call) throws IOException {
        WebRequest request = call.request();
        boolean queue = request.flag("queue");
        boolean adopt = request.flag("adopt");
        boolean dryRun = request.flag("dryRun");
        boolean ignoreWarnings = request.flag("ignoreWarnings");
        request.noOtherThan("queue", "adopt", "dryRun", "ignoreWarnings");
        request.noDocument();
        Update update = steering.start(call.userId(), call.path("id"), options -> options
                .queue(queue).adopt(adopt).dryRun(dryRun).ignoreWarnings(ignoreWarnings));
        return WebReply.json(UpdateJson.future(update, true));
    }

    private WebReply list(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        ArrayNode list = Json.MAPPER.createArrayNode();
        records.history(deployment, call.request().number("before", Integer.MAX_VALUE))
                .limit(Math.min(call.request().number("limit", LISTED), LISTED))
                .forEach(update -> list.add(UpdateJson.item(update)));
        return WebReply.json(list);
    }

    private static WebReply full(Optional<Update> update, String kind, String asked) {
        return WebReply.json(UpdateJson.full(update.orElseThrow(() -> Refused.notFound(kind, asked))));
    }

    /** The newest of those that were submitted in this millisecond. */
    private Optional<Update> at(Deployment deployment, String timestamp) {
        return records.history(deployment).filter(update -> UpdateJson.timestamp(update).equals(timestamp)).findFirst();
    }

    /** Those under way: the person's own, or, where they administer Jenkins and ask for it, everybody's. */
    private WebReply futures(Routes.Call call) {
        boolean all = call.request().flag("allUsers") && call.view().person().administrator();
        ArrayNode list = Json.MAPPER.createArrayNode();
        records.openUpdates().stream()
                .filter(update -> all || update.request().requestedBy().contains(call.view().person().id()))
                .filter(call.view()::sees)
                .forEach(update -> list.add(UpdateJson.future(update, false)));
        return WebReply.json(list);
    }

    private Update future(Routes.Call call) {
        return records.update(call.path("job"))
                .filter(call.view()::sees)
                .orElseThrow(() -> Refused.notFound("future", call.path("job")));
    }
}

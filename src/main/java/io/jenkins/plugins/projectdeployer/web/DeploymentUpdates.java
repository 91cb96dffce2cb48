package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Steering;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Ours: the updates of a deployment: those there were, what two of them did differently, and the next one. */
final class DeploymentUpdates {

    private static final String ALL = OneDeployment.ONE + "/updates";
    private static final String ONE = ALL + "/{number}";
    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 100;

    private final Records records;
    private final Steering steering;
    private final Predicate<String> mayReadJob;

    DeploymentUpdates(Records records, Steering steering, Predicate<String> mayReadJob) {
        this.records = records;
        this.steering = steering;
        this.mayReadJob = mayReadJob;
    }

    void addTo(Routes routes) {
        routes.get(ALL, this::list)
                .post(ALL, this::start)
                .get(ONE, this::show)
                .post(ONE + "/retry", call -> {
                    call.request().noDocument();
                    return WebReply.json(UpdateDetails.line(steering.retry(call.userId(), call.path("id"), number(call.path("number")))));
                })
                .post(ONE + "/rollback", call -> {
                    call.request().noDocument();
                    return WebReply.json(UpdateDetails.line(steering.start(call.userId(), call.path("id"), options -> options
                            .bundle(null).rollBackOf(number(call.path("number"))))));
                })
                .post(ONE + "/abort", call -> {
                    steering.abort(call.userId(), one(call, call.path("number")).request().key());
                    return WebReply.done();
                })
                .get(OneDeployment.ONE + "/differences", this::differences);
    }

    private WebReply list(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        return call.tagged(call.view().version(), () -> page(call, deployment));
    }

    private JsonNode page(Routes.Call call, Deployment deployment) {
        int limit = Math.min(call.request().number("limit", PAGE), LARGEST_PAGE);
        List<Update> updates = records.history(deployment, call.request().number("before", Integer.MAX_VALUE)).limit(limit + 1L).toList();
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode lines = json.putArray("updates");
        updates.stream().limit(limit).forEach(update -> lines.add(UpdateDetails.line(update)));
        json.putNull("next");
        if (updates.size() > limit) {
            json.put("next", updates.get(limit - 1).number());
        }
        return json;
    }

    private WebReply show(Routes.Call call) {
        Update update = one(call, call.path("number"));
        boolean withJob = seesJob(update.request().origin());
        return call.tagged(Objects.hash(call.view().version(), withJob), () -> UpdateDetails.all(update, seesHooks(call), withJob)
                .put("againstRetry", steering.againstRetry(update, call.view().deployment(call.path("id"))).orElse(null)));
    }

    /** Seeing the deployment is not seeing the job: that is Jenkins' to say. */
    private boolean seesJob(DeployRequest.Origin origin) {
        return origin != null && origin.job() != null && mayReadJob.test(origin.job());
    }

    private static boolean seesHooks(Routes.Call call) {
        return call.view().may(call.view().on(call.view().deployment(call.path("id"))), InfrastructureRight.ADMIN);
    }

    private WebReply differences(Routes.Call call) {
        Update from = one(call, call.request().query().get("from"));
        Update to = one(call, call.request().query().get("to"));
        ObjectNode json = Json.MAPPER.createObjectNode().put("from", from.number()).put("to", to.number());
        json.set("differences", UpdateDifference.between(from, to, seesHooks(call)));
        return WebReply.json(json);
    }

    /** An update of this deployment, not of an earlier one that had its id. */
    private Update one(Routes.Call call, String number) {
        Deployment deployment = call.view().deployment(call.path("id"));
        return records.update(number(number))
                .filter(update -> records.isOf(update, deployment))
                .orElseThrow(() -> Refused.notFound("update of deployment " + deployment.id(), number));
    }

    private static long number(String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,17}")) {
            throw Refused.notFound("update", text);
        }
        return Long.parseLong(text);
    }

    private WebReply start(Routes.Call call) throws IOException {
        ObjectNode said = call.request().json(
                "queue", "adopt", "dryRun", "ignoreWarnings", "testScenarios", "rollBackOnFailure");
        Update update = steering.start(call.userId(), call.path("id"), options -> options
                .queue(Fields.flag(said, "queue", false))
                .adopt(Fields.flag(said, "adopt", false))
                .dryRun(Fields.flag(said, "dryRun", false))
                .ignoreWarnings(Fields.flag(said, "ignoreWarnings", false))
                .testScenarios(said.hasNonNull("testScenarios") ? Fields.texts(said, "testScenarios") : null)
                .onFailure(onFailure(said)));
        return WebReply.json(UpdateDetails.line(update));
    }

    /** Null where nothing is said: then the deployment's settings do. */
    private static OnFailure onFailure(ObjectNode said) {
        return !said.hasNonNull("rollBackOnFailure") ? null
                : Fields.flag(said, "rollBackOnFailure", false) ? OnFailure.ROLLBACK : OnFailure.STOP;
    }
}

package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.takeover.TakeOver;
import java.io.IOException;

/** Coming from a Dataiku Deployer: what is there as configuration as code, and its deployments one by one. */
final class TakeOverResources {

    private final TakeOver takeOver;

    TakeOverResources(TakeOver takeOver) {
        this.takeOver = takeOver;
    }

    /** Both ask another system, so neither is a GET. */
    void addTo(Routes routes) {
        routes.post("/take-over", this::read).post("/take-over/adoptions", this::adopt);
    }

    private WebReply read(Routes.Call call) throws IOException {
        TakeOver.Reading reading = takeOver.read(call.userId(), source(call.request().json("url", "credentialsId", "certificates", "trustAll")));
        ObjectNode json = Json.MAPPER.createObjectNode().put("yaml", reading.yaml());
        json.set("left", Json.MAPPER.valueToTree(reading.contents().left()));
        ArrayNode deployments = json.putArray("deployments");
        reading.contents().deployments().forEach(deployment -> deployments.addObject()
                .put("name", deployment.sourceId())
                .put("id", deployment.id())
                .put("project", deployment.projectKey())
                .put("infrastructure", deployment.infrastructureId())
                .put("bundle", deployment.bundleId())
                .put("here", takeOver.isHere(deployment)));
        return WebReply.json(json);
    }

    private WebReply adopt(Routes.Call call) throws IOException {
        ObjectNode said = call.request().json("url", "credentialsId", "certificates", "trustAll", "name");
        TakeOver.Adopted adopted = takeOver.adopt(call.userId(), source(said), Fields.required(said, "name"));
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("id", adopted.deployment().id())
                .put("bundle", adopted.deployment().bundleId())
                .put("published", adopted.published());
        json.set("messages", Json.MAPPER.valueToTree(adopted.said()));
        return WebReply.json(json);
    }

    private static NodeAddress source(ObjectNode said) {
        return new NodeAddress(Fields.required(said, "url"), Fields.required(said, "credentialsId"), Fields.text(said, "certificates"),
                Fields.flag(said, "trustAll", false));
    }
}

package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Infrastructures: what they are, who may do what there. */
final class InfrastructureResources {

    private final InfrastructureGrants grants;

    InfrastructureResources(InfrastructureGrants grants) {
        this.grants = grants;
    }

    void addTo(Routes routes) {
        routes.get("/project-deployer/infras", call -> list(call.view()))
                .post("/project-deployer/infras", call -> elsewhere("created"))
                .get("/project-deployer/infras/{id}", call -> WebReply.json(InfrastructureJson.status(
                        call.view().infrastructure(call.path("id"), InfrastructureRight.READ), call.view())))
                .delete("/project-deployer/infras/{id}", call -> {
                    call.view().infrastructure(call.path("id"), InfrastructureRight.ADMIN);
                    return elsewhere("deleted");
                })
                .post("/project-deployer/infras/{id}/generate-personal-api-key", call -> {
                    call.view().infrastructure(call.path("id"), InfrastructureRight.READ);
                    throw new Refused(Refused.Reason.FORBIDDEN, "Personal API keys are made on the nodes, by their users: Jenkins makes"
                            + " none and hands none out.");
                })
                .get("/project-deployer/infras/{id}/settings", call -> WebReply.json(InfrastructureJson.settings(
                        call.view().infrastructure(call.path("id"), InfrastructureRight.ADMIN), call.view())))
                .put("/project-deployer/infras/{id}/settings", this::change);
    }

    private static WebReply list(View view) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        view.infrastructures().forEach(infrastructure -> list.add(InfrastructureJson.status(infrastructure, view)));
        return WebReply.json(list);
    }

    /** Their keys are credentials of Jenkins, which no request names. */
    private static WebReply elsewhere(String what) {
        throw new Refused(Refused.Reason.FORBIDDEN, "Infrastructures are " + what + " in Jenkins' configuration, by its administrators.");
    }

    /** Takes the grants from a document that was read, changed and sent back; everything else must be as it was. */
    private WebReply change(Routes.Call call) throws IOException {
        Infrastructure infrastructure = call.view().infrastructure(call.path("id"), InfrastructureRight.ADMIN);
        ObjectNode is = InfrastructureJson.settings(infrastructure, call.view());
        ObjectNode said = call.request().json(is.properties().stream().map(Map.Entry::getKey).toList());
        is.properties().forEach(field -> {
            if (!field.getKey().equals("permissions") && said.has(field.getKey())
                    && !said.get(field.getKey()).equals(field.getValue())) {
                throw Refused.invalid(field.getKey() + " of infrastructure " + infrastructure.id()
                        + " is changed on its page or as code; requests change its permissions.");
            }
        });
        if (said.hasNonNull("permissions")) {
            List<Grant<InfrastructureRight>> changed = GrantsJson.read(
                    said.get("permissions"), InfrastructureRight.class, InfrastructureRight::implies, InfrastructureJson.FLAGS);
            if (!changed.equals(infrastructure.grants())) {
                grants.change(call.userId(), infrastructure, changed);
            }
        }
        return WebReply.done();
    }
}

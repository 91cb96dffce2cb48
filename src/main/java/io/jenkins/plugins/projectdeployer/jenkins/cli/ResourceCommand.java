package io.jenkins.plugins.projectdeployer.jenkins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A command that asks one of our own resources, as a page would, and prints what it answers. */
abstract class ResourceCommand extends DeployerCommand {

    /** @param query parameters by name; those that are null are left out */
    static JsonNode get(ProjectDeployer deployer, Person person, String path, Map<String, String> query) throws IOException {
        String encoded = query.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return said(deployer.ownApi().answer("GET", path, encoded.isEmpty() ? null : encoded, header -> null, null, person));
    }

    static JsonNode post(ProjectDeployer deployer, Person person, String path, JsonNode document) throws IOException {
        InputStream body = new ByteArrayInputStream(Json.MAPPER.writeValueAsBytes(document));
        return said(deployer.ownApi().answer("POST", path, null, header -> null, body, person));
    }

    private static JsonNode said(WebReply reply) throws IOException {
        try (InputStream body = reply.body().open()) {
            JsonNode said = Json.MAPPER.readTree(body);
            if (reply.status() >= 400) {
                throw new AbortException(said.path("message").asText());
            }
            return said;
        }
    }
}

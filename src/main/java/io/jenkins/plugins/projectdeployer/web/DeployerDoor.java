package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.hook.WholeResponse;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A hook's {@code deployer_client}: this deployer's resources, with the rights of the hook's user. */
public final class DeployerDoor implements HookHttp {

    private static final String ROOT = "/project-deployer/";

    private final DeployerResources resources;
    private final People people;
    private final String userId;

    public DeployerDoor(DeployerResources resources, People people, String userId) {
        this.resources = resources;
        this.people = people;
        this.userId = userId;
    }

    @Override
    public Response send(Request request) throws Failure {
        try {
            return answer(200, get(request));
        } catch (Refused e) {
            JsonNode error = Json.MAPPER.createObjectNode()
                    .put("errorType", e.reason().name())
                    .put("message", e.getMessage())
                    .put("detailedMessage", e.getMessage());
            return answer(e.reason() == Refused.Reason.NOT_FOUND ? 404 : 403, error);
        }
    }

    private JsonNode get(Request request) {
        String path = request.path().split("\\?", 2)[0];
        if (!request.method().equals("GET") || !path.startsWith(ROOT)) {
            throw new Refused(Refused.Reason.INVALID, "deployer_client reads deployments and published projects; "
                    + request.method() + " " + path + " is not offered.");
        }
        if (userId.isEmpty()) {
            throw new Refused(Refused.Reason.FORBIDDEN, "This hook has no user, so deployer_client may see nothing; an"
                    + " administrator of the infrastructure can set the hook's user.");
        }
        List<String> segments = Arrays.stream(path.substring(ROOT.length()).split("/"))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        return resources.get(people.person(userId), segments);
    }

    private static Response answer(int status, JsonNode body) throws Failure {
        try {
            return new WholeResponse(status, Map.of("content-type", "application/json"), Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new Failure(Failure.Kind.CONNECT, "The deployer's answer could not be written: " + e.getMessage(), e);
        }
    }
}

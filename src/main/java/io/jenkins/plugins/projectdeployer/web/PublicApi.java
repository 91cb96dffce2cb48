package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.Deployments;
import io.jenkins.plugins.projectdeployer.gate.Outlook;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The public API of a project deployer in Dataiku's shapes (facts B7), for whoever asks: HTTP in front of Jenkins and
 * {@code deployer_client} in hooks are answered here alike. What somebody may not see is answered exactly as what does not
 * exist. Paths begin below Dataiku's root, such as {@code /project-deployer/deployments}.
 */
public final class PublicApi {

    private final People people;
    private final Api api;

    public PublicApi(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records,
            Deployments deployments,
            Outlook outlook,
            InfrastructureGrants grants) {
        this.people = people;
        api = new Api(configuration, nobody -> false, access, records);
        new InstanceResources().addTo(api.routes());
        new InfrastructureResources(grants).addTo(api.routes());
        new ProjectResources(records, deployments.publisher(), deployments.administration()).addTo(api.routes());
        new DeploymentResources(records, deployments.administration(), deployments.health(), outlook).addTo(api.routes());
        new MonitoringResources(deployments.health(), deployments.testingStatus()).addTo(api.routes());
        new UpdateResources(records, deployments.steering()).addTo(api.routes());
    }

    /**
     * Answers a request as it came over the wire; whatever goes wrong is in the answer too.
     *
     * @param rawPath below the API's root, as it stood in the request line
     * @param rawQuery likewise; null: none
     * @param headers value of a header by its name, such as {@code Content-Type}; null where there is none
     * @param body read once, closed by the caller; null: none
     * @param userId whose rights count
     */
    public WebReply answer(
            String method, String rawPath, String rawQuery, UnaryOperator<String> headers, InputStream body, String userId) {
        return api.answer(() -> WebRequest.of(method, rawPath, rawQuery, headers, body, userId), () -> people.person(userId));
    }

    /** The answer to a request without a key that holds. */
    public static WebReply unauthorized() {
        return WebReply.error(401, "UNAUTHORIZED", "This takes a key of the form user:token, of a user that exists: an API token,"
                + " which users make on their own page. Cookies count for nothing here.").with("WWW-Authenticate", "Bearer");
    }

    /** All that is offered. */
    List<Routes.Route> routes() {
        return api.routes().all();
    }
}

package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.Deployments;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The public API of a project deployer in Dataiku's shapes (facts B7), for whoever asks: HTTP in front of Jenkins and
 * {@code deployer_client} in hooks are answered here alike. What somebody may not see is answered exactly as what does not
 * exist. Paths begin below Dataiku's root, such as {@code /project-deployer/deployments}.
 */
public final class PublicApi {

    private static final Logger LOGGER = Logger.getLogger(PublicApi.class.getName());

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Access access;
    private final Records records;
    private final Routes routes = new Routes();

    public PublicApi(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records,
            Deployments deployments,
            InfrastructureGrants grants) {
        this.configuration = configuration;
        this.people = people;
        this.access = access;
        this.records = records;
        new InstanceResources().addTo(routes);
        new InfrastructureResources(grants).addTo(routes);
        new ProjectResources(records, deployments.publisher(), deployments.administration()).addTo(routes);
        new DeploymentResources(records, deployments.administration(), deployments.health()).addTo(routes);
        new DashboardResources(records, deployments.health()).addTo(routes);
        new UpdateResources(records, deployments.steering()).addTo(routes);
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
        try {
            return answer(new WebRequest(method, WebRequest.segments(rawPath), WebRequest.query(rawQuery),
                    headers.apply("Content-Type"), headers.apply("If-None-Match"), body, userId));
        } catch (Refused e) {
            return refused(e);
        }
    }

    /** The answer to a request without a key that holds. */
    public static WebReply unauthorized() {
        return WebReply.error(401, "UNAUTHORIZED", "This takes a key of the form user:token, of a user that exists: an API token,"
                + " which users make on their own page. Cookies count for nothing here.").with("WWW-Authenticate", "Bearer");
    }

    /** All that is offered. */
    List<Routes.Route> routes() {
        return routes.all();
    }

    /** A refusal in Dataiku's shape. */
    public static WebReply refused(Refused refused) {
        return WebReply.error(status(refused.reason()), refused.reason().name(), refused.getMessage());
    }

    private WebReply answer(WebRequest request) {
        try {
            Optional<Routes.Found> found = routes.find(request.segments());
            if (found.isEmpty()) {
                throw Refused.notFound("resource", String.join("/", request.segments()));
            }
            Optional<Routes.Handler> handler = found.get().handler(request.method());
            if (handler.isEmpty()) {
                return WebReply.error(405, "METHOD_NOT_ALLOWED", request.method() + " is not offered here; there is "
                        + found.get().allowed() + ".").with("Allow", found.get().allowed());
            }
            View view = new View(people.person(request.userId()), configuration.get(), access, records);
            return handler.get().answer(new Routes.Call(request, view, found.get().variables()));
        } catch (Refused e) {
            return refused(e);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The request " + request + " broke off", e);
            return WebReply.error(500, "IO", "The request broke off in between: " + Ids.printable(e.getMessage()) + ".");
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The request " + request + " failed", e);
            return WebReply.error(500, "INTERNAL", "The request failed unexpectedly; the controller's log has the details.");
        }
    }

    private static int status(Refused.Reason reason) {
        return switch (reason) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case NO_SPACE -> 507;
            case UNAVAILABLE -> 503;
        };
    }
}

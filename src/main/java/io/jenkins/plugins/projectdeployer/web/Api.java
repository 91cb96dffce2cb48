package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.EntryTooLarge;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers requests by routes, whichever API they belong to: each request sees what its person may see, and nothing else. */
final class Api {

    private static final Logger LOGGER = Logger.getLogger(Api.class.getName());

    private final Supplier<Configuration> configuration;
    private final Predicate<Person> auditors;
    private final Access access;
    private final Records records;
    private final Routes routes = new Routes();
    /** Of the newest configuration: it is large, and the same one from one request to the next. */
    private volatile View.Settings settings;

    /** @param auditors who may read the audit */
    Api(Supplier<Configuration> configuration, Predicate<Person> auditors, Access access, Records records) {
        this.configuration = configuration;
        this.auditors = auditors;
        this.access = access;
        this.records = records;
    }

    Routes routes() {
        return routes;
    }

    /** An API's description in OpenAPI 3.1. */
    static JsonNode description(String name) throws IOException {
        try (InputStream description = Api.class.getResourceAsStream(name)) {
            return Json.MAPPER.readTree(description);
        }
    }

    /** What a person may see at this moment. */
    View view(Person person) {
        return new View(person, auditors, settings(configuration.get()), access, records);
    }

    private View.Settings settings(Configuration now) {
        View.Settings known = settings;
        if (known == null || known.configuration() != now) {
            known = View.Settings.of(now);
            settings = known;
        }
        return known;
    }

    /** Reads a request from what came over the wire and answers it; what cannot be read is in the answer too. */
    WebReply answer(Supplier<WebRequest> request, Supplier<Person> person) {
        try {
            return answer(request.get(), person);
        } catch (Refused e) {
            return WebReply.refused(e);
        }
    }

    /**
     * Answers a request; whatever goes wrong is in the answer too.
     *
     * @param person who asks, looked up once it is known that there is something to answer
     */
    private WebReply answer(WebRequest request, Supplier<Person> person) {
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
            return handler.get().answer(new Routes.Call(request, view(person.get()), found.get().variables()));
        } catch (Refused e) {
            return WebReply.refused(e);
        } catch (EntryTooLarge e) {
            return WebReply.refused(Refused.invalid("What was sent is too much to be recorded: " + e.getMessage()));
        } catch (JournalException e) {
            LOGGER.log(Level.SEVERE, "The request " + request + " could not be recorded", e);
            return WebReply.refused(new Refused(Refused.Reason.UNAVAILABLE, "The controller's journal cannot be read or written, and"
                    + " what cannot be recorded is not done; have an administrator do what the controller's log says, then try again."));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The request " + request + " broke off", e);
            return WebReply.broken(e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The request " + request + " failed", e);
            return WebReply.error(500, "INTERNAL", "The request failed unexpectedly; the controller's log has the details.");
        }
    }
}

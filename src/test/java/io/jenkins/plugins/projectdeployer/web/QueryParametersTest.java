package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The descriptions name the parameters that the resources look at, each where it is looked at. */
class QueryParametersTest {

    /** Dataiku's client sends it; a gate asks nobody for it here. */
    private static final Set<String> TAKEN_AND_NOT_NEEDED = Set.of("ignoreWarnings");

    /** A query that remembers what it was asked for. */
    private static final class Asked extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;
        private final transient Set<String> names = new ConcurrentSkipListSet<>();

        @Override
        public String get(Object name) {
            names.add((String) name);
            return super.get(name);
        }

        @Override
        public String getOrDefault(Object name, String otherwise) {
            names.add((String) name);
            return super.getOrDefault(name, otherwise);
        }
    }

    @Test
    void each_parameter_is_described_where_it_is_looked_at(@TempDir Path home) throws IOException {
        try (World world = new World(home).infrastructure("prod", "Production")) {
            world.publish(BundleZip.of("CHURN", "v1"));
            world.deploy(World.request("CHURN", "v1", "prod"));
            world.deployer().administration().changeGrants("alice", "CHURN", before -> before);

            assertSame(world, "openapi.json", world.deployer().api().routes());
            assertSame(world, "own-openapi.json", world.deployer().ownApi().routes());
        }
    }

    private static void assertSame(World world, String name, List<Routes.Route> routes) throws IOException {
        JsonNode paths = Api.description(name).path("paths");
        Map<String, Set<String>> described = new TreeMap<>();
        Map<String, Set<String>> looked = new TreeMap<>();
        for (Routes.Route route : routes) {
            String operation = route.method() + " " + route.template();
            looked.put(operation, lookedAt(world, route));
            TreeSet<String> names = new TreeSet<>();
            JsonNode parameters = paths.path(route.template()).path(route.method().toLowerCase(Locale.ROOT)).path("parameters");
            StreamSupport.stream(parameters.spliterator(), false).filter(parameter -> parameter.path("in").asText().equals("query"))
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
            names.removeIf(each -> TAKEN_AND_NOT_NEEDED.contains(each) && !looked.get(operation).contains(each));
            described.put(operation, names);
        }
        assertThat(looked).isEqualTo(described);
    }

    private static Set<String> lookedAt(World world, Routes.Route route) throws IOException {
        Asked query = new Asked();
        query.putAll(Map.of("from", "1", "to", "1", "project", "CHURN", "infrastructure", "prod"));
        Map<String, String> variables = Map.of("id", route.template().contains("/infras/") ? "prod" : "CHURN-on-prod",
                "key", "CHURN", "number", "1", "bundle", "v1", "update", "1",
                "job", world.deployer().records().update(1).orElseThrow().request().key(), "timestamp", "1");
        boolean form = !route.template().endsWith("/bundles");
        WebRequest request = new WebRequest(route.method(), List.of(), query, form ? "application/json" : "application/zip", null, null,
                new ByteArrayInputStream((form ? "{\"bundleId\": 1}" : "no zip").getBytes(StandardCharsets.UTF_8)), "admin");
        View view = new View(world.people().person("admin"), person -> true, View.Settings.of(world.configuration()),
                new Access(world.people()), world.deployer().records());
        try {
            if (!route.method().equals("DELETE")) {
                route.handler().answer(new Routes.Call(request, view, variables));
            }
        } catch (Refused e) {
            assertThat(e).as(route.template()).isNotNull(); // what is refused was looked at before
        }
        return query.names;
    }
}

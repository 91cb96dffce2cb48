package io.jenkins.plugins.projectdeployer.jenkins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Moment;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.args4j.Option;

/** {@code list-deployments}: one line for each that the caller may see, by id. */
@Extension
public final class ListDeploymentsCommand extends ResourceCommand {

    @Option(name = "--stage", metaVar = "STAGE", usage = "Only those of this stage")
    public String stage;

    @Option(name = "--infrastructure", metaVar = "ID", usage = "Only those on this infrastructure")
    public String infrastructure;

    @Option(name = "--project", metaVar = "KEY", usage = "Only those of this published project")
    public String project;

    @Option(name = "--health", metaVar = "HEALTH", usage = "Only those of this health, such as ERROR")
    public String health;

    @Option(name = "--json", usage = "Each as a JSON object on a line of its own, with all that the page of deployments knows")
    public boolean json;

    @Override
    public String getShortDescription() {
        return Messages.ListDeploymentsCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) throws IOException {
        Map<String, String> query = new HashMap<>();
        query.put("stage", stage);
        query.put("infrastructure", infrastructure);
        query.put("project", project);
        query.put("health", health);
        JsonNode page;
        do {
            page = get(deployer, person, "/deployments", query);
            page.path("deployments").forEach(row -> print(json ? Json.printable(row.toString()) : line(row)));
            query.put("after", page.path("next").asText());
        } while (!page.path("next").isNull());
        return 0;
    }

    private static String line(JsonNode row) {
        JsonNode update = row.path("update");
        return text(row, "id") + "  " + text(row, "project") + " " + bundles(row) + " -> " + text(row, "infrastructure")
                + " (" + text(row, "stage") + ")  " + text(row, "health")
                + (row.path("since").isNull() ? "" : ", since " + Moment.words(Instant.parse(row.path("since").asText())) + " by " + text(row, "by"))
                + (update.isNull() ? "" : "  update " + text(update, "number") + " is " + text(update, "status")
                        + (update.path("phase").isNull() ? "" : " in phase " + text(update, "phase")));
    }

    /** As on the dashboard: what is to come, and what is active instead. */
    private static String bundles(JsonNode row) {
        String wanted = text(row, "bundle");
        List<String> active = new ArrayList<>();
        row.path("activeBundles").forEach(bundle -> active.add(Ids.printable(bundle.asText())));
        if (active.stream().allMatch(wanted::equals)) {
            return wanted;
        }
        String there = String.join(" and ", active) + (active.size() == 1 ? " is" : " are") + " active";
        return row.path("bundle").isNull() || active.contains(wanted) ? there : wanted + " to come, " + there;
    }

    private static String text(JsonNode of, String field) {
        JsonNode value = of.path(field);
        return value.isNull() ? "-" : Ids.printable(value.asText());
    }
}

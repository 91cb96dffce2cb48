package io.jenkins.plugins.projectdeployer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a deployment has made of the demo's project on one node. */
final class DemoProjectView {

    /** What is looked at, and what of it is shown. */
    static final Map<String, Function<Project, String>> ROWS = rows();

    private DemoProjectView() {}

    private static Map<String, Function<Project, String>> rows() {
        Map<String, Function<Project, String>> rows = new LinkedHashMap<>();
        rows.put("active bundle", Project::activeBundleId);
        rows.put("customers is on", project -> project.connectionOf("customers"));
        rows.put("owner", Project::owner);
        rows.put("rights", DemoProjectView::rights);
        rows.put("SCORE_CUSTOMERS", project -> scenario(project, "SCORE_CUSTOMERS"));
        rows.put("web app runs as", project -> project.webapp("aB3xK9q").runAsUser());
        return rows;
    }

    private static String rights(Project project) {
        return StreamSupport.stream(project.permissions().spliterator(), false)
                .map(entry -> entry.path("group").asText(entry.path("user").asText()) + " " + right(entry))
                .collect(Collectors.joining(", "));
    }

    private static String right(JsonNode entry) {
        if (entry.path("admin").asBoolean()) {
            return "administers";
        }
        return entry.path("writeProjectContent").asBoolean() ? "writes" : "reads";
    }

    private static String scenario(Project project, String id) {
        return (project.scenario(id).isActive() ? "on" : "off") + ", runs as " + project.scenario(id).runsAs();
    }
}

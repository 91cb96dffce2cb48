package io.jenkins.plugins.projectdeployer.embedded;

import java.util.ArrayList;
import java.util.List;

/** Report on the last runs of a project's test scenarios: a test suite each, in JUnit's XML or as a page. */
final class TestReport {
    private TestReport() {}

    /** The last finished run of a test scenario under this bundle, or under any if none is given. */
    static ScenarioRun lastTestRun(Scenario scenario, String bundleId) {
        ScenarioRun last = null;
        for (ScenarioRun run : scenario.runs) {
            if (run.isTest() && run.outcome() != null && run.isOf(bundleId)) {
                last = run;
            }
        }
        return last;
    }

    static String junit(Project project, String bundleId) {
        List<ScenarioRun> runs = new ArrayList<>();
        for (Scenario scenario : project.scenarios.values()) {
            ScenarioRun run = lastTestRun(scenario, bundleId);
            if (run != null) {
                runs.add(run);
            }
        }
        return junit(project, runs.toArray(ScenarioRun[]::new));
    }

    static String junit(Project project, ScenarioRun... runs) {
        StringBuilder suites = new StringBuilder();
        int failures = 0;
        for (ScenarioRun run : runs) {
            String outcome = run.outcome();
            int failed = "SUCCESS".equals(outcome) || "WARNING".equals(outcome) ? 0 : 1;
            failures += failed;
            suites.append("  <testsuite name=\"%s\" id=\"%s\" tests=\"1\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n"
                    .formatted(escape(run.scenarioName()), escape(run.scenarioId()), failed));
            suites.append("    <testcase name=\"Step 1\" classname=\"%s.%s\" time=\"0.0\">"
                    .formatted(escape(project.key), escape(run.scenarioId())));
            if (failed > 0) {
                suites.append("<failure message=\"%s\" type=\"%s\"/>".formatted(escape(run.message()), outcome));
            }
            suites.append("</testcase>\n  </testsuite>\n");
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"%s\" tests=\"%d\" failures=\"%d\">\n%s</testsuites>\n"
                .formatted(escape(project.key), runs.length, failures, suites);
    }

    static String html(Project project, String bundleId) {
        StringBuilder rows = new StringBuilder();
        for (Scenario scenario : project.scenarios.values()) {
            ScenarioRun run = lastTestRun(scenario, bundleId);
            if (run != null) {
                rows.append("<li>%s: %s</li>".formatted(escape(scenario.id), run.outcome()));
            }
        }
        return "<html><body><h1>" + escape(project.key) + "</h1><ul>" + rows + "</ul></body></html>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Scenarios that the request names are in the bundle: one that is only on the node cannot be steered from here (facts A2.21). */
final class ScenarioCheck {

    private ScenarioCheck() {}

    static void check(Intent intent, List<String> testScenarios, Findings findings) {
        if (intent.contents().scenarios().isEmpty() && !intent.contents().notes().isEmpty()) {
            return; // Nobody could look: the notes say so.
        }
        Set<String> inBundle = intent.contents().scenarios().stream().map(BundleContents.Scenario::id).collect(Collectors.toSet());
        for (String id : new TreeSet<>(intent.deployment().settings().scenarios().keySet())) {
            if (!inBundle.contains(id)) {
                findings.warning("SCENARIO_UNKNOWN", "scenarios: the bundle has no scenario " + quoted(id) + "; correct its id or leave it"
                        + " out.");
            }
        }
        if (intent.users().scenariosRunAsUser() == null) {
            runAs(intent, findings);
        }
        for (String id : testScenarios) {
            if (!inBundle.contains(id)) {
                findings.warning("SCENARIO_UNKNOWN", "testScenarios: the bundle has no scenario " + quoted(id) + ", so the test may not be"
                        + " there to run; correct its id or leave it out.");
            }
        }
    }

    /** A bundle may be made by anybody who may make one; whom it names as run-as user is not believed (facts A4.14). */
    private static void runAs(Intent intent, Findings findings) {
        for (BundleContents.Scenario scenario : intent.contents().scenarios()) {
            String runAs = scenario.runAsUser();
            if (runAs == null || runAs.equals(intent.users().deployingUser())) {
                continue;
            }
            String said = "Scenario " + quoted(scenario.id()) + " is to run as " + quoted(runAs) + ", the bundle says, which is not"
                    + " believed: it stays off unless it is on as that user on the node already; set scenariosRunAsUser of the"
                    + " infrastructure, or switch it on on the node.";
            if (intent.deployment().settings().scenarios().getOrDefault(scenario.id(), false)) {
                findings.warning("SCENARIO_DISTRUSTED", said);
            } else {
                findings.info("SCENARIO_DISTRUSTED", said);
            }
        }
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.cli;

import io.jenkins.plugins.projectdeployer.gate.PlanDifference;
import io.jenkins.plugins.projectdeployer.gate.RequestView;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Plan;
import java.util.List;
import java.util.stream.Stream;

/** What somebody reads of a plan before they decide on it. */
final class ShownPlan {

    static final int LONGEST = 2000;

    private ShownPlan() {}

    static Stream<String> lines(List<PlanDifference> differences, List<RequestView.HookSeen> hooks, Plan plan) {
        return Stream.of(
                        differences.stream().map(difference -> "changes:    " + Ids.printable(difference.what()) + ": "
                                + value(difference.before()) + " -> " + value(difference.after())),
                        hooks.stream().map(hook -> "hook:       " + Ids.printable(hook.name()) + ", " + hook.phase() + ", SHA-256 " + hook.digest()),
                        plan.messages().stream().map(message -> "plan:       " + message.severity() + " " + message.text()))
                .flatMap(lines -> lines);
    }

    private static String value(String value) {
        return value == null ? "nothing" : Ids.printable(value, LONGEST);
    }
}

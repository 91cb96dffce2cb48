package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Goes back on every node; then the deployment wants again what is there. */
final class RollBackAll implements PhaseAction {

    private final PhaseAction nodes;
    private final Records records;

    RollBackAll(PhaseAction nodes, Records records) {
        this.nodes = nodes;
        this.records = records;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws Exception {
        Update.Outcome outcome;
        try {
            outcome = nodes.run(run);
        } catch (PhaseFailed failed) {
            List<Message> messages = new ArrayList<>(failed.messages());
            messages.add(halfDone(run.update()));
            throw new PhaseFailed(messages);
        }
        Deployment before = run.update().wayBack().deployment();
        if (before != null) {
            records.deployment(before.id()).ifPresent(now -> {
                // Going back gives nobody a project's owner and permissions that were left to it.
                Deployment back = now.adopted() ? before.afterAdoption() : before;
                if (!now.equals(back)) {
                    records.change(back, run.update().request().requestingUser());
                }
                List<String> taken = differences(now.settings(), back.settings());
                if (!taken.isEmpty()) {
                    run.say(Message.info("SETTINGS_TAKEN_BACK", "With the bundle the deployment's settings have gone back to what was there"
                            + " before; what was asked for, or saved for this update, is not kept: " + String.join(", ", taken) + "."));
                }
            });
        }
        return outcome;
    }

    /** Settings that are not the same in both, as they are called. */
    private static List<String> differences(DeploymentSettings one, DeploymentSettings other) {
        JsonNode first = Json.MAPPER.valueToTree(one);
        JsonNode second = Json.MAPPER.valueToTree(other);
        TreeSet<String> names = new TreeSet<>();
        first.fieldNames().forEachRemaining(names::add);
        second.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> first.path(name).equals(second.path(name)));
        return List.copyOf(names);
    }

    private static Message halfDone(Update update) {
        return Message.error("ROLL_BACK_FAILED", "Phase " + Course.failedPhase(update).orElse(Phase.ROLL_BACK).label() + " failed, and"
                + " going back failed too, so what was there before update " + update.number() + " is not back, or in part only: "
                + Report.nodes(update) + "; mend what is named above, then roll back update " + update.number() + " or deploy again.");
    }
}

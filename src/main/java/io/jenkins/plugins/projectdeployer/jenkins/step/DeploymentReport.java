package io.jenkins.plugins.projectdeployer.jenkins.step;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * What {@code deployProject} returns: how the update ended. A class with getters and no record, because a sandboxed
 * {@code report.status} finds getters only; serializable, because it may be a variable when Jenkins restarts.
 */
public final class DeploymentReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String status;
    private final long update;
    private final String deployment;
    private final String bundle;
    private final String bundleBefore;
    private final boolean deployed;
    private final String url;
    private final ArrayList<String> messages;
    private final LinkedHashMap<String, String> phases;
    private final ArrayList<String> approvals;

    private DeploymentReport(Update update) {
        status = update.status().name();
        this.update = update.number();
        deployment = update.deploymentId();
        bundle = update.bundleId();
        bundleBefore = update.bundleBefore();
        deployed = update.isDeployed();
        url = url(update.plan());
        messages = new ArrayList<>(update.allMessages().stream().map(DeploymentReport::line).toList());
        approvals = new ArrayList<>(update.gate() == null ? List.of() : update.gate().lines());
        phases = new LinkedHashMap<>();
        update.phases().stream().filter(run -> run.outcome() != null).forEach(run -> phases.put(run.phase().label(), run.outcome().name()));
    }

    /** What an update that has ended says of itself. */
    public static DeploymentReport of(Update update) {
        return new DeploymentReport(update);
    }

    /** A message as one line of a log. */
    static String line(Message message) {
        return (message.severity() == Message.Severity.INFO ? "" : message.severity() + ": ") + message.text();
    }

    private static String url(Plan plan) {
        return plan == null ? null : plan.infrastructure().link(plan.deployment().targetProject());
    }

    /** {@code SUCCESS}, {@code WARNING}, {@code PLANNED} after a dry run. */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    /** The number by which pages and messages name the update. */
    @Whitelisted
    public long getUpdate() {
        return update;
    }

    /** Id of the deployment. */
    @Whitelisted
    public String getDeployment() {
        return deployment;
    }

    /** Id of the bundle. */
    @Whitelisted
    public String getBundle() {
        return bundle;
    }

    /** Id of the bundle that was active before; null when none was. */
    @Whitelisted
    public String getBundleBefore() {
        return bundleBefore;
    }

    /** Whether the bundle is active on every node. */
    @Whitelisted
    public boolean isDeployed() {
        return deployed;
    }

    /** Where people find the deployed project. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** What the plan and the update had to say. */
    @Whitelisted
    public List<String> getMessages() {
        return messages;
    }

    /** Phase to outcome, in the order in which they began. */
    @Whitelisted
    public Map<String, String> getPhases() {
        return phases;
    }

    /** On whose word it went through the gate of its stage: who, when and why, one line each. */
    @Whitelisted
    public List<String> getApprovals() {
        return approvals;
    }

    @Whitelisted
    @Override
    public String toString() {
        String number = String.valueOf(update);
        if (deployment == null || bundle == null) {
            return Messages.DeploymentReport_ended(number, status);
        }
        return deployed
                ? Messages.DeploymentReport_deployed(number, status, deployment, bundle)
                : Messages.DeploymentReport_notDeployed(number, status, deployment, bundle);
    }
}

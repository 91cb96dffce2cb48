package io.jenkins.plugins.projectdeployer.jenkins.page;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One update as a line of a table, for somebody who may see its project and its infrastructure. */
@Restricted(NoExternalUse.class) // index.jelly, badge.jelly
public final class UpdateRow {

    private final Update update;

    UpdateRow(Update update) {
        this.update = update;
    }

    public long getNumber() {
        return update.number();
    }

    public String getProject() {
        return update.request().project();
    }

    public String getInfrastructure() {
        return update.request().infrastructure();
    }

    public String getBundle() {
        return update.bundleId() == null ? update.request().bundle() : update.bundleId();
    }

    public String getBundleBefore() {
        return update.bundleBefore();
    }

    public List<String> getRequestedBy() {
        return update.request().requestedBy();
    }

    /** Whether the bundle is active on every node, which a failed update may have come to all the same. */
    public boolean isDeployed() {
        return update.isDeployed();
    }

    /** Where people find the deployed project; null before the plan. */
    public String getUrl() {
        return update.plan() == null ? null : update.plan().infrastructure().link(update.plan().deployment().targetProject());
    }

    /** The status in the reader's words. */
    public String getStatus() {
        return switch (update.status()) {
            case QUEUED -> Messages.Update_queued();
            case RUNNING -> Messages.Update_running();
            case WAITING -> Messages.Update_waiting();
            case PLANNED -> Messages.Update_planned();
            case SUCCESS -> Messages.Update_success();
            case WARNING -> Messages.Update_warning();
            case FAILED -> Messages.Update_failed();
            case ROLLED_BACK -> Messages.Update_rolledBack();
            case ABORTED -> Messages.Update_aborted();
        };
    }

    /** The symbol beside the word. */
    public String getIcon() {
        return switch (update.status()) {
            case QUEUED, RUNNING, WAITING -> "symbol-status-nobuilt-anime";
            case PLANNED -> "symbol-status-nobuilt";
            case SUCCESS -> "symbol-status-blue";
            case WARNING, ROLLED_BACK -> "symbol-status-yellow";
            case FAILED -> "symbol-status-red";
            case ABORTED -> "symbol-status-aborted";
        };
    }

    /** Whether it waits at a gate, where people decide on it. */
    public boolean isWaiting() {
        return update.status() == UpdateStatus.WAITING;
    }

    /** Whether somebody should look at it: it failed, or what was there before is back. */
    public boolean isAlarming() {
        return update.status() == UpdateStatus.FAILED || update.status() == UpdateStatus.ROLLED_BACK;
    }

    /** What it warned of and what went wrong. */
    public List<String> getProblems() {
        return update.messages().stream().filter(message -> message.severity() != Message.Severity.INFO).map(Message::text).toList();
    }
}

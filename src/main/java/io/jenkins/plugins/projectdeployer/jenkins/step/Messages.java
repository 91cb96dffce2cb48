package io.jenkins.plugins.projectdeployer.jenkins.step;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String AgentWork_cutOff(Object times) {
        return TEXTS.format("AgentWork.cutOff", times);
    }

    static String AgentWork_gone(Object time) {
        return TEXTS.format("AgentWork.gone", time);
    }

    static String AgentWork_waits(Object time) {
        return TEXTS.format("AgentWork.waits", time);
    }

    static String ArchiveStream_short(Object bytes, Object length) {
        return TEXTS.format("ArchiveStream.short", bytes, length);
    }

    static String BundleStep_id(Object problem) {
        return TEXTS.format("BundleStep.id", problem);
    }

    static String BundleStep_outside() {
        return TEXTS.format("BundleStep.outside");
    }

    static String BundleStep_source() {
        return TEXTS.format("BundleStep.source");
    }

    static String DeployProjectExecution_notDurable() {
        return TEXTS.format("DeployProjectExecution.notDurable");
    }

    static String DeployProjectStep_displayName() {
        return TEXTS.format("DeployProjectStep.displayName");
    }

    static String DeployProjectStep_leave() {
        return TEXTS.format("DeployProjectStep.leave");
    }

    static String DeployProjectStep_noInfrastructure() {
        return TEXTS.format("DeployProjectStep.noInfrastructure");
    }

    static String DeployProjectStep_noProject() {
        return TEXTS.format("DeployProjectStep.noProject");
    }

    static String DeployProjectStep_off() {
        return TEXTS.format("DeployProjectStep.off");
    }

    static String DeployProjectStep_on() {
        return TEXTS.format("DeployProjectStep.on");
    }

    static String DeployProjectStep_own() {
        return TEXTS.format("DeployProjectStep.own");
    }

    static String DeployProjectStep_rollback() {
        return TEXTS.format("DeployProjectStep.rollback");
    }

    static String DeployProjectStep_stop() {
        return TEXTS.format("DeployProjectStep.stop");
    }

    static String DeployProjectStep_unseen(Object id) {
        return TEXTS.format("DeployProjectStep.unseen", id);
    }

    static String DeploymentReport_deployed(Object number, Object status, Object deployment, Object bundle) {
        return TEXTS.format("DeploymentReport.deployed", number, status, deployment, bundle);
    }

    static String DeploymentReport_ended(Object number, Object status) {
        return TEXTS.format("DeploymentReport.ended", number, status);
    }

    static String DeploymentReport_notDeployed(Object number, Object status, Object deployment, Object bundle) {
        return TEXTS.format("DeploymentReport.notDeployed", number, status, deployment, bundle);
    }

    static String EndedElsewhere_description(Object by) {
        return TEXTS.format("EndedElsewhere.description", by);
    }

    static String PublishBundleExecution_bundle() {
        return TEXTS.format("PublishBundleExecution.bundle");
    }

    static String PublishBundleExecution_project() {
        return TEXTS.format("PublishBundleExecution.project");
    }

    static String PublishBundleExecution_published(Object project, Object bundle, Object size, Object sha256) {
        return TEXTS.format("PublishBundleExecution.published", project, bundle, size, sha256);
    }

    static String PublishBundleExecution_there(Object project, Object bundle, Object publisher, Object when) {
        return TEXTS.format("PublishBundleExecution.there", project, bundle, publisher, when);
    }

    static String PublishBundleStep_displayName() {
        return TEXTS.format("PublishBundleStep.displayName");
    }

    static String StepFailure_interrupted() {
        return TEXTS.format("StepFailure.interrupted");
    }

    static String StepFailure_unforeseen(Object kind) {
        return TEXTS.format("StepFailure.unforeseen", kind);
    }

    static String StepProgress_failed(Object number, Object status) {
        return TEXTS.format("StepProgress.failed", number, status);
    }

    static String StepProgress_more(Object first, Object more) {
        return TEXTS.format("StepProgress.more", first, more);
    }

    static String StepProgress_queued(Object number, Object place) {
        return TEXTS.format("StepProgress.queued", number, place);
    }

    static String StepProgress_waiting(Object number, Object place) {
        return TEXTS.format("StepProgress.waiting", number, place);
    }

    static String TypedTable_switches(Object line) {
        return TEXTS.format("TypedTable.switches", line);
    }

    static String TypedTable_table(Object line) {
        return TEXTS.format("TypedTable.table", line);
    }

    static String WorkspaceBundle_noWorkspace() {
        return TEXTS.format("WorkspaceBundle.noWorkspace");
    }

    static String WorkspaceBundle_none(Object archive) {
        return TEXTS.format("WorkspaceBundle.none", archive);
    }

    static String WorkspaceBundle_outside(Object archive) {
        return TEXTS.format("WorkspaceBundle.outside", archive);
    }

    static String WorkspaceBundle_several(Object people) {
        return TEXTS.format("WorkspaceBundle.several", people);
    }

    static String WorkspaceBundle_unreadable(Object archive, Object problem) {
        return TEXTS.format("WorkspaceBundle.unreadable", archive, problem);
    }

    static String Written_none(Object parameter, Object value, Object choices) {
        return TEXTS.format("Written.none", parameter, value, choices);
    }

    static String Written_notSet(Object parameter) {
        return TEXTS.format("Written.notSet", parameter);
    }

    static String Written_switch(Object parameter, Object name, Object value) {
        return TEXTS.format("Written.switch", parameter, name, value);
    }

    static String Written_text(Object parameter, Object value) {
        return TEXTS.format("Written.text", parameter, value);
    }

    static String Written_variable(Object kind) {
        return TEXTS.format("Written.variable", kind);
    }
}

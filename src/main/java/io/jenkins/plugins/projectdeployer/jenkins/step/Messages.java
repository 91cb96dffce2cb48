package io.jenkins.plugins.projectdeployer.jenkins.step;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String BundleStep_id(Object problem) {
        return TEXTS.format("BundleStep.id", problem);
    }

    static String BundleStep_outside() {
        return TEXTS.format("BundleStep.outside");
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

    static String DeployProjectStep_off() {
        return TEXTS.format("DeployProjectStep.off");
    }

    static String DeployProjectStep_on() {
        return TEXTS.format("DeployProjectStep.on");
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

    static String EndedElsewhere_description(Object by) {
        return TEXTS.format("EndedElsewhere.description", by);
    }

    static String PublishBundleExecution_bundle() {
        return TEXTS.format("PublishBundleExecution.bundle");
    }

    static String PublishBundleExecution_source() {
        return TEXTS.format("PublishBundleExecution.source");
    }

    static String PublishBundleExecution_published(Object project, Object bundle, Object size, Object sha256) {
        return TEXTS.format("PublishBundleExecution.published", project, bundle, size, sha256);
    }

    static String PublishBundleStep_displayName() {
        return TEXTS.format("PublishBundleStep.displayName");
    }

    static String StepProgress_failed(Object number, Object status) {
        return TEXTS.format("StepProgress.failed", number, status);
    }

    static String StepProgress_more(Object first, Object more) {
        return TEXTS.format("StepProgress.more", first, more);
    }

    static String StepProgress_waiting(Object number) {
        return TEXTS.format("StepProgress.waiting", number);
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
}

package io.jenkins.plugins.projectdeployer.jenkins.page;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String ApprovalsAction_displayName() {
        return TEXTS.format("ApprovalsAction.displayName");
    }

    static String ApprovalsAction_waiting(Object count) {
        return TEXTS.format("ApprovalsAction.waiting", count);
    }

    static String BuildDeployments_alarm(Object project, Object infrastructure, Object status) {
        return TEXTS.format("BuildDeployments.alarm", project, infrastructure, status);
    }

    static String BuildDeployments_displayName() {
        return TEXTS.format("BuildDeployments.displayName");
    }

    static String DeployerRoot_displayName() {
        return TEXTS.format("DeployerRoot.displayName");
    }

    static String OwnResources_crumb() {
        return TEXTS.format("OwnResources.crumb");
    }

    static String Update_aborted() {
        return TEXTS.format("Update.aborted");
    }

    static String Update_failed() {
        return TEXTS.format("Update.failed");
    }

    static String Update_planned() {
        return TEXTS.format("Update.planned");
    }

    static String Update_queued() {
        return TEXTS.format("Update.queued");
    }

    static String Update_rolledBack() {
        return TEXTS.format("Update.rolledBack");
    }

    static String Update_running() {
        return TEXTS.format("Update.running");
    }

    static String Update_success() {
        return TEXTS.format("Update.success");
    }

    static String Update_waiting() {
        return TEXTS.format("Update.waiting");
    }

    static String Update_warning() {
        return TEXTS.format("Update.warning");
    }
}

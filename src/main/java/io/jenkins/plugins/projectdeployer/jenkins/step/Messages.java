package io.jenkins.plugins.projectdeployer.jenkins.step;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String DeployProjectExecution_notDurable() {
        return TEXTS.format("DeployProjectExecution.notDurable");
    }

    static String DeployProjectStep_displayName() {
        return TEXTS.format("DeployProjectStep.displayName");
    }

    static String DeployProjectStep_rollback() {
        return TEXTS.format("DeployProjectStep.rollback");
    }

    static String DeployProjectStep_stop() {
        return TEXTS.format("DeployProjectStep.stop");
    }

    static String EndedElsewhere_description(Object by) {
        return TEXTS.format("EndedElsewhere.description", by);
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
}

package io.jenkins.plugins.projectdeployer.jenkins.cli;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String ApproveDeploymentCommand_description() {
        return TEXTS.format("ApproveDeploymentCommand.description");
    }

    static String ListDeploymentApprovalsCommand_description() {
        return TEXTS.format("ListDeploymentApprovalsCommand.description");
    }

    static String RejectDeploymentCommand_description() {
        return TEXTS.format("RejectDeploymentCommand.description");
    }

    static String ShowDeploymentApprovalCommand_description() {
        return TEXTS.format("ShowDeploymentApprovalCommand.description");
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.cli;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String ApproveDeploymentCommand_description() {
        return TEXTS.format("ApproveDeploymentCommand.description");
    }

    static String BreakGlassCommand_description() {
        return TEXTS.format("BreakGlassCommand.description");
    }

    static String DeployProjectCommand_description() {
        return TEXTS.format("DeployProjectCommand.description");
    }

    static String ImportFromDataikuDeployerCommand_description() {
        return TEXTS.format("ImportFromDataikuDeployerCommand.description");
    }

    static String ListDeploymentApprovalsCommand_description() {
        return TEXTS.format("ListDeploymentApprovalsCommand.description");
    }

    static String ListDeploymentsCommand_description() {
        return TEXTS.format("ListDeploymentsCommand.description");
    }

    static String ListHookHashesCommand_description() {
        return TEXTS.format("ListHookHashesCommand.description");
    }

    static String OverrideFreezeCommand_description() {
        return TEXTS.format("OverrideFreezeCommand.description");
    }

    static String PreApproveDeploymentCommand_description() {
        return TEXTS.format("PreApproveDeploymentCommand.description");
    }

    static String PublishBundleCommand_description() {
        return TEXTS.format("PublishBundleCommand.description");
    }

    static String RejectDeploymentCommand_description() {
        return TEXTS.format("RejectDeploymentCommand.description");
    }

    static String ShowDeploymentApprovalCommand_description() {
        return TEXTS.format("ShowDeploymentApprovalCommand.description");
    }

    static String VerifyAuditCommand_description() {
        return TEXTS.format("VerifyAuditCommand.description");
    }
}

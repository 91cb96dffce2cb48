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

    static String BreakGlassCommand_open(Object until) {
        return TEXTS.format("BreakGlassCommand.open", until);
    }

    static String DeployProjectCommand_description() {
        return TEXTS.format("DeployProjectCommand.description");
    }

    static String DeployProjectCommand_noLonger(Object update) {
        return TEXTS.format("DeployProjectCommand.noLonger", update);
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

    static String OverrideFreezeCommand_overridden(Object update) {
        return TEXTS.format("OverrideFreezeCommand.overridden", update);
    }

    static String PreApproveDeploymentCommand_approved(Object until) {
        return TEXTS.format("PreApproveDeploymentCommand.approved", until);
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

    static String ShowDeploymentApprovalCommand_ended(Object status, Object time) {
        return TEXTS.format("ShowDeploymentApprovalCommand.ended", status, time);
    }

    static String ShowDeploymentApprovalCommand_may() {
        return TEXTS.format("ShowDeploymentApprovalCommand.may");
    }

    static String ShowDeploymentApprovalCommand_mayNot(Object person, Object objection) {
        return TEXTS.format("ShowDeploymentApprovalCommand.mayNot", person, objection);
    }

    static String ShowDeploymentApprovalCommand_nothing() {
        return TEXTS.format("ShowDeploymentApprovalCommand.nothing");
    }

    static String UpdateLines_missing(Object count) {
        return TEXTS.format("UpdateLines.missing", count);
    }

    static String VerifyAuditCommand_description() {
        return TEXTS.format("VerifyAuditCommand.description");
    }

    static String VerifyAuditCommand_noAnchor() {
        return TEXTS.format("VerifyAuditCommand.noAnchor");
    }

    static String VerifyAuditCommand_replaced(Object count) {
        return TEXTS.format("VerifyAuditCommand.replaced", count);
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.web.Page;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/**
 * {@code /project-deployer/}: the pages, for each visitor what they may see. Not under Manage Jenkins, which is closed to
 * those who administer an infrastructure and not Jenkins.
 */
@Extension
public final class DeployerRoot implements RootAction {

    /** No link where there is nothing to see. */
    @Override
    public String getIconFileName() {
        return getInfrastructures().isEmpty() ? null : "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.DeployerRoot_displayName();
    }

    @Override
    public String getUrlName() {
        return "project-deployer";
    }

    /** Why nothing can be shown, in general words for all but administrators; null when there is no problem. */
    @Restricted(DoNotUse.class) // index.jelly
    public String getProblem() {
        try {
            ProjectDeployerConfiguration.get().configuration();
            return null;
        } catch (Refused e) {
            return Visitor.current().administers() ? ProjectDeployerConfiguration.get().getProblem() : e.getMessage();
        }
    }

    /** What the visitor may see, in the order of the configuration. */
    public List<InfrastructureView> getInfrastructures() {
        try {
            Visitor visitor = Visitor.current();
            return visitor.infrastructures(ProjectDeployerConfiguration.get().configuration(), InfrastructureRight.READ).stream()
                    .map(infrastructure -> new InfrastructureView(infrastructure, visitor))
                    .toList();
        } catch (Refused e) {
            return List.of(); // getProblem says why
        }
    }

    /** The first page. */
    public PageView getDeployments() {
        return PageView.of(Page.DEPLOYMENTS);
    }

    /** The other pages, each at its address. */
    public PageView getDynamic(String path) {
        return PageView.at(path);
    }

    /** {@code deployment/ID/}. */
    public PageView getDeployment(String id) {
        return PageView.about(Page.DEPLOYMENT, id);
    }

    /** {@code approval/NUMBER/}: of an update that waits, or has waited. Links in mails lead here, before anybody has logged in. */
    public PageView getApproval(String number) {
        Visitor.requireLogin();
        return PageView.about(Page.APPROVAL, number);
    }

    /** {@code project/KEY/}. */
    public PageView getProject(String key) {
        return PageView.about(Page.PROJECT, key);
    }

    /** {@code api/}: what the pages show. */
    public OwnResources getApi() {
        return new OwnResources();
    }

    /** {@code infrastructure/ID/}; hidden and absent alike are null, which is answered as not found. */
    public InfrastructureView getInfrastructure(String id) {
        return getInfrastructures().stream().filter(view -> view.getId().equalsIgnoreCase(id)).findFirst().orElse(null);
    }
}

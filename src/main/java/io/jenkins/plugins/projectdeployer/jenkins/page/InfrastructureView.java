package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.Util;
import hudson.model.ModelObject;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.deployment.ActiveBundles;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.InfrastructurePage;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/** What is deployed on one infrastructure, for somebody who may see it; the settings are a page of their own below. */
public final class InfrastructureView implements ModelObject {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 500;

    private final transient Infrastructure infrastructure;
    private final transient Visitor visitor;

    InfrastructureView(Infrastructure infrastructure, Visitor visitor) {
        this.infrastructure = infrastructure;
        this.visitor = visitor;
    }

    @Override
    public String getDisplayName() {
        return infrastructure.id();
    }

    public String getId() {
        return infrastructure.id();
    }

    @Restricted(DoNotUse.class) // index.jelly
    public String getStage() {
        return infrastructure.stage();
    }

    /** Whether the visitor may open the settings. */
    @Restricted(DoNotUse.class) // index.jelly
    public boolean isAdministered() {
        return visitor.may(infrastructure, InfrastructureRight.ADMIN);
    }

    @Restricted(DoNotUse.class) // index.jelly
    public PageList getList() {
        return new PageList(null);
    }

    /** {@code settings/}; null, which is answered as not found, unless the visitor administers the infrastructure. */
    public InfrastructurePage getSettings() {
        return InfrastructurePage.of(infrastructure.id());
    }

    /** Why the deployments cannot be shown; null when they can. */
    @Restricted(DoNotUse.class) // index.jelly
    public String getProblem() {
        try {
            Engine.get();
            return null;
        } catch (Refused e) {
            return e.getMessage();
        }
    }

    /**
     * The deployments here whose projects the visitor may see, by id.
     *
     * @param after id behind which the page begins; null or blank: the first page
     * @param limit how many it shows, as it stands in the address; anything else than a number: 100
     */
    @Restricted(DoNotUse.class) // index.jelly
    public DeploymentRows page(String after, String limit) {
        String behind = Util.fixEmptyAndTrim(after);
        int size = limit != null && limit.matches("[1-9][0-9]{0,2}") ? Math.min(Integer.parseInt(limit), LARGEST_PAGE) : PAGE;
        ProjectDeployer deployer = Engine.get();
        Records records = deployer.records();
        ActiveBundles active = new ActiveBundles(records, deployer.health());
        List<Deployment> found = records.deployments().stream()
                .filter(deployment -> deployment.infrastructureId().equalsIgnoreCase(infrastructure.id()))
                .filter(deployment -> behind == null || deployment.id().compareToIgnoreCase(behind) > 0)
                .filter(deployment -> sees(records, deployment))
                .limit(size + 1L)
                .toList();
        List<DeploymentRow> rows = found.stream().limit(size)
                .map(deployment -> new DeploymentRow(
                        deployment, infrastructure, active.of(deployment).bundles(), records.lastInBrief(deployment).orElse(null)))
                .toList();
        return new DeploymentRows(behind, rows, found.size() > size);
    }

    private boolean sees(Records records, Deployment deployment) {
        return records.project(deployment.projectKey()).filter(project -> visitor.sees(infrastructure, project)).isPresent();
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.page;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Date;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One deployment as a line of a table. */
@Restricted(NoExternalUse.class) // index.jelly
public final class DeploymentRow {

    private final Deployment deployment;
    private final Infrastructure infrastructure;
    private final List<String> active;
    private final Update last;

    DeploymentRow(Deployment deployment, Infrastructure infrastructure, List<String> active, Update last) {
        this.deployment = deployment;
        this.infrastructure = infrastructure;
        this.active = active;
        this.last = last;
    }

    public String getId() {
        return deployment.id();
    }

    public String getProject() {
        return deployment.projectKey();
    }

    /** What is active, of several nodes each; what is wanted where nothing is known to be. */
    public String getBundle() {
        return active.isEmpty() ? deployment.bundleId() : String.join(", ", active);
    }

    /** The bundle that the next update brings; null where it is there. */
    public String getToCome() {
        return active.isEmpty() || active.contains(deployment.bundleId()) ? null : deployment.bundleId();
    }

    /** Where the deployed project is found on the node. */
    public String getUrl() {
        return infrastructure.link(deployment.targetProject());
    }

    /** The update that changed it last; null when there was none. */
    public UpdateRow getLast() {
        return last == null ? null : new UpdateRow(last);
    }

    /** When that began. */
    public Date getSince() {
        return last == null ? null : Date.from(last.submittedAt());
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.page;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One deployment as a line of a table. */
@Restricted(NoExternalUse.class) // index.jelly
public final class DeploymentRow {

    private final Deployment deployment;
    private final Infrastructure infrastructure;
    private final Update last;

    DeploymentRow(Deployment deployment, Infrastructure infrastructure, Update last) {
        this.deployment = deployment;
        this.infrastructure = infrastructure;
        this.last = last;
    }

    public String getId() {
        return deployment.id();
    }

    public String getProject() {
        return deployment.projectKey();
    }

    public String getBundle() {
        return deployment.bundleId();
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

package io.jenkins.plugins.projectdeployer.jenkins.page;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One page of a table of deployments, which are in the order of their ids. */
@Restricted(NoExternalUse.class) // index.jelly
public final class DeploymentRows {

    private final String after;
    private final List<DeploymentRow> rows;
    private final boolean more;

    /**
     * @param after id behind which the page begins; null: it is the first
     * @param more whether others follow
     */
    DeploymentRows(String after, List<DeploymentRow> rows, boolean more) {
        this.after = after;
        this.rows = rows;
        this.more = more;
    }

    public List<DeploymentRow> getRows() {
        return rows;
    }

    public boolean isFirst() {
        return after == null;
    }

    /** The id behind which the next page begins; null: there is none. */
    public String getNext() {
        return more ? rows.get(rows.size() - 1).getId() : null;
    }
}

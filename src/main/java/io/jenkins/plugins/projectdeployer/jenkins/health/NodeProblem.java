package io.jenkins.plugins.projectdeployer.jenkins.health;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why one node cannot be worked with, as a Jenkins administrator reads it. */
@Restricted(NoExternalUse.class) // message.jelly
public final class NodeProblem {

    private final String owner;
    private final String url;
    private final String text;

    NodeProblem(String owner, String url, String text) {
        this.owner = owner;
        this.url = url;
        this.text = text;
    }

    /** Id of the infrastructure or design node. */
    public String getOwner() {
        return owner;
    }

    public String getUrl() {
        return url;
    }

    public String getText() {
        return text;
    }
}

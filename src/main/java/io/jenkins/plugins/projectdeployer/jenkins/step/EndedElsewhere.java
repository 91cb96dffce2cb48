package io.jenkins.plugins.projectdeployer.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** Somebody ended the update, not the build. */
final class EndedElsewhere extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String by;

    EndedElsewhere(String by) {
        this.by = by;
    }

    @Override
    public String getShortDescription() {
        return Messages.EndedElsewhere_description(by);
    }
}

package io.jenkins.plugins.projectdeployer.model;

/** How well a bundle must have been deployed on an earlier stage, in rising order. */
public enum PromotionHealth {
    /** It became active, whatever else went wrong. */
    DEPLOYED,
    /** The update ended well, perhaps with something to look at. */
    WARNING,
    /** The update ended as {@link UpdateStatus#SUCCESS}. */
    HEALTHY;

    /** Whether an update that deployed the bundle and ended so is good enough. */
    public boolean isMetBy(UpdateStatus status) {
        return switch (this) {
            case DEPLOYED -> true;
            case WARNING -> status == UpdateStatus.SUCCESS || status == UpdateStatus.WARNING;
            case HEALTHY -> status == UpdateStatus.SUCCESS;
        };
    }
}

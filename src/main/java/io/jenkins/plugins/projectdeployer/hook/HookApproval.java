package io.jenkins.plugins.projectdeployer.hook;

/** Decides whether a hook's text may run; asked right before every run. */
@FunctionalInterface
public interface HookApproval {
    /**
     * Returns when the text may run.
     *
     * @throws HookNotApproved when nobody has approved exactly this text with this header
     */
    void check(HookText text) throws HookNotApproved;

    /** Whether it would return at this moment; unlike that, it tells nobody that the text is about to run. */
    default boolean isApproved(HookText text) {
        try {
            check(text);
            return true;
        } catch (HookNotApproved e) {
            return false;
        }
    }
}

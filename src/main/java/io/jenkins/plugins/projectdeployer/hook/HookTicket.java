package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.model.HookPhase;
import java.util.Objects;

/**
 * Who asks for a slot; shown to others while it waits or holds one, so it says nothing secret.
 *
 * @param who what an administrator recognises, such as {@code CHURN on prod by alice, hook notify}
 * @param update number of the update that the hook belongs to
 * @param phase decides how long the ticket may wait
 */
public record HookTicket(String who, long update, HookPhase phase) {
    public HookTicket {
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(phase, "phase");
    }

    /** One line: {@code update 41, pre-deployment: CHURN on prod by alice, hook notify}. */
    public String describe() {
        return "update " + update + ", " + phase.label() + ": " + who;
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** No slot came free in time: the hook has not run and will not (Dataiku: the deployment fails, A5.12). */
public class NoHookSlot extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient HookTicket ticket;
    private final transient Duration waited;
    private final transient int permits;
    private final transient List<HookTicket> holders;

    NoHookSlot(HookTicket ticket, Duration waited, int permits, List<HookTicket> holders) {
        // An outcome, not a fault: the stack of the throttle's clock would say nothing.
        super(null, null, false, false);
        this.ticket = ticket;
        this.waited = waited;
        this.permits = permits;
        this.holders = List.copyOf(holders);
    }

    /** Who waited in vain. */
    public HookTicket ticket() {
        return ticket;
    }

    /** Who held the slots at that moment. */
    public List<HookTicket> holders() {
        return holders;
    }

    /**
     * Holders by number alone: whoever reads this may not know of their projects; who may, finds the rest by the number.
     * Made when somebody reads it, so that a thousand refused at once are not kept waiting for the words.
     */
    @Override
    public String getMessage() {
        String held = holders.isEmpty()
                ? "waiting hooks were served first"
                : holders.stream().map(HookTicket::update).distinct().map(String::valueOf)
                        .collect(Collectors.joining(", ", "held by hooks of update ", ""));
        return "No hook slot within " + Durations.text(waited) + " for " + ticket.describe() + ". All " + permits
                + " are taken, " + held
                + ". Run the update again when one has ended, or have an administrator allow more hooks at once.";
    }
}

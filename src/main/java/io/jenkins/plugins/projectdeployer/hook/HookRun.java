package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.model.HookPhase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * One run of one hook, complete: nothing else is looked up once it is handed over.
 *
 * @param ticket how the run appears in the queue
 * @param text the hook with the header that an approval covers
 * @param arguments what {@code execute} gets
 * @param secrets arrive as {@code kwargs['secrets']}, by their names; never in the environment, the arguments of the
 *     process or a file, and masked in all that comes back
 * @param timeLimit from the moment the hook's code may start; above zero
 * @param automation {@code automation_client}: the infrastructure's node
 * @param deployer {@code deployer_client}: this deployer, with the rights of the hook's user
 */
public record HookRun(
        HookTicket ticket,
        HookText text,
        HookArguments arguments,
        Map<String, String> secrets,
        Duration timeLimit,
        HookHttp automation,
        HookHttp deployer) {

    /** A longer hook is refused: it belongs into a package of the code env. */
    public static final int MAX_TEXT_BYTES = 1 << 20;

    /** Bound of all secrets together. */
    public static final int MAX_SECRET_BYTES = 1 << 20;

    public HookRun {
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(automation, "automation");
        Objects.requireNonNull(deployer, "deployer");
        secrets = Map.copyOf(secrets);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("Hook " + text.name() + ": the time limit " + timeLimit
                    + " must be above zero");
        }
        int size = text.source().getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("Hook " + text.name() + " has " + size + " bytes; at most "
                    + MAX_TEXT_BYTES + " are possible: move code into a package of its code env");
        }
        int secretBytes = secrets.values().stream().mapToInt(s -> s.getBytes(StandardCharsets.UTF_8).length).sum();
        if (secretBytes > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("Hook " + text.name() + ": its secrets have " + secretBytes
                    + " bytes together; at most " + MAX_SECRET_BYTES + " are possible");
        }
        if (ticket.phase() != text.phase()) {
            throw new IllegalArgumentException("Hook " + text.name() + " is a " + text.phase().label()
                    + " hook, but its ticket says " + ticket.phase().label());
        }
        if (text.phase() == HookPhase.PRE && arguments.report() != null) {
            throw new IllegalArgumentException("Hook " + text.name() + ": a pre-deployment hook gets no report");
        }
        if (text.phase() == HookPhase.POST && arguments.report() == null) {
            throw new IllegalArgumentException("Hook " + text.name() + ": a post-deployment hook needs the report");
        }
    }

    /** Without the secrets' values. */
    @Override
    public String toString() {
        return "HookRun[" + ticket.describe() + ", secrets " + secrets.keySet() + "]";
    }
}

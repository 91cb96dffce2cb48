package io.jenkins.plugins.projectdeployer.model;

/**
 * A request that is not carried out. The message is for the person who asked: one sentence that says what, where and
 * what to do. It has no stack trace, because nothing went wrong in the program.
 */
public class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; the web answers each with its own status. */
    public enum Reason {
        /** The request makes no sense as it stands. */
        INVALID,
        /** There is no such thing, or none that the person may know of: the two are not told apart. */
        NOT_FOUND,
        /** The person may see the thing but not do this. */
        FORBIDDEN,
        /** Something else is in the way at the moment. */
        CONFLICT,
        /** There is no room for it. */
        NO_SPACE,
        /** Something outside that is needed does not answer. */
        UNAVAILABLE
    }

    private final Reason reason;

    public Refused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The request makes no sense: {@code message} says which value of which field. */
    public static Refused invalid(String message) {
        return new Refused(Reason.INVALID, message);
    }

    /** No such thing, or hidden. The message is the same for both. */
    public static Refused notFound(String kind, String id) {
        return new Refused(Reason.NOT_FOUND, "There is no " + kind + " \"" + Ids.printable(id) + "\", or you may not see it.");
    }

    /** Something else is in the way. */
    public static Refused conflict(String message) {
        return new Refused(Reason.CONFLICT, message);
    }
}

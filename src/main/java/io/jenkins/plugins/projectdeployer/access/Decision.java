package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An answer with its reasons. The same object refuses a request, explains the refusal and feeds "May I?"; reasons are
 * put into words only when somebody asks for them. They never say more than the person may know: of a thing that is
 * hidden they say what they would say if it did not exist.
 */
public final class Decision {

    /** In rising order of how much stands in the way. */
    private enum Answer {
        GRANTED,
        FORBIDDEN,
        HIDDEN
    }

    private final Answer answer;
    private final String hiddenKind;
    private final Supplier<List<String>> reasons;
    private final Supplier<List<String>> forWhoeverMayKnow;

    private Decision(
            Answer answer, String hiddenKind, Supplier<List<String>> reasons, Supplier<List<String>> forWhoeverMayKnow) {
        this.answer = answer;
        this.hiddenKind = hiddenKind;
        this.reasons = reasons;
        this.forWhoeverMayKnow = forWhoeverMayKnow;
    }

    static Decision granted(Supplier<List<String>> reasons) {
        return new Decision(Answer.GRANTED, null, reasons, reasons);
    }

    /** The person may know of the thing, but not do this. */
    static Decision forbidden(Supplier<List<String>> reasons) {
        return new Decision(Answer.FORBIDDEN, null, reasons, reasons);
    }

    /** The person may not know whether the thing exists; also the answer for one that does not. */
    static Decision hidden(String kind, String id) {
        Supplier<List<String>> reasons = () -> List.of(Refused.notFound(kind, id).getMessage());
        return new Decision(Answer.HIDDEN, kind, reasons, reasons);
    }

    /** The same for something that is there: whoever may know of it can be told what is missing. */
    static Decision hidden(String kind, String id, Supplier<List<String>> missing) {
        return new Decision(Answer.HIDDEN, kind, hidden(kind, id).reasons, missing);
    }

    /** What is hidden is called as it was asked for: its own spelling would betray it. */
    Decision askedAs(String asked) {
        return answer == Answer.HIDDEN ? new Decision(answer, hiddenKind, hidden(hiddenKind, asked).reasons, forWhoeverMayKnow) : this;
    }

    /** The same answer with one more reason. */
    Decision besides(String reason) {
        return new Decision(answer, hiddenKind, () -> joined(reasons(), List.of(reason)),
                () -> joined(forWhoeverMayKnow.get(), List.of(reason)));
    }

    /** Whether the person may. */
    public boolean granted() {
        return answer == Answer.GRANTED;
    }

    /** Why, or why not: one clause or sentence each. A refusal has at least one, and names what is missing. */
    public List<String> reasons() {
        return reasons.get();
    }

    /**
     * What is missing, or why the person may, in words for somebody else who may know of everything: of what is hidden from
     * the person they say what is missing there.
     */
    public List<String> reasonsForWhoeverMayKnow() {
        return forWhoeverMayKnow.get();
    }

    /** The reasons as one text; a full stop stands at its end only. */
    public String explanation() {
        return String.join("; ", reasons()).replace(".; ", "; ");
    }

    /**
     * Goes on when granted.
     *
     * @throws Refused {@code NOT_FOUND} when the person may not know of the thing, else {@code FORBIDDEN} with the reasons
     */
    public void require() {
        switch (answer) {
            case GRANTED -> { }
            case FORBIDDEN -> throw new Refused(Refused.Reason.FORBIDDEN, explanation());
            case HIDDEN -> throw new Refused(Refused.Reason.NOT_FOUND, explanation());
        }
    }

    /** Both are needed. What is hidden hides the rest; otherwise every missing right is named at once. */
    public Decision and(Decision other) {
        if (answer == other.answer && answer != Answer.HIDDEN) {
            return new Decision(answer, null, () -> joined(reasons(), other.reasons()), () -> bothMissing(other));
        }
        Decision worse = answer.compareTo(other.answer) >= 0 ? this : other;
        return new Decision(worse.answer, worse.hiddenKind, worse.reasons, () -> bothMissing(other));
    }

    /** What is granted is no reason for a refusal. */
    private List<String> bothMissing(Decision other) {
        if (granted() == other.granted()) {
            return joined(forWhoeverMayKnow.get(), other.forWhoeverMayKnow.get());
        }
        return (granted() ? other : this).forWhoeverMayKnow.get();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    public String toString() {
        return answer + ": " + explanation();
    }
}

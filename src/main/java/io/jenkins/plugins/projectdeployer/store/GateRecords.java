package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.InfrastructureEdit;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is recorded at gates. Each change is durable when its method returns, and visible only then. Rights are not
 * checked here. A request goes with its update's end, unless approvals are still owed.
 */
public interface GateRecords {

    /** The request of this update, as long as it is open. */
    Optional<ApprovalRequest> request(long update);

    /** Open requests with a number above {@code after}, oldest first; walked only as far as somebody asks. */
    Stream<ApprovalRequest> requestsAfter(long after);

    /**
     * The open request with the lowest number above {@code after} that asks somebody of these, without a look at any other.
     *
     * @param who whether a group or user that gates name is meant
     */
    Optional<ApprovalRequest> nextAsking(Predicate<Principal> who, long after);

    /**
     * Adds a request, or changes the one that is there.
     *
     * @param what happened: {@code requested}, {@code voted}; part of the journal's own type
     * @param by who did it; null: the controller
     * @param change from what is there, or from null, to what is to be there; what it throws, and null, change nothing
     */
    ApprovalRequest change(long update, String what, String by, UnaryOperator<ApprovalRequest> change);

    /** Ends a request whose approvals were owed and have come, or will not. */
    void close(long update, String why, String by);

    /** Approvals given in advance that are about this project on this infrastructure and have not been used. */
    List<PreApproval> preApprovals(String project, String infrastructure);

    /** All of them that have not been used, whatever they are about; also such as have outlived their time. */
    List<PreApproval> preApprovals();

    /** Adds one. */
    void add(PreApproval preApproval);

    /** Takes one away: it was used, or taken back. */
    void endPreApproval(String id, String why, String by);

    /** The glass that lets updates of this project through on this infrastructure at this moment. */
    Optional<BrokenGlass> glass(String project, String infrastructure, Instant now);

    /** All glass that is broken at this moment. */
    List<BrokenGlass> glasses(Instant now);

    /** Adds one. */
    void add(BrokenGlass glass);

    /**
     * Adds one, unless there is one already that does instead.
     *
     * @param same which of those that are there does
     * @return the one that is there
     */
    BrokenGlass addUnlessThere(BrokenGlass glass, Predicate<BrokenGlass> same);

    /** The newest changes of an infrastructure, oldest first. */
    List<InfrastructureEdit> edits(String infrastructure);

    /** Adds one. */
    void add(InfrastructureEdit edit);
}

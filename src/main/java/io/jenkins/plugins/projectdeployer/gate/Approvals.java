package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.GatePass;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.Vote;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The door for whoever decides: page, REST and CLI come through here, so their checks cannot differ. A request has the
 * number of its update. To whom its infrastructure or its project is hidden, a request is not there.
 */
public final class Approvals {

    private final People people;
    private final Sight sight;
    private final Records records;
    private final GateRecords gates;
    private final Gatekeeper gatekeeper;
    private final FollowUps followUps;
    private final Waiting waiting;
    private final Notifications notifications;
    private final Clock clock;

    Approvals(
            People people,
            Sight sight,
            Records records,
            Gatekeeper gatekeeper,
            FollowUps followUps,
            Waiting waiting,
            Notifications notifications,
            Clock clock) {
        this.people = people;
        this.sight = sight;
        this.records = records;
        this.gates = records.gates();
        this.gatekeeper = gatekeeper;
        this.followUps = followUps;
        this.waiting = waiting;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * One page of what waits for somebody.
     *
     * @param requests those that this person may decide on now and has not decided on, oldest first
     * @param next what to pass as {@code after} for the next page; null where this is the last
     */
    public record Page(List<ApprovalRequest> requests, Long next) {

        public Page {
            requests = List.copyOf(requests);
        }
    }

    /**
     * What somebody had before them when they decided. Of the two either is enough; what is given must still be so.
     *
     * @param revision of the request; null: not said
     * @param digest over its ingredients, as {@link RequestView#digest}; null: not said
     */
    public record Seen(Integer revision, String digest) {

        /** @throws Refused {@code INVALID} when neither is said: then a decision would bind nothing */
        public Seen {
            if (revision == null && digest == null) {
                throw Refused.invalid("The digest is missing: give the one of the plan that you have seen.");
            }
        }

        private boolean isStill(ApprovalRequest request) {
            return (revision == null || revision == request.revision())
                    && (digest == null || digest.equalsIgnoreCase(RequestView.digest(request)));
        }

        private String what() {
            return revision == null ? "digest " + Ids.printable(digest, 12) : "revision " + revision;
        }
    }

    /** What waits for this person's decision: those after a number, {@code limit} at most. Looks no further than it must. */
    public Page waitingFor(Person person, long after, int limit) {
        requireOne(limit);
        Predicate<Principal> isAsked = asked(person);
        List<ApprovalRequest> found = new ArrayList<>();
        for (Optional<ApprovalRequest> next = gates.nextAsking(isAsked, after);
                next.isPresent();
                next = gates.nextAsking(isAsked, next.get().update())) {
            if (isFor(person, next.get())) {
                if (found.size() == limit) {
                    return new Page(found, found.get(limit - 1).update());
                }
                found.add(next.get());
            }
        }
        return new Page(found, null);
    }

    /** Every open request that this person may see, whoever decides on it: those after a number, {@code limit} at most. */
    public Page visibleTo(Person person, long after, int limit) {
        requireOne(limit);
        List<ApprovalRequest> found = gates.requestsAfter(after)
                .filter(request -> isOpen(request) || request.state() == ApprovalRequest.State.WAITING)
                .filter(request -> sight.sees(person, request))
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit ? new Page(found, null) : new Page(found.subList(0, limit), found.get(limit - 1).update());
    }

    private static void requireOne(int limit) {
        if (limit < 1) {
            throw Refused.invalid("limit " + limit + " must be at least 1.");
        }
    }

    private Predicate<Principal> asked(Person person) {
        String user = people.userKey(person.id());
        Set<String> groups = person.groups().stream().map(people::groupKey).collect(Collectors.toSet());
        return principal -> principal.isGroup() ? groups.contains(people.groupKey(principal.group()))
                : user.equals(people.userKey(principal.user()));
    }

    /** How many wait for this person, counted no further than {@code enough}: for a badge. */
    public int countFor(Person person, int enough) {
        return waitingFor(person, 0, enough).requests().size();
    }

    /** Whether news concern this user: an approver of the gate who may see it, and who could decide where that is asked for. */
    public boolean isToBeTold(String userId, GateNews news) {
        Person person = people.person(userId);
        ApprovalRequest request = news.request();
        if (news.gate().approvers().stream().noneMatch(asked(person))) {
            return false;
        }
        return switch (news.kind()) {
            case REQUESTED, CHANGED, FOLLOW_UP_OVERDUE -> isFor(person, request);
            default -> request != null ? sight.sees(person, request)
                    : sight.sees(person, news.glass().project(), news.glass().infrastructure());
        };
    }

    private boolean isFor(Person person, ApprovalRequest request) {
        return isOpen(request)
                && voteOf(person, request).isEmpty()
                && request.rejection().isEmpty()
                && sight.sees(person, request)
                && gatekeeper.electorate(request).objection(person).isEmpty();
    }

    /** Whether decisions are still wanted. */
    private static boolean isOpen(ApprovalRequest request) {
        return request.needed() > 0 && request.state() != ApprovalRequest.State.PASSED;
    }

    /**
     * One request, for whoever may see its infrastructure and its project. Whose approval counts is asked of the directory.
     *
     * @param person who looks, with the groups that their login has brought
     * @throws Refused {@code NOT_FOUND} when there is none or it is hidden; {@code CONFLICT} when it is over
     */
    public RequestView request(Person person, long id) {
        ApprovalRequest request = sight.find(person, id).orElseThrow(() -> sight.over(id));
        Update update = records.update(id).orElseThrow();
        boolean waits = request.state() == ApprovalRequest.State.WAITING;
        String objection = isOpen(request) ? gatekeeper.electorate(request).objection(person).orElse(null) : notAsked(request);
        return RequestView.of(request, update, gatekeeper.tally(request), PlanDifference.of(update, records),
                waits ? gatekeeper.freeze(request).orElse(null) : null, isOpen(request) ? gatekeeper.outOfReach(request).orElse(null) : null,
                objection, voteOf(person, request).filter(Vote::approves).isPresent());
    }

    /**
     * What has become of an update that waits for nobody any more; empty while there is a request.
     *
     * @throws Refused {@code NOT_FOUND} when there is no such update or it is hidden
     */
    public Optional<Update> over(Person person, long id) {
        return sight.find(person, id).isPresent() ? Optional.empty() : sight.update(person, id);
    }

    /** Why nobody can decide on it; it follows somebody's name, or "you". */
    private static String notAsked(ApprovalRequest request) {
        return request.state() == ApprovalRequest.State.PASSED ? "need not decide any more, since the update goes on already"
                : "need not approve it, since it waits for no approval, only for the end of a freeze";
    }

    /**
     * Approves what was seen. Doing so twice counts once.
     *
     * @param saw what of it the person had before them
     * @return the request, with the vote in it; durable
     * @throws Refused {@code CONFLICT} when something else is to be approved by now, or the decision comes too late
     */
    public ApprovalRequest approve(String userId, long id, String reason, Seen saw) {
        return decide(userId, id, true, reason, saw);
    }

    /** Rejects what was seen; the update ends. A reason must be given. */
    public ApprovalRequest reject(String userId, long id, String reason, Seen saw) {
        if (reason == null || reason.isBlank()) {
            throw Refused.invalid("A reason is missing: say why you reject the deployment.");
        }
        return decide(userId, id, false, reason, saw);
    }

    private ApprovalRequest decide(String userId, long id, boolean approves, String reason, Seen saw) {
        Person person = people.person(userId);
        ApprovalRequest seen = sight.visible(person, id);
        Lengths.checked("reason", reason, Lengths.REASON);
        Optional<Vote> before = voteOf(person, seen).filter(vote -> vote.approves() == approves);
        if (before.isPresent()) {
            // Whoever recorded it may have been stopped before they could draw the consequence.
            followUps.settle(id);
            return seen;
        }
        requireTheSame(seen, saw);
        gatekeeper.electorate(seen).objection(person).ifPresent(objection -> {
            throw new Refused(Refused.Reason.FORBIDDEN, "You cannot decide on update " + id + ": "
                    + Ids.printable(person.id()) + " " + objection + ".");
        });
        List<String> changed = seen.state() == ApprovalRequest.State.WAITING ? gatekeeper.changedInConfiguration(seen) : List.of();
        if (!changed.isEmpty()) {
            waiting.wake(id);
            throw Refused.conflict("What you saw of update " + id + " is no longer so: " + String.join(", ", changed)
                    + " changed. Its plan is made anew; look at it again.");
        }
        Vote vote = new Vote(person.id(), approves, reason, clock.instant(), false);
        ApprovalRequest after = gates.change(id, approves ? "approved" : "rejected", person.id(), request -> add(vote, person, request, id, saw));
        if (after.votes().contains(vote)) {
            decided(after, vote);
        }
        return after;
    }

    /** Under the lock of the records: two who decide at once are looked at one after the other. */
    private ApprovalRequest add(Vote vote, Person person, ApprovalRequest request, long id, Seen saw) {
        if (request == null) {
            throw sight.tooLate(id);
        }
        Optional<Vote> before = voteOf(person, request);
        if (before.isPresent() && before.get().approves() == vote.approves()) {
            return request;
        }
        requireTheSame(request, saw);
        return request.with(vote);
    }

    private void decided(ApprovalRequest request, Vote vote) {
        String who = Ids.printable(vote.userId());
        String because = vote.reason() == null ? "" : ": " + Ids.printable(vote.reason(), 500);
        String tally = vote.approves() ? " (" + tallied(request) + ")" : "";
        waiting.tell(request.update(), "gate: " + GatePass.line(vote) + tally);
        notifications.tell(GateNews.of(vote.approves() ? GateNews.Kind.APPROVED : GateNews.Kind.REJECTED, vote.at(), request,
                vote.userId(), "Update " + request.update() + " was " + (vote.approves() ? "approved" : "rejected") + " by " + who + because + tally));
        if (request.state() == ApprovalRequest.State.FOLLOW_UP) {
            followUps.settle(request.update());
        } else {
            waiting.wake(request.update());
        }
    }

    private String tallied(ApprovalRequest request) {
        try {
            return gatekeeper.tally(request).toString();
        } catch (Refused unavailable) {
            return "not counted: " + unavailable.getMessage();
        }
    }

    private static void requireTheSame(ApprovalRequest request, Seen saw) {
        if (request.state() == ApprovalRequest.State.PASSED) {
            throw Refused.conflict("Update " + request.update() + " has its approvals and goes on already; your decision comes too late.");
        }
        if (request.needed() == 0) {
            throw Refused.conflict("Update " + request.update() + " waits for no approval, only for the end of a freeze.");
        }
        request.rejection().ifPresent(rejection -> {
            throw Refused.conflict("Update " + request.update() + " was rejected by " + Ids.printable(rejection.userId())
                    + " at " + Moment.words(rejection.at()) + "; your decision comes too late.");
        });
        if (!saw.isStill(request)) {
            throw Refused.conflict("What you saw of update " + request.update() + " (" + saw.what() + ") is no longer so"
                    + (request.changed().isEmpty() ? "" : ": " + String.join(", ", request.changed()) + " changed")
                    + " (revision " + request.revision() + "). Look at it again.");
        }
    }

    private Optional<Vote> voteOf(Person person, ApprovalRequest request) {
        String key = people.userKey(person.id());
        return request.votes().stream().filter(vote -> people.userKey(vote.userId()).equals(key)).findFirst();
    }
}

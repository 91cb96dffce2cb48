package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The counting of approvals, as things are at this moment: each person counts once, however often and in whatever
 * spelling they approved and through however many groups; who has lost their membership meanwhile counts no longer.
 *
 * @param needed how many have to agree
 * @param counting one vote for each person who counts, in the order in which they came
 * @param passedOver approvals that do not count, and why
 */
public record Tally(int needed, List<Vote> counting, List<PassedOver> passedOver) {

    public Tally {
        counting = List.copyOf(counting);
        passedOver = List.copyOf(passedOver);
    }

    /** An approval that does not count. */
    public record PassedOver(Vote vote, String why) {}

    /**
     * Counts.
     *
     * @param votes rejections among them are not counted here; one of them ends the request
     * @throws Refused {@code UNAVAILABLE} when the directory does not answer: then nobody knows the result
     */
    static Tally of(int needed, List<Vote> votes, Electorate electorate, People people) {
        List<Vote> counting = new ArrayList<>();
        List<PassedOver> passedOver = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Vote vote : votes) {
            if (!vote.approves() || !seen.add(people.userKey(vote.userId()))) {
                continue;
            }
            Optional<String> objection = objection(vote, electorate, people);
            if (objection.isEmpty()) {
                counting.add(vote);
            } else {
                passedOver.add(new PassedOver(vote, Ids.printable(vote.userId()) + " " + objection.get()));
            }
        }
        return new Tally(needed, counting, passedOver);
    }

    private static Optional<String> objection(Vote vote, Electorate electorate, People people) {
        Person person;
        try {
            person = people.person(vote.userId());
        } catch (Refused refused) {
            if (refused.reason() == Refused.Reason.UNAVAILABLE) {
                throw refused;
            }
            return Optional.of("cannot be looked up any more");
        }
        return electorate.objection(person);
    }

    /** Whether enough have agreed. */
    public boolean isEnough() {
        return counting.size() >= needed;
    }

    /** {@code 1 of 2 approvals}. */
    String words() {
        return counting.size() + " of " + Amount.of(needed, "approval");
    }

    /** {@code 1 of 2}. */
    @Override
    public String toString() {
        return counting.size() + " of " + needed;
    }
}

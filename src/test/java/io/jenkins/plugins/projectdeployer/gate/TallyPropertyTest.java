package io.jenkins.plugins.projectdeployer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The counting of approvals, held against a statement of its own: a set of people, taken from the rules' text, without
 * order, votes or objections.
 */
class TallyPropertyTest {

    private static final List<String> PEOPLE = List.of("ann", "ben", "cid", "dan", "eve");
    private static final List<String> GROUPS = List.of("red", "blue", "green");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * @param approvers of the rule
     * @param votes ids in any spelling, true: approves
     * @param members who is in which groups when it is counted; absent: the directory has nobody of this id any more
     * @param administrators who administers Jenkins
     * @param requesters in any spelling
     * @param editors that the request names
     * @param lateEditors who have changed the infrastructure since
     * @param glassBroken by whom; null: by nobody
     * @param needed how many
     */
    record Scene(
            List<Principal> approvers,
            List<Map.Entry<String, Boolean>> votes,
            Map<String, Set<String>> members,
            Set<String> administrators,
            List<String> requesters,
            List<String> editors,
            List<String> lateEditors,
            String glassBroken,
            int needed) {}

    @Property(tries = 2000)
    void those_count_who_approved_are_named_and_are_not_left_out(@ForAll("scenes") Scene scene) {
        Tally tally = tally(scene, scene.votes());

        Set<String> counting = tally.counting().stream().map(vote -> key(vote.userId())).collect(Collectors.toSet());
        assertThat(counting).isEqualTo(stated(scene));
        assertThat(tally.counting()).as("nobody twice").hasSameSizeAs(stated(scene));
        assertThat(tally.isEnough()).isEqualTo(stated(scene).size() >= scene.needed());
    }

    @Property(tries = 1000)
    void the_order_of_votes_changes_nothing(@ForAll("scenes") Scene scene, @ForAll Random random) {
        List<Map.Entry<String, Boolean>> shuffled = new ArrayList<>(scene.votes());
        Collections.shuffle(shuffled, random);

        assertThat(tally(scene, shuffled).counting().size()).isEqualTo(tally(scene, scene.votes()).counting().size());
    }

    @Property(tries = 1000)
    void one_more_vote_adds_one_at_most_and_takes_none_away(@ForAll("scenes") Scene scene, @ForAll("spelled") String voter) {
        List<Map.Entry<String, Boolean>> more = new ArrayList<>(scene.votes());
        more.add(Map.entry(voter, true));
        int before = tally(scene, scene.votes()).counting().size();

        assertThat(tally(scene, more).counting().size()).isBetween(before, before + 1);
    }

    @Property(tries = 1000)
    void voting_again_in_another_spelling_adds_nothing(@ForAll("scenes") Scene scene) {
        List<Map.Entry<String, Boolean>> twice = new ArrayList<>(scene.votes());
        scene.votes().forEach(vote -> twice.add(Map.entry(vote.getKey().toUpperCase(Locale.ROOT), vote.getValue())));

        assertThat(tally(scene, twice).counting().size()).isEqualTo(tally(scene, scene.votes()).counting().size());
    }

    @Property
    void no_more_count_than_are_left_of_those_who_are_named(@ForAll("scenes") Scene scene) {
        ApprovalRequest request = request(scene, scene.votes());

        assertThat(tally(scene, scene.votes()).counting().size())
                .isLessThanOrEqualTo(new Electorate(request, scene.lateEditors(), people(scene)).most().orElse(Integer.MAX_VALUE));
    }

    /** The rules as their text has them. */
    private static Set<String> stated(Scene scene) {
        Set<String> counted = new TreeSet<>();
        for (String person : PEOPLE) {
            boolean approved = scene.votes().stream().anyMatch(vote -> vote.getValue() && vote.getKey().equalsIgnoreCase(person));
            boolean known = scene.members().containsKey(person);
            boolean byName = scene.approvers().stream().anyMatch(one -> !one.isGroup() && one.user().equalsIgnoreCase(person));
            boolean byGroup = known && scene.approvers().stream()
                    .anyMatch(one -> one.isGroup() && scene.members().get(person).contains(one.group()));
            boolean leftOut = scene.requesters().stream().anyMatch(person::equalsIgnoreCase)
                    || scene.editors().stream().anyMatch(person::equalsIgnoreCase)
                    || scene.lateEditors().stream().anyMatch(person::equalsIgnoreCase)
                    || person.equalsIgnoreCase(scene.glassBroken());
            if (approved && known && (byName || byGroup) && !leftOut) {
                counted.add(person);
            }
        }
        return counted;
    }

    private static Tally tally(Scene scene, List<Map.Entry<String, Boolean>> votes) {
        ApprovalRequest request = request(scene, votes);
        People people = people(scene);
        return Tally.of(scene.needed(), request.votes(), new Electorate(request, scene.lateEditors(), people), people);
    }

    private static ApprovalRequest request(Scene scene, List<Map.Entry<String, Boolean>> votes) {
        StageGate gate = new StageGate(scene.needed(), scene.approvers(), null, null, null, null, null, null, null);
        BrokenGlass glass = scene.glassBroken() == null ? null
                : new BrokenGlass("g", scene.glassBroken(), "fire", AT, AT.plusSeconds(60), "P", "prod");
        return new ApprovalRequest(1, 1, ApprovalRequest.State.WAITING, "P-on-prod", "P", "prod", "Production", "v1",
                scene.requesters(), gate, scene.editors(), false, Map.of(), AT, null,
                votes.stream().map(vote -> new Vote(vote.getKey(), vote.getValue(), null, AT, false)).toList(), null, glass, null, null);
    }

    private static People people(Scene scene) {
        return new People() {
            @Override
            public Person person(String userId) {
                Set<String> groups = scene.members().get(key(userId));
                if (groups == null) {
                    throw new Refused(Refused.Reason.FORBIDDEN, "nobody of this id");
                }
                return new Person(key(userId), groups, scene.administrators().contains(key(userId)));
            }

            @Override
            public String userKey(String userId) {
                return key(userId);
            }

            @Override
            public String groupKey(String groupName) {
                return groupName;
            }
        };
    }

    private static String key(String userId) {
        return userId.toLowerCase(Locale.ROOT);
    }

    @Provide
    Arbitrary<String> spelled() {
        return Combinators.combine(Arbitraries.of(PEOPLE), Arbitraries.of(true, false))
                .as((person, shout) -> shout ? person.toUpperCase(Locale.ROOT) : person);
    }

    @Provide
    Arbitrary<Scene> scenes() {
        Arbitrary<Principal> principal = Arbitraries.oneOf(
                Arbitraries.of(GROUPS).map(Principal::ofGroup), spelled().map(Principal::ofUser));
        Arbitrary<Set<String>> groups = Arbitraries.of(GROUPS).set().ofMaxSize(3);
        Arbitrary<Map<String, Set<String>>> members = Arbitraries.maps(Arbitraries.of(PEOPLE), groups).ofMinSize(2).ofMaxSize(5)
                .map(HashMap::new);
        Arbitrary<Map.Entry<String, Boolean>> vote = Combinators.combine(spelled(), Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, Arbitraries.just(true)), net.jqwik.api.Tuple.of(1, Arbitraries.just(false)))).as(Map::entry);
        return Combinators.combine(
                principal.list().ofMinSize(1).ofMaxSize(4),
                vote.list().ofMaxSize(7),
                members,
                Arbitraries.of(PEOPLE).set().ofMaxSize(2),
                spelled().list().ofMinSize(1).ofMaxSize(2),
                spelled().list().ofMaxSize(1),
                spelled().list().ofMaxSize(1),
                Arbitraries.of(PEOPLE).injectNull(0.7)).flatAs((approvers, votes, in, administrators, requesters, editors, late, glass) ->
                Arbitraries.integers().between(1, 4).map(needed ->
                        new Scene(approvers, votes, in, administrators, requesters, editors, late, glass, needed)));
    }
}

package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Stands in for Jenkins' security realm: its users, with the groups that a company's directory would give them. */
final class DemoPeople implements People {

    static final Map<String, Set<String>> GROUPS =
            Map.of("alice", Set.of("data-team"), "bob", Set.of("release"), "carol", Set.of());

    private final List<String> users;

    DemoPeople(List<String> users) {
        this.users = users;
    }

    @Override
    public Person person(String userId) {
        if (!users.contains(userKey(userId))) {
            throw Refused.notFound("user", userId);
        }
        return new Person(userId, GROUPS.getOrDefault(userId, Set.of()), userId.equals("admin"));
    }

    @Override
    public String userKey(String userId) {
        return userId.toLowerCase(Locale.ROOT);
    }

    @Override
    public String groupKey(String groupName) {
        return groupName.toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.projectdeployer.access;

import java.util.Set;

/** A person's names in the form in which they compare, worked out once. */
record Subject(String userKey, String[] groupKeys) {

    static Subject of(Person person, People people) {
        Set<String> groups = person.groups();
        return new Subject(
                people.userKey(person.id()), groups.stream().map(people::groupKey).distinct().toArray(String[]::new));
    }
}

package io.jenkins.plugins.projectdeployer.access;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A directory that knows how names compare, which is all that decisions ask of it. */
record Directory(UnaryOperator<String> key) implements People {

    static final Directory IGNORING_CASE = new Directory(name -> name.toLowerCase(Locale.ENGLISH));
    static final Directory WITH_CASE = new Directory(name -> name);

    @Override
    public Person person(String userId) {
        return new Person(userId, Set.of(), false);
    }

    @Override
    public String userKey(String userId) {
        return key.apply(userId);
    }

    @Override
    public String groupKey(String groupName) {
        return key.apply(groupName);
    }
}

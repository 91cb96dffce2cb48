package io.jenkins.plugins.projectdeployer.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a Jenkins user id becomes a login on Dataiku's nodes: by the table, else by the pattern, else it is the same name.
 *
 * @param table a list and not a map, because configuration as code in Jenkins reads no maps
 * @param pattern a login in which {@code {user}} stands for the Jenkins user id, such as {@code {user}@example.com}; may be null
 */
public record LoginMapping(List<Entry> table, String pattern) {

    /** Same name everywhere. */
    public static final LoginMapping SAME = new LoginMapping(List.of(), null);

    public LoginMapping {
        table = Text.list(table);
        pattern = Text.trimmed(pattern);
    }

    /** The login of a Jenkins user whose id is spelled exactly as in the table. */
    public String login(String userId) {
        return login(userId, UnaryOperator.identity());
    }

    /**
     * The login of a Jenkins user.
     *
     * @param userKey the form in which two ids of one user are equal, as Jenkins' security realm has it
     */
    public String login(String userId, UnaryOperator<String> userKey) {
        String wanted = userKey.apply(userId);
        return table.stream()
                .filter(entry -> entry.user() != null && wanted.equals(userKey.apply(entry.user())))
                .map(Entry::login)
                .findFirst()
                .orElseGet(() -> pattern == null ? userId : pattern.replace("{user}", userId));
    }

    /** The Jenkins user who has this login on the nodes; empty where that cannot be told from the mapping. */
    public Optional<String> user(String login, UnaryOperator<String> userKey) {
        return Stream.concat(
                        table.stream().filter(entry -> entry.user() != null && login.equals(entry.login())).map(Entry::user),
                        fromPattern(login).stream())
                .filter(user -> login.equals(login(user, userKey)))
                .findFirst();
    }

    private Optional<String> fromPattern(String login) {
        if (pattern == null) {
            return Optional.of(login);
        }
        String[] around = pattern.split(Pattern.quote("{user}"), -1);
        return around.length == 2 && login.length() > around[0].length() + around[1].length()
                        && login.startsWith(around[0]) && login.endsWith(around[1])
                ? Optional.of(login.substring(around[0].length(), login.length() - around[1].length()))
                : Optional.empty();
    }

    /**
     * One line of the table.
     *
     * @param user Jenkins user id
     * @param login that user's name on the nodes
     */
    public record Entry(String user, String login) {

        public Entry {
            user = Text.trimmed(user);
            login = Text.trimmed(login);
        }
    }
}

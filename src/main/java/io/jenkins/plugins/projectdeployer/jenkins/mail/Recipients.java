package io.jenkins.plugins.projectdeployer.jenkins.mail;

import hudson.model.User;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.GateNews;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.security.LastGrantedAuthoritiesProperty;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who is mailed. Requests: approvers that the gate names by id, and members of its groups that have logged in to Jenkins
 * before; no security realm lists a group's members. Each of them is asked of the realm again before anything is sent.
 * Outcomes: whoever asked for the update.
 */
final class Recipients {

    private static final Logger LOGGER = Logger.getLogger(Recipients.class.getName());

    private Recipients() {}

    /** Addresses, each once. */
    static Set<String> of(GateNews news, Approvals approvals) {
        Stream<String> users = switch (news.kind()) {
            case APPROVED -> Stream.empty();
            case PASSED, REJECTED, EXPIRED -> news.request().requestedBy().stream();
            case REQUESTED, CHANGED, FREEZE_OVERRIDDEN, GLASS_BROKEN, FOLLOW_UP_OVERDUE ->
                candidates(news.gate().approvers()).filter(user -> isToBeTold(approvals, user, news));
        };
        return users.map(Recipients::address).filter(Objects::nonNull).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A realm that does not know somebody, or does not answer, keeps nobody else from being told. */
    private static boolean isToBeTold(Approvals approvals, String user, GateNews news) {
        try {
            return approvals.isToBeTold(user, news);
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "Nothing is mailed to {0}: {1}", new Object[] {user, e.getMessage()});
            return false;
        }
    }

    private static Stream<String> candidates(List<Principal> approvers) {
        Set<String> groups = approvers.stream().filter(Principal::isGroup).map(Principal::group).collect(Collectors.toSet());
        Stream<String> named = approvers.stream().filter(approver -> !approver.isGroup()).map(Principal::user);
        Stream<String> members = groups.isEmpty() ? Stream.empty()
                : User.getAll().stream().filter(user -> wasIn(user, groups)).map(User::getId);
        return Stream.concat(named, members).distinct();
    }

    private static boolean wasIn(User user, Set<String> groups) {
        LastGrantedAuthoritiesProperty lately = user.getProperty(LastGrantedAuthoritiesProperty.class);
        return lately != null && lately.getAuthorities2().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(group -> groups.stream().anyMatch(group::equalsIgnoreCase));
    }

    private static String address(String userId) {
        User user = User.getById(userId, false);
        return user == null ? null : Post.address(user);
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Refused.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * People as the security realm knows them at this moment. Jenkins' own way to act as somebody falls back to the groups
 * of their last login when the directory is down; this one asks the realm and says so.
 */
public final class JenkinsPeople implements People {

    @Override
    public Person person(String userId) {
        Authentication authentication = authentication(userId);
        return new Person(
                authentication.getName(),
                groups(authentication),
                holds(authentication, Jenkins.ADMINISTER));
    }

    /** Whoever acts on this thread, with the groups that their login or token has brought. */
    static Person current() {
        Authentication authentication = Jenkins.getAuthentication2();
        return new Person(
                authentication.getName(), groups(authentication), holds(authentication, Jenkins.ADMINISTER));
    }

    /** Id of whoever acts on this thread in person; null for Jenkins itself, as which configuration as code is applied. */
    public static String inPerson() {
        String name = Jenkins.getAuthentication2().getName();
        return isSomebody(name) ? name : null;
    }

    /** Whether this id is a person's or a technical user's, and neither Jenkins' own nor that of whoever has not logged in. */
    static boolean isSomebody(String id) {
        return id != null && !id.isBlank() && !id.equalsIgnoreCase(ACL.SYSTEM_USERNAME) && !id.equalsIgnoreCase(ACL.ANONYMOUS_USERNAME);
    }

    /** Whether this user holds a Jenkins permission. */
    public boolean holds(String userId, Permission permission) {
        return holds(authentication(userId), permission);
    }

    @Override
    public String userKey(String userId) {
        return realm().getUserIdStrategy().keyFor(userId);
    }

    @Override
    public String groupKey(String groupName) {
        return realm().getGroupIdStrategy().keyFor(groupName);
    }

    private static Set<String> groups(Authentication authentication) {
        return authentication.getAuthorities().stream().map(GrantedAuthority::getAuthority).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean holds(Authentication authentication, Permission permission) {
        return Jenkins.get().getACL().hasPermission2(authentication, permission);
    }

    private static SecurityRealm realm() {
        return Jenkins.get().getSecurityRealm();
    }

    private static Authentication authentication(String userId) {
        try {
            UserDetails details = realm().loadUserByUsername2(userId);
            if (!details.isEnabled() || !details.isAccountNonLocked() || !details.isAccountNonExpired()) {
                throw new Refused(Reason.FORBIDDEN, Messages.JenkinsPeople_disabled(Ids.printable(userId)));
            }
            List<GrantedAuthority> groups = new ArrayList<>(details.getAuthorities());
            if (!groups.contains(SecurityRealm.AUTHENTICATED_AUTHORITY2)) {
                groups.add(SecurityRealm.AUTHENTICATED_AUTHORITY2);
            }
            return new UsernamePasswordAuthenticationToken(details.getUsername(), "", groups);
        } catch (UserMayOrMayNotExistException2 e) {
            throw new Refused(Reason.UNAVAILABLE, Messages.JenkinsPeople_groups(Ids.printable(userId)));
        } catch (UsernameNotFoundException e) {
            throw new Refused(Reason.FORBIDDEN, Messages.JenkinsPeople_none(Ids.printable(userId)));
        } catch (AuthenticationException e) {
            throw new Refused(Reason.UNAVAILABLE, Messages.JenkinsPeople_silent(Ids.printable(userId), Ids.printable(e.getMessage())));
        }
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Jenkins' authorization strategy, asked about names: it compares them with those that it has, and looks nobody up. */
public final class JenkinsGlobalRights implements GlobalRights {

    @Override
    public Set<GlobalRight> of(String userId, Set<String> groups) {
        List<GrantedAuthority> authorities = groups.stream().filter(group -> !group.isBlank())
                .<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
        Authentication named = new UsernamePasswordAuthenticationToken(userId, "", authorities);
        ACL acl = Jenkins.get().getACL();
        Set<GlobalRight> held = EnumSet.noneOf(GlobalRight.class);
        for (GlobalRight right : GlobalRight.values()) {
            if (acl.hasPermission2(named, permission(right))) {
                held.add(right);
            }
        }
        return held;
    }

    @Override
    public Collection<String> groups() {
        return Jenkins.get().getAuthorizationStrategy().getGroups();
    }

    private static Permission permission(GlobalRight right) {
        return switch (right) {
            case ADMINISTER -> Jenkins.ADMINISTER;
            case CREATE_PROJECT -> DeployerPermissions.CREATE_PROJECT;
            case OVERRIDE_FREEZE -> DeployerPermissions.OVERRIDE_FREEZE;
            case BREAK_GLASS -> DeployerPermissions.BREAK_GLASS;
            case READ_AUDIT -> DeployerPermissions.READ_AUDIT;
        };
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.AuthorizationStrategy;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.jenkins.security.DeployerPermissions;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsGlobalRights;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/** Jenkins' own rights in the authorization matrix: by the names that its authorization has, and no directory. */
@WithOneJenkins
class GlobalRightsTest {

    private final AtomicInteger lookUps = new AtomicInteger();
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(new CountingRealm());
        GlobalMatrixAuthorizationStrategy rights = new GlobalMatrixAuthorizationStrategy();
        rights.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        rights.add(Jenkins.ADMINISTER, PermissionEntry.group("operators"));
        rights.add(Jenkins.READ, PermissionEntry.group("authenticated"));
        rights.add(DeployerPermissions.BREAK_GLASS, PermissionEntry.group("on-call"));
        rights.add(DeployerPermissions.READ_AUDIT, PermissionEntry.user("bob"));
        jenkins.jenkins.setAuthorizationStrategy(rights);
        Scene.configure("http://127.0.0.1:19999");
        lookUps.set(0);
    }

    @Test
    void groups_and_users_have_what_the_authorization_gives_their_names() {
        JenkinsGlobalRights rights = new JenkinsGlobalRights();

        assertThat(rights.groups()).contains("operators", "on-call");
        assertThat(rights.of("", Set.of("operators"))).containsExactlyInAnyOrder(GlobalRight.values());
        assertThat(rights.of("", Set.of("on-call"))).containsExactly(GlobalRight.BREAK_GLASS);
        assertThat(rights.of("bob", Set.of())).containsExactly(GlobalRight.READ_AUDIT);
        assertThat(rights.of("bob", Set.of("on-call"))).containsExactlyInAnyOrder(GlobalRight.READ_AUDIT, GlobalRight.BREAK_GLASS);
        assertThat(rights.of("", Set.of("bob"))).as("a user is no group").isEmpty();
        assertThat(rights.of("carol", Set.of("authenticated"))).isEmpty();
        assertThat(lookUps).hasValue(0);
    }

    @Test
    void the_matrix_asks_the_realm_about_nobody_who_is_not_looked_up() throws Exception {
        Caller admin = new Caller(jenkins, "admin");
        admin.get("project-deployer/api/me");
        lookUps.set(0);

        HttpResponse<String> matrix = admin.get("project-deployer/api/access?limit=1000");
        int forOneRequest = lookUps.getAndSet(0);
        admin.get("project-deployer/api/access?by=user");
        int forAnother = lookUps.getAndSet(0);
        admin.get("project-deployer/api/access?by=user&user=carol");

        assertThat(matrix.statusCode()).isEqualTo(200);
        assertThat(matrix.body()).contains("\"on-call\"", "\"operators\"", "\"data-team\"").doesNotContain("\"name\":\"bob\"");
        admin.get("project-deployer/api/me");
        assertThat(forOneRequest).as("as many as any request asks").isEqualTo(forAnother);
        assertThat(lookUps.get()).isGreaterThan(forAnother);
    }

    @Test
    void an_authorization_that_compares_authorities_themselves_knows_the_groups() {
        jenkins.jenkins.setAuthorizationStrategy(new LoggedInMayReadTheAudit());

        JenkinsGlobalRights rights = new JenkinsGlobalRights();

        assertThat(rights.of("", Set.of("authenticated"))).containsExactly(GlobalRight.READ_AUDIT);
        assertThat(rights.of("", Set.of("on-call"))).isEmpty();
        assertThat(rights.of("", Set.of(""))).as("no group").isEmpty();
    }

    /** Asks for an authority that equals Jenkins' own. */
    public static final class LoggedInMayReadTheAudit extends AuthorizationStrategy {

        @Override
        public ACL getRootACL() {
            return ACL.lambda2((who, permission) -> permission == DeployerPermissions.READ_AUDIT
                    && who.getAuthorities().contains(SecurityRealm.AUTHENTICATED_AUTHORITY2));
        }

        @Override
        public Collection<String> getGroups() {
            return Set.of(SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority());
        }
    }

    /** Everybody is there, in no group, with their own name as password. */
    private final class CountingRealm extends AbstractPasswordBasedSecurityRealm {

        @Override
        protected UserDetails authenticate2(String username, String password) {
            if (!username.equals(password)) {
                throw new BadCredentialsException(username);
            }
            return user(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            lookUps.incrementAndGet();
            return user(username);
        }

        private UserDetails user(String username) {
            return new User(username, username, List.of(AUTHENTICATED_AUTHORITY2));
        }
    }
}

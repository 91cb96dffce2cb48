package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** What is typed into a form is answered as it is typed: what is wrong, with words, and what is right, without. */
@WithOneJenkins
class FormChecksTest {

    /** Method, what is right, what is wrong; parameters besides {@code value} stand behind an ampersand. */
    private static final String CHECKS = """
            BundleStorageConfig.checkDirectory         |                           | bundles
            CodeEnvConfig.checkInterpreter             | /bin/sh                   | /no/such/python
            CodeEnvConfig.checkName                    | py311                     | a/b
            CodeEnvConfig.checkOwner                   | alice                     | nobody
            CodeEnvGrantConfig.checkGroup              | team&user=                | team&user=alice
            CodeEnvGrantConfig.checkUser               | alice                     | nobody
            DeployProjectStep.checkArchive             | target/v1.zip             | ../v1.zip
            DeployProjectStep.checkCodeEnvs            | py39 = py311              | py39
            DeployProjectStep.checkConnections         | "a=b" = c                 | "a=b"
            DeployProjectStep.checkContainerExecs      | small = large             | = large
            DeployProjectStep.checkDeploymentId        | churn-eu                  | churn/eu
            DeployProjectStep.checkDesignNode          | design                    | design/1
            DeployProjectStep.checkInfrastructure      | dev                       | nowhere
            DeployProjectStep.checkProject             | CHURN                     | CHURN.EU
            DeployProjectStep.checkScenarios           | TRAIN = off               | TRAIN = maybe
            DeployProjectStep.checkTargetProject       | CHURN_EU                  | CHURN.EU
            DeployProjectStep.checkVariables           | limit = 10                | limit
            DesignNodeConfig.checkId                   | design                    | design/1
            FreezeConfig.checkEnd                      | 2027-01-04T06:00          | next year
            FreezeConfig.checkInfrastructures          | dev                       | nowhere
            FreezeConfig.checkName                     | holidays                  |
            FreezeConfig.checkRrule                    | FREQ=YEARLY               | FREQ=NEVER
            FreezeConfig.checkStart                    | 2026-12-20T00:00          | soon
            GateWebhookConfig.checkCredentialsId       | dev-key                   | absent
            GateWebhookConfig.checkUrl                 | https://chat.example.com/ | chat
            HookConfig.checkName                       | look                      | a/b
            HookConfig.checkText                       | pass                      |
            HookConfig.checkUser                       | alice                     | nobody
            HookLimitsConfig.checkLauncher             | /bin/sh                   | /no/such/program
            HookSecretConfig.checkCredentialsId        | dev-key                   | absent
            HookSecretConfig.checkName                 | token                     |
            InfrastructureConfig.checkAllowedJobs      | team/*                    | *
            InfrastructureConfig.checkExternalUrl      | https://dss.example.com   | dss
            InfrastructureConfig.checkId               | prod                      | dev
            InfrastructureGrantConfig.checkGroup       | team&user=                | &user=
            InfrastructureGrantConfig.checkUser        | alice                     | nobody
            LoginConfig.checkLogin                     | a.smith                   |
            LoginConfig.checkUser                      | alice                     | nobody
            LoginMappingConfig.checkPattern            | {user}@example.com        | example.com
            NodeConfig.checkCertificates               |                           | no certificate
            NodeConfig.checkCredentialsId              | dev-key&url=http://a      | absent&url=http://a
            NodeConfig.checkUrl                        | https://a.example.com:443 | a.example.com
            PrincipalConfig.checkGroup                 | team&user=                | &user=
            PrincipalConfig.checkUser                  | alice                     | nobody
            ProjectGrantConfig.checkGroup              | team&user=                | &user=
            ProjectGrantConfig.checkUser               | alice                     | nobody
            ProjectRuleConfig.checkPattern             | CHURN*                    |
            PublishBundleStep.checkArchive             | v1.zip                    | /tmp/v1.zip
            PublishBundleStep.checkDesignNode          | design                    | design/1
            PublishBundleStep.checkProject             | CHURN                     | CHURN.EU
            RemapConfig.checkSource                    | sql-dev                   |
            RemapConfig.checkTarget                    | sql-prod                  |
            StageConfig.checkName                      | Test                      |
            StageGateConfig.checkApprovals             | 2                         | two
            StageGateConfig.checkExcludeEditorsWithin  | 7d                        | a week
            StageGateConfig.checkPromoteAfter          | 24h                       | later
            StageGateConfig.checkTimeLimit             | 36h                       | 36
            TechnicalUserConfig.checkJobs              | nightly                   | *
            TechnicalUserConfig.checkUser              | alice                     | nobody
            """;

    /** Checked elsewhere, because they need a folder around them: see ConfigurationPagesTest and FolderDeploymentsTest. */
    private static final Set<String> IN_A_FOLDER = Set.of("FolderDeployments.checkInfrastructures", "FolderDeployments.checkProject");

    /** Everybody but {@code nobody}. */
    private static final class Realm extends AbstractPasswordBasedSecurityRealm {

        @Override
        protected UserDetails authenticate2(String username, String password) {
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            if (username.equals("nobody")) {
                throw new UsernameNotFoundException(username);
            }
            return new User(username, "", List.of());
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UsernameNotFoundException(groupname);
        }
    }

    @Test
    void what_is_wrong_is_said_and_what_is_right_is_not(JenkinsRule jenkins) throws Exception {
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
        jenkins.jenkins.setSecurityRealm(new Realm());
        Map<String, String[]> checks = CHECKS.lines().map(line -> line.split("[|]", -1))
                .collect(Collectors.toMap(row -> row[0].strip(), row -> row));
        Caller admin = new Caller(jenkins, "admin");
        for (Map.Entry<String, String[]> check : checks.entrySet()) {
            assertThat(answer(admin, check.getKey(), check.getValue()[1])).as("%s of %s", check.getKey(), check.getValue()[1]).doesNotContain("error", "warning");
            assertThat(answer(admin, check.getKey(), check.getValue()[2])).as("%s of %s", check.getKey(), check.getValue()[2]).containsPattern("class=.?(error|warning)");
        }
        Set<String> all = EndpointsTest.ASKING.stream()
                .filter(method -> method.contains(".check") && !IN_A_FOLDER.contains(method))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(checks.keySet())).isEqualTo(all);
    }

    private static String answer(Caller admin, String method, String typed) throws Exception {
        List<String> parameters = Arrays.asList(("value=" + typed.strip()).split("&"));
        String query = parameters.stream()
                .map(parameter -> parameter.split("=", 2))
                .map(parameter -> parameter[0] + "=" + URLEncoder.encode(parameter[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return admin.post("descriptorByName/" + EndpointsTest.place(method) + "?" + query).body();
    }
}

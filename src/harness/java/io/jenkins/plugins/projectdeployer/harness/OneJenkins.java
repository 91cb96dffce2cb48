package io.jenkins.plugins.projectdeployer.harness;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.runner.Description;
import org.jvnet.hudson.test.JenkinsRule;

/** See {@link WithOneJenkins}. */
final class OneJenkins implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

    private Rule rule;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        rule = new Rule(context.getRequiredTestClass());
        try {
            rule.before();
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Jenkins did not start", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        rule.after();
    }

    /** Leaves nothing of what tests of ours make: items, agents, people, credentials, approvals, our own configuration and records. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Jenkins jenkins = rule.jenkins;
        jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ACL.as2(ACL.SYSTEM2);
        for (User user : List.copyOf(User.getAll())) {
            user.delete();
        }
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        for (TopLevelItem item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
        for (Node agent : jenkins.getNodes()) {
            jenkins.removeNode(agent);
        }
        ScriptApproval.get().clearApprovedScripts();
        for (ScriptApproval.PendingScript pending : List.copyOf(ScriptApproval.get().getPendingScripts())) {
            ScriptApproval.get().denyScript(pending.getHash());
        }
        ScriptApproval.get().setForceSandbox(false);
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(new HashMap<>());
        SystemCredentialsProvider.getInstance().getDomainCredentialsMap(); // puts the global domain back
        SystemCredentialsProvider.getInstance().save();
        Engine.close();
        Path home = jenkins.getRootDir().toPath();
        FileUtils.deleteDirectory(home.resolve("project-deployer").toFile());
        Files.deleteIfExists(home.resolve(ProjectDeployerConfiguration.class.getName() + ".xml"));
        ProjectDeployerConfiguration.get().load();
        Engine.open();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(JenkinsRule.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return rule;
    }

    /** A rule that no JUnit 4 runs. */
    private static final class Rule extends JenkinsRule {

        private Rule(Class<?> tests) {
            testDescription = Description.createTestDescription(tests.getName(), "all");
        }

        @Override
        public void recipe() throws Exception {
            ACL.as2(ACL.SYSTEM2);
            super.recipe();
        }
    }
}

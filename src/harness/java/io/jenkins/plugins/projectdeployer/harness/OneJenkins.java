package io.jenkins.plugins.projectdeployer.harness;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.tasks.Mailer;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.runner.Description;
import org.jvnet.hudson.test.JenkinsRule;

/** See {@link WithOneJenkins}. */
final class OneJenkins implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private Rule rule;

    @Override
    public void beforeAll(ExtensionContext context) {
        WithOneJenkins wanted = context.getRequiredTestClass().getAnnotation(WithOneJenkins.class);
        if (wanted != null && wanted.fresh()) {
            end(context);
        }
        rule = store(context).computeIfAbsent(Rule.class, key -> Rule.start(), Rule.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(OneJenkins.class));
    }

    private static void end(ExtensionContext context) {
        Rule running = store(context).remove(Rule.class, Rule.class);
        if (running != null) {
            running.close();
        }
    }

    /** For tests that start Jenkins themselves: there can be only one in a JVM. */
    static final class Ends implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            end(context);
        }
    }

    /** Leaves nothing of what tests of ours make: items, agents, people, credentials, approvals, our own configuration and records. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Jenkins jenkins = rule.jenkins;
        jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ACL.as2(ACL.SYSTEM2);
        JenkinsLocationConfiguration.get().setAdminAddress(null);
        Mailer.descriptor().setSmtpHost(null);
        Mailer.descriptor().setSmtpPort(null);
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
    private static final class Rule extends JenkinsRule implements AutoCloseable {

        private Rule() {
            testDescription = Description.createTestDescription(OneJenkins.class.getName(), "all");
        }

        static Rule start() {
            Rule rule = new Rule();
            try {
                rule.before();
            } catch (Throwable e) {
                throw new IllegalStateException("Jenkins did not start", e);
            }
            return rule;
        }

        @Override
        public void recipe() throws Exception {
            ACL.as2(ACL.SYSTEM2);
            super.recipe();
        }

        @Override
        public void close() {
            try {
                after();
            } catch (Exception e) {
                throw new IllegalStateException("Jenkins did not stop", e);
            }
        }
    }
}

package io.jenkins.plugins.projectdeployer.jenkins;

import hudson.ExtensionList;
import hudson.PluginWrapper;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.gate.Notifier;
import io.jenkins.plugins.projectdeployer.hook.HookApproval;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.mail.RequestLink;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.jenkins.security.DeployerPermissions;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsGlobalRights;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.jenkins.step.MovedJobs;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;
import org.springframework.security.access.AccessDeniedException;

/** What the engine needs from outside, as Jenkins has it. Called from the engine's threads, which act as nobody. */
final class JenkinsSurroundings implements ProjectDeployer.Surroundings {

    private final JenkinsPeople people = new JenkinsPeople();

    @Override
    public Path home() {
        return Jenkins.get().getRootDir().toPath().resolve("project-deployer");
    }

    @Override
    public Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public String key(NodeAddress node) {
        return NodeKeys.key(node);
    }

    @Override
    public String secret(String credentialsId) {
        return NodeKeys.secret(credentialsId);
    }

    /** A killed build with performance-optimized durability never comes back: nobody would wait for the update's end. */
    @Override
    public boolean wanted(DeployRequest.Origin origin) {
        return origin == null || origin.run() == null || MovedJobs.isBuilding(origin.run());
    }

    @Override
    public boolean mayCreateProjects(String userId) {
        return people.holds(userId, DeployerPermissions.CREATE_PROJECT);
    }

    @Override
    public void changeGrants(String userId, Infrastructure before, List<Grant<InfrastructureRight>> grants) {
        ProjectDeployerConfiguration.get().changeGrants(before, grants);
    }

    @Override
    public boolean mayOverrideFreeze(String userId) {
        return people.holds(userId, DeployerPermissions.OVERRIDE_FREEZE);
    }

    @Override
    public boolean mayBreakGlass(String userId) {
        return people.holds(userId, DeployerPermissions.BREAK_GLASS);
    }

    @Override
    public GlobalRights globalRights() {
        return new JenkinsGlobalRights();
    }

    @Override
    public List<Notifier> notifiers() {
        return List.copyOf(ExtensionList.lookup(Notifier.class));
    }

    @Override
    public String requestLink(long update) {
        return RequestLink.of(update);
    }

    @Override
    public boolean mayReadAudit(String userId) {
        return people.holds(userId, DeployerPermissions.READ_AUDIT);
    }

    /** Jenkins refuses to name a job that may be known to be there, but not read; one that is hidden is none. */
    @Override
    public boolean mayReadJob(String fullName) {
        try {
            return Jenkins.get().getItemByFullName(fullName) != null;
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    @Override
    public FolderRules folderRules(String fullName) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) { // on threads of the engine, too
            Item job = Jenkins.get().getItemByFullName(fullName);
            return job == null ? FolderRules.NONE : FolderScope.of(job);
        }
    }

    @Override
    public FolderRules folderRules(DeployRequest.Origin origin) {
        return folderRules(MovedJobs.jobOf(origin.run()).orElse(origin.job()));
    }

    /** Outside {@code WEB-INF/lib}, so that it is on no class path but the hook workers'. */
    @Override
    public Path jython() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin("project-deployer");
        return Path.of(URI.create(plugin.baseResourceURL.toExternalForm())).resolve("WEB-INF/jython/jython-standalone.jar");
    }

    @Override
    public HookApproval hookApproval() {
        return new ApprovedHooks();
    }

    /** Goes through the proxy that Jenkins is configured with. */
    @Override
    public OkHttpClient http() {
        return JenkinsOkHttpClient.newClientBuilder(new OkHttpClient()).build();
    }

    /** Nobody has a barrier but the tests that stop and kill a controller. */
    @Override
    public Barrier barrier() {
        return name -> ExtensionList.lookup(Barrier.class).forEach(barrier -> barrier.at(name));
    }
}

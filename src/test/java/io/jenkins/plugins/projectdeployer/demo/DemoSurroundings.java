package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.hook.HookApproval;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;

/** Stands in for Jenkins. */
final class DemoSurroundings implements ProjectDeployer.Surroundings {

    private final Path home;
    private final DemoConfiguration configuration;
    private final People people;

    DemoSurroundings(Path home, DemoConfiguration configuration) {
        this.home = home;
        this.configuration = configuration;
        people = new DemoPeople(configuration.users());
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Configuration configuration() {
        return configuration.deployer();
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public String key(NodeAddress node) {
        return secret(node.credentialsId());
    }

    @Override
    public String secret(String credentialsId) {
        String secret = configuration.secrets().get(credentialsId);
        if (secret == null) {
            throw Refused.notFound("credential", credentialsId);
        }
        return secret;
    }

    @Override
    public boolean wanted(DeployRequest.Origin origin) {
        return true;
    }

    /** The configuration says who may create projects; nobody has Jenkins' own permission for it. */
    @Override
    public boolean mayCreateProjects(String userId) {
        return false;
    }

    /** Whoever administers has all rights; nobody else has Jenkins' own. */
    @Override
    public GlobalRights globalRights() {
        return new GlobalRights() {
            @Override
            public Set<GlobalRight> of(String userId, Set<String> groups) {
                return userId.equals("admin") ? Set.of(GlobalRight.values()) : Set.of();
            }

            @Override
            public Set<String> groups() {
                return Set.of();
            }
        };
    }

    /** Found on the class path, without loading anything of it. */
    @Override
    public Path jython() {
        try {
            Class<?> one = Class.forName("org.python.util.jython", false, DemoSurroundings.class.getClassLoader());
            return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("jython-standalone is not on the class path", e);
        }
    }

    /** In Jenkins an administrator approves each text; here all are approved. */
    @Override
    public HookApproval hookApproval() {
        return text -> {};
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.health;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.NodeCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Looks every ten minutes whether the configured nodes can be deployed to, one after the other. */
@Extension
public final class NodeWatch extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(NodeWatch.class.getName());

    public NodeWatch() {
        super("Project Deployer's look at its nodes");
    }

    @Override
    public long getRecurrencePeriod() {
        return 10 * MIN;
    }

    @Override
    public long getInitialDelay() {
        return MIN;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        try {
            ProjectDeployer engine = Engine.get();
            Configuration configuration = ProjectDeployerConfiguration.get().configuration();
            List<NodeProblem> problems = new ArrayList<>();
            configuration.infrastructures().forEach(infrastructure -> infrastructure.nodes().forEach(node ->
                    problems(infrastructure.id(), node, key -> engine.checkAutomationNode(node, key)).forEach(problems::add)));
            configuration.designNodes().forEach(design ->
                    problems(design.id(), design.node(), key -> engine.checkDesignNode(design.node(), key)).forEach(problems::add));
            ExtensionList.lookupSingleton(UnreachableNodes.class).found(problems);
        } catch (Refused e) {
            LOGGER.log(Level.WARNING, "The nodes could not be looked at: {0}", e.getMessage());
        }
    }

    private interface Look {
        NodeCheck with(Supplier<String> key);
    }

    private static Stream<NodeProblem> problems(String owner, NodeAddress node, Look look) {
        List<String> found;
        try {
            found = look.with(() -> NodeKeys.key(node)).problems();
        } catch (Refused | IllegalArgumentException e) {
            found = List.of(e.getMessage());
        }
        return found.stream().map(problem -> new NodeProblem(owner, node.url(), problem));
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.NodeDirectory;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import io.jenkins.plugins.projectdeployer.node.NodeResources;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a node with the infrastructure's own key. The lists there have no pages (facts E9), so each is read once. */
final class HttpNodeReader implements NodeReader {

    private final BiFunction<String, NodeAddress, NodeHttp> connect;

    /** @param connect the way to a node, from how messages call it and where it is */
    HttpNodeReader(BiFunction<String, NodeAddress, NodeHttp> connect) {
        this.connect = connect;
    }

    @Override
    public NodeFacts read(NodeAddress address, String name, Deployment target, BundleContents contents)
            throws NodeException {
        AutomationNode node = new AutomationNode(connect.apply(name, address));
        NodeInfo info = node.info();
        Map<String, Optional<String>> projects = new HashMap<>();
        for (ProjectOnNode project : node.projects()) {
            projects.put(project.key(), Optional.ofNullable(project.activeBundle()));
        }
        boolean present = projects.containsKey(target.targetProject());
        String folder = target.settings().projectFolder();
        NodeDirectory directory = node.directory();
        NodeResources resources = node.resources();
        return new NodeFacts(
                info.nodeId().isBlank() ? null : info.nodeId(),
                info.nodeType(),
                info.version(),
                mapped(resources.connections(), connection -> new NodeFacts.Connection(
                        connection.type(), new NodeFacts.UsableBy(connection.usableByAll(), connection.allowedGroups()))),
                mapped(directory.users(), user -> new NodeFacts.User(user.enabled(), user.groups())),
                mapped(directory.groups(), group -> new NodeFacts.Group(group.administrators(), group.mayCreateProjects())),
                contents.codeEnvs().isEmpty() ? Map.of() : upToDate(resources.codeEnvs()),
                contents.containerExecs().isEmpty() ? Map.of() : mapped(resources.containerConfigs(),
                        config -> new NodeFacts.UsableBy(config.usableByAll(), config.allowedGroups())),
                contents.clusters().isEmpty() ? Set.of() : resources.clusters(),
                projects,
                present ? Set.copyOf(node.project(target.targetProject()).bundles().ids()) : Set.of(),
                present || folder == null || node.folders().find(folder).isPresent());
    }

    /** Bundles name code envs without their language; of two of one name, the one out of date counts. */
    private static Map<String, Boolean> upToDate(Collection<NodeResources.CodeEnv> codeEnvs) {
        return codeEnvs.stream()
                .collect(Collectors.toMap(NodeResources.CodeEnv::name, NodeResources.CodeEnv::upToDate, (a, b) -> a && b));
    }

    private static <A, B> Map<String, B> mapped(Map<String, A> from, Function<A, B> each) {
        return from.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> each.apply(entry.getValue())));
    }
}

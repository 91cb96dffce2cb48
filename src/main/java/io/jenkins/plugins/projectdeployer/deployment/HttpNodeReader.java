package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.NodeConnection;
import io.jenkins.plugins.projectdeployer.node.NodeDirectory;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import io.jenkins.plugins.projectdeployer.node.NodeResources;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.Reading;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a node with the infrastructure's own key. The lists there have no pages (facts E9), so each is read once. */
final class HttpNodeReader implements NodeReader {

    private final BiFunction<String, NodeAddress, NodeHttp> connect;
    private final Seen seen;

    /** Is told who may do what with what there is, and who there is. */
    @FunctionalInterface
    interface Seen {
        void of(NodeAddress address, String node, Collection<NodeResource> resources, NodeMembers people);
    }

    /**
     * @param connect the way to a node, from how messages call it and where it is
     * @param seen told what was read of grants on the node
     */
    HttpNodeReader(BiFunction<String, NodeAddress, NodeHttp> connect, Seen seen) {
        this.connect = connect;
        this.seen = seen;
    }

    @Override
    public NodeFacts read(NodeAddress address, String name, Deployment target, Uses uses)
            throws NodeException {
        AutomationNode node = new AutomationNode(connect.apply(name, address));
        NodeInfo info = node.info();
        NodeDirectory directory = node.directory();
        NodeResources resources = node.resources();
        Reading<List<ProjectOnNode>> onNode = Reading.of(node::projects);
        Reading<Map<String, NodeConnection>> connections = Reading.of(resources::connections);
        Reading<Map<String, NodeDirectory.User>> users = Reading.of(directory::users);
        Reading<Map<String, NodeDirectory.Group>> groups = Reading.of(directory::groups);
        FoundResources.Lists lists = FoundResources.lists(resources, uses);
        Reading.all(onNode, connections, users, groups, lists.codeEnvs(), lists.clusters(), lists.containerConfigs());
        Map<String, Optional<String>> projects = new HashMap<>();
        for (ProjectOnNode project : onNode.answer()) {
            projects.put(project.key(), Optional.ofNullable(project.activeBundle()));
        }
        boolean present = projects.containsKey(target.targetProject());
        String folder = target.settings().projectFolder();
        FoundResources found = lists.read(resources, uses);
        seen.of(address, info.nodeId() == null ? name : info.nodeId(), found.grants(),
                NodeMembers.of(users.answer(), groups.answer()));
        return new NodeFacts(
                info.nodeId(),
                info.nodeType(),
                info.version(),
                mapped(connections.answer(), connection -> new NodeFacts.Connection(
                        connection.type(), connection.grants())),
                mapped(users.answer(), user -> new NodeFacts.User(user.enabled(), user.groups())),
                mapped(groups.answer(), group -> new NodeFacts.Group(group.administrators(), group.mayCreateProjects())),
                found,
                projects,
                present ? Set.copyOf(node.project(target.targetProject()).bundles().ids()) : Set.of(),
                present || folder == null || node.folders().find(folder).isPresent());
    }

    private static <A, B> Map<String, B> mapped(Map<String, A> from, Function<A, B> each) {
        return from.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> each.apply(entry.getValue())));
    }
}

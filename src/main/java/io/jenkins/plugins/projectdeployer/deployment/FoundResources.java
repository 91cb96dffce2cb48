package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeResources;
import io.jenkins.plugins.projectdeployer.node.Reading;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the things that the project will use is on one node. Lists that the project does not touch are not read.
 *
 * @param codeEnvs name to whether it is up to date; empty where the project uses none
 * @param containerExecs names; likewise
 * @param clusters ids; likewise
 * @param grants who may do what, of those that the project uses
 * @param unread of which of them that could not be read, and why, one sentence each
 */
record FoundResources(
        Map<String, Boolean> codeEnvs, Set<String> containerExecs, Set<String> clusters, List<NodeResource> grants, List<String> unread) {

    /** The node has answered, and will answer no other way: the plan can do without. */
    private static final Set<NodeException.Kind> ANSWERED = EnumSet.of(NodeException.Kind.REFUSED, NodeException.Kind.FORBIDDEN,
            NodeException.Kind.NOT_FOUND, NodeException.Kind.UNEXPECTED, NodeException.Kind.INVALID);

    FoundResources {
        codeEnvs = Map.copyOf(codeEnvs);
        containerExecs = Set.copyOf(containerExecs);
        clusters = Set.copyOf(clusters);
        grants = List.copyOf(grants);
        unread = List.copyOf(unread);
    }

    /** The lists of what there is, each to be read once; empty where the project uses none of it. */
    static Lists lists(NodeResources node, Uses uses) {
        return new Lists(
                Reading.of(() -> uses.codeEnvs().isEmpty() ? List.of() : node.codeEnvs()),
                Reading.of(() -> uses.clusters().isEmpty() ? Set.of() : node.clusters()),
                Reading.of(() -> uses.containerExecs().isEmpty() ? Map.of() : node.containerConfigs()));
    }

    /** Lists that are read together with others, so that the node has no more calls at once than it should. */
    record Lists(
            Reading<List<NodeResources.CodeEnv>> codeEnvs,
            Reading<Set<String>> clusters,
            Reading<Map<String, NodeResources.ContainerConfig>> containerConfigs) {

        /** Once they are read: the grants of what is used; a node that does not tell those is no reason to stop. */
        FoundResources read(NodeResources node, Uses uses) throws NodeException {
            return FoundResources.read(node, uses, codeEnvs.answer(), clusters.answer(), containerConfigs.answer());
        }
    }

    private static FoundResources read(
            NodeResources node,
            Uses uses,
            List<NodeResources.CodeEnv> codeEnvs,
            Set<String> clusters,
            Map<String, NodeResources.ContainerConfig> configs) throws NodeException {
        List<Said> said = new ArrayList<>(InParallel.map(
                codeEnvs.stream().filter(codeEnv -> uses.codeEnvs().contains(codeEnv.name())).toList(),
                codeEnv -> ask("code env", codeEnv.name(), () -> node.grantsOf(codeEnv))));
        said.addAll(InParallel.map(
                clusters.stream().filter(uses.clusters()::contains).toList(),
                id -> ask("cluster", id, () -> node.grantsOfCluster(id))));
        List<NodeResource> grants = new ArrayList<>(said.stream().flatMap(each -> each.resource().stream()).toList());
        uses.containerExecs().stream().sorted().filter(configs::containsKey).forEach(name -> grants.add(configs.get(name).resource()));
        return new FoundResources(
                // Bundles name code envs without their language; of two of one name, the one out of date counts.
                codeEnvs.stream().collect(Collectors.toMap(NodeResources.CodeEnv::name, NodeResources.CodeEnv::upToDate, (a, b) -> a && b)),
                configs.keySet(),
                clusters,
                grants,
                said.stream().flatMap(each -> each.why().stream()).toList());
    }

    /** What the node says of one thing, or why it does not. */
    private record Said(Optional<NodeResource> resource, Optional<String> why) {}

    @FunctionalInterface
    private interface Question {
        NodeResource ask() throws NodeException;
    }

    private static Said ask(String kind, String name, Question question) throws NodeException {
        try {
            return new Said(Optional.of(question.ask()), Optional.empty());
        } catch (NodeException e) {
            if (!ANSWERED.contains(e.kind())) {
                throw e;
            }
            return new Said(Optional.empty(), Optional.of("The node does not say who may use " + kind + " \"" + Ids.printable(name)
                    + "\", so that was not checked: " + e.getMessage()));
        }
    }
}

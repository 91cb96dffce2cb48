package io.jenkins.plugins.projectdeployer.takeover;

import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.DataikuDeployer;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Takes deployments over. Their nodes are read and left as they are; what the other deployer has brought there counts as this
 * one's own from then on, so that the next update asks nobody to adopt the project and sends nothing twice.
 */
final class Adoption {

    private final Supplier<Configuration> configuration;
    private final Records records;
    private final Publisher publisher;
    private final BiFunction<String, NodeAddress, NodeHttp> nodes;
    private final Clock clock;

    /** @param nodes the way to a node of ours, by its name and address */
    Adoption(
            Supplier<Configuration> configuration,
            Records records,
            Publisher publisher,
            BiFunction<String, NodeAddress, NodeHttp> nodes,
            Clock clock) {
        this.configuration = configuration;
        this.records = records;
        this.publisher = publisher;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * All that can be known to stand in the way is asked before anything is published or made.
     *
     * @param source URL of the other deployer
     */
    TakeOver.Adopted adopt(String userId, DataikuDeployer deployer, String source, ForeignDeployment.Whole whole)
            throws NodeException, IOException {
        ForeignDeployment wanted = whole.deployment();
        Infrastructure infrastructure = place(wanted);
        List<String> said = new ArrayList<>(whole.left());
        Seen seen = look(wanted, infrastructure, ForeignNode.of(deployer.infrastructure(wanted.sourceInfrastructureId())), said);
        Optional<Bundle> bundle = fetch(userId, deployer, source, wanted, said);
        if (records.project(wanted.projectKey()).isEmpty()) {
            publisher.create(userId, wanted.projectKey());
        }
        DeploymentPast.Found found = bundle.isEmpty() || seen.active().isEmpty() ? null
                : new DeploymentPast.Found(bundle.get().sha256(), seen.active(), source);
        Deployment deployment = new Deployment(wanted.id(), wanted.projectKey(), infrastructure.id(), wanted.targetProject(),
                wanted.bundleId(), whole.settings(), !seen.present().isEmpty(), userId, clock.instant());
        records.create(deployment, new DeploymentPast(
                seen.present(), false, null, seen.active().size() == infrastructure.nodes().size(), 0, found));
        return new TakeOver.Adopted(deployment, bundle.isPresent(), said);
    }

    /** The infrastructure of ours that it goes to, where nothing that is here already keeps it from it. */
    private Infrastructure place(ForeignDeployment wanted) {
        if (records.deployment(wanted.id()).isPresent()) {
            throw Refused.conflict("There is a deployment \"" + wanted.id() + "\" already.");
        }
        Infrastructure infrastructure = configuration.get().infrastructure(wanted.infrastructureId()).orElseThrow(() ->
                Refused.conflict("Infrastructure \"" + wanted.infrastructureId() + "\" is not configured here: load the configuration first."));
        if (wanted.bundleId() == null) {
            throw Refused.conflict("Deployment \"" + wanted.id() + "\" has no bundle yet, so there is nothing to take over; deploy it here.");
        }
        records.deployment(infrastructure.id(), wanted.targetProject()).ifPresent(owner -> {
            throw Refused.conflict("Project " + Ids.printable(wanted.targetProject()) + " on infrastructure " + infrastructure.id()
                    + " belongs to deployment \"" + owner.id() + "\" here: delete that one first, or leave \"" + wanted.id() + "\" out.");
        });
        return infrastructure;
    }

    /**
     * @param present nodes on which the project is
     * @param active those among them on which the deployment's bundle is active
     */
    private record Seen(Set<String> present, Set<String> active) {}

    private Seen look(ForeignDeployment wanted, Infrastructure infrastructure, List<ForeignNode> theirs, List<String> said)
            throws NodeException {
        List<AutomationNode> ours = new ArrayList<>();
        List<NodeInfo> infos = new ArrayList<>();
        for (int place = 0; place < infrastructure.nodes().size(); place++) {
            AutomationNode node = new AutomationNode(nodes.apply(infrastructure.nodeName(place), infrastructure.nodes().get(place)));
            ours.add(node);
            infos.add(node.info());
        }
        SameNodes.require(infrastructure, infos, theirs, said);
        Seen seen = new Seen(new TreeSet<>(), new TreeSet<>());
        for (int place = 0; place < ours.size(); place++) {
            String name = infrastructure.nodeName(place);
            Optional<ProjectOnNode> project = ours.get(place).findProject(wanted.targetProject());
            if (project.isEmpty()) {
                said.add("Project " + Ids.printable(wanted.targetProject()) + " is not on " + name + "; its first update makes it.");
                continue;
            }
            String known = DeploymentPast.node(infos.get(place).nodeId(), infrastructure.nodes().get(place).url());
            seen.present().add(known);
            String active = project.get().activeBundle();
            if (wanted.bundleId().equals(active)) {
                seen.active().add(known);
            } else {
                said.add("On " + name + (active == null ? " no bundle" : " bundle " + Ids.printable(active)) + " is active, not "
                        + Ids.printable(wanted.bundleId()) + "; the next update changes that.");
            }
        }
        return seen;
    }

    /**
     * The bundle, published here; empty where it is gone from the other deployer, or another one has its id here, which no
     * repetition changes. Whatever may pass is thrown, so that the deployment can be adopted with its bundle later.
     */
    private Optional<Bundle> fetch(String userId, DataikuDeployer deployer, String source, ForeignDeployment wanted, List<String> said)
            throws NodeException {
        try {
            return Optional.of(deployer.download(wanted.projectKey(), wanted.bundleId(), (archive, length) ->
                    publisher.publish(userId, wanted.projectKey(), wanted.bundleId(), archive, "Project Deployer at " + source, null)));
        } catch (NodeException e) {
            if (e.kind() != NodeException.Kind.NOT_FOUND) {
                throw e;
            }
            said.add("Bundle " + Ids.printable(wanted.bundleId()) + " could not be downloaded: " + e.getMessage());
        } catch (Refused e) {
            if (e.reason() != Refused.Reason.CONFLICT) {
                throw e;
            }
            said.add("Bundle " + Ids.printable(wanted.bundleId()) + " could not be published here: " + e.getMessage());
        }
        return Optional.empty();
    }
}

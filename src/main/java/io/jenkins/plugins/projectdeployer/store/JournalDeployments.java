package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.EntryJson.facts;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.read;
import static io.jenkins.plugins.projectdeployer.store.EntryJson.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Deployments, as the journal has them. */
final class JournalDeployments {

    /** How the types of its entries begin. */
    static final String TYPE = "deployment.";

    private static final String DEPLOYMENT_CREATED = TYPE + "created";
    private static final String DEPLOYMENT_CHANGED = TYPE + "changed";
    private static final String DEPLOYMENT_DELETED = TYPE + "deleted";

    private final Journal journal;
    private final EntryWriter writer;
    private final Catalogue catalogue;
    private final DeploymentTable deployments;
    private final UpdateTable updates;

    JournalDeployments(Journal journal, EntryWriter writer, Catalogue catalogue, DeploymentTable deployments, UpdateTable updates) {
        this.journal = journal;
        this.writer = writer;
        this.catalogue = catalogue;
        this.deployments = deployments;
        this.updates = updates;
    }

    boolean everDeployed(String deploymentId) {
        return deployments.past(deploymentId).deployed() || updates.open().stream()
                .anyMatch(update -> deploymentId.equalsIgnoreCase(update.deploymentId()) && update.isDeployed());
    }

    Set<String> sentTo(String deploymentId, String sha256) {
        Set<String> nodes = new TreeSet<>(deployments.past(deploymentId).foundOn(sha256));
        deployments.told(deploymentId).filter(told -> sha256.equals(told.sha256()))
                .or(() -> toldEarlier(deploymentId, sha256))
                .ifPresent(told -> nodes.addAll(told.sentTo()));
        return nodes;
    }

    /** Not the newest bundle: it is read back what was told of it last. */
    private Optional<DeploymentPast.Told> toldEarlier(String deploymentId, String sha256) {
        return updates.sayWhereSent(deploymentId, sha256).stream()
                .takeWhile(seq -> seq > deployments.deletedAt(deploymentId))
                .map(seq -> journal.read(seq).facts())
                .filter(facts -> facts.has(JournalUpdates.PAST))
                .map(facts -> read(facts.get(JournalUpdates.PAST), DeploymentPast.Told.class))
                .filter(told -> sha256.equals(told.sha256()))
                .findFirst();
    }

    /** @param past what was done with it elsewhere */
    void create(Deployment deployment, DeploymentPast past) {
        synchronized (writer) {
            catalogue.require(deployment.projectKey());
            if (!Ids.isValid(deployment.id())) {
                throw Refused.invalid("Deployment id \"" + Ids.printable(deployment.id()) + "\" must be letters, digits, dots,"
                        + " dashes and underscores, 64 at most, beginning with a letter or digit and not ending in a dot.");
            }
            if (deployments.byId(deployment.id()).isPresent()) {
                throw Refused.conflict("There is a deployment \"" + deployment.id() + "\" already.");
            }
            deployments.byTarget(deployment.infrastructureId(), deployment.targetProject()).ifPresent(owner -> {
                throw Refused.conflict("Project \"" + Ids.printable(deployment.targetProject()) + "\" on infrastructure \""
                        + deployment.infrastructureId() + "\" belongs to another deployment.");
            });
            ObjectNode facts = facts();
            facts.set("deployment", tree(deployment));
            if (!past.equals(DeploymentPast.NONE)) {
                facts.set(JournalUpdates.PAST, tree(past));
            }
            writer.write(DEPLOYMENT_CREATED, facts, null);
        }
    }

    void change(Deployment deployment, String by) {
        synchronized (writer) {
            Deployment before = requireDeployment(deployment.id());
            if (!before.id().equals(deployment.id()) || !before.projectKey().equals(deployment.projectKey())
                    || !before.infrastructureId().equals(deployment.infrastructureId())
                    || !before.targetProject().equals(deployment.targetProject())) {
                throw Refused.conflict("Deployment \"" + before.id() + "\" links project \""
                        + Ids.printable(before.projectKey()) + "\" to \"" + Ids.printable(before.targetProject()) + "\" on \""
                        + before.infrastructureId() + "\", which cannot be changed: create another deployment.");
            }
            writer.write(DEPLOYMENT_CHANGED, facts().put("by", by).set("deployment", tree(deployment)), null);
        }
    }

    Deployment changeAtRest(String id, String by, UnaryOperator<Deployment> change) {
        synchronized (writer) {
            Deployment before = requireDeployment(id);
            requireAtRest(before);
            Deployment after = change.apply(before);
            if (!after.equals(before)) {
                change(after, by);
            }
            return after;
        }
    }

    void deleteDeployment(String id, String by) {
        synchronized (writer) {
            Deployment deployment = requireDeployment(id);
            requireAtRest(deployment);
            writer.write(DEPLOYMENT_DELETED, facts().put("deployment", deployment.id()).put("by", by), null);
        }
    }

    boolean isOf(Update update, Deployment deployment) {
        // Until it has been looked at, it is of the deployment that it names.
        String wanted = update.deploymentId() == null && !update.status().ended() ? update.request().deploymentId() : update.deploymentId();
        if (!deployment.id().equalsIgnoreCase(wanted)
                || !deployment.projectKey().equals(update.request().project())
                || !deployment.infrastructureId().equalsIgnoreCase(update.request().infrastructure())) {
            return false;
        }
        return !isEarlier(update.number(), deployment);
    }

    /** Whether the update of this number ended before there was this deployment. */
    boolean isEarlier(long number, Deployment deployment) {
        long end = updates.endedAt(number);
        return end != 0 && end <= deployments.beganAt(deployment.id());
    }

    /** Takes over what an entry says, new ones and old ones alike. */
    void apply(Entry entry, LiveEntries live) {
        ObjectNode facts = entry.facts();
        long seq = entry.seq();
        switch (entry.type()) {
            case DEPLOYMENT_CREATED, DEPLOYMENT_CHANGED -> {
                Deployment deployment = read(facts.get("deployment"), Deployment.class);
                deployments.put(deployment);
                live.put(seq, "deployment", DeploymentTable.key(deployment.id()));
                if (entry.type().equals(DEPLOYMENT_CHANGED)) {
                    deployments.changed(deployment.id(), facts.path("by").textValue());
                } else {
                    deployments.began(deployment.id(), seq);
                    live.put(seq, "deployment created", DeploymentTable.key(deployment.id()));
                    if (facts.has(JournalUpdates.PAST)) {
                        deployments.past(new DeploymentPast.Told(
                                deployment.id(), read(facts.get(JournalUpdates.PAST), DeploymentPast.class), null, null));
                    }
                }
            }
            case DEPLOYMENT_DELETED -> {
                String id = DeploymentTable.key(facts.path("deployment").textValue());
                deployments.remove(id, seq);
                live.remove("deployment", id);
                live.remove("deployment created", id);
                live.remove(JournalUpdates.PAST, id);
                live.put(seq, "deployment deleted", id);
            }
            default -> throw EntryJson.unknown(entry);
        }
    }

    private Deployment requireDeployment(String id) {
        return deployments.byId(id).orElseThrow(() -> Refused.notFound("deployment", id));
    }

    /** An open update carries out what it has planned, and would lay that over a change. */
    private void requireAtRest(Deployment deployment) {
        updates.open().stream().filter(update -> isOf(update, deployment)).findFirst().ifPresent(update -> {
            throw new StillNeeded("Deployment \"" + deployment.id() + "\"", update);
        });
    }
}

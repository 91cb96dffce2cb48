package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What must survive: published projects, bundles, deployments and updates. Each change is durable when its method
 * returns, and visible only then. Rights are not checked here. Keys and ids are found as they are written, ids of ours
 * (deployments) ignoring case.
 */
public interface Records {

    /** The published project of this key. */
    Optional<PublishedProject> project(String key);

    /** All published projects, by key. */
    List<PublishedProject> projects();

    /** Adds a published project; refused when there is one of this key. */
    void create(PublishedProject project);

    /** Replaces the grants of a published project. */
    default void changeGrants(String projectKey, List<Grant<ProjectRight>> grants, String by) {
        changeGrants(projectKey, by, before -> grants);
    }

    /** The same, from those that there are; nobody else changes them in between. */
    void changeGrants(String projectKey, String by, UnaryOperator<List<Grant<ProjectRight>>> change);

    /** Removes a published project; refused while it has deployments; its bundles go with it. */
    void deleteProject(String projectKey, String by);

    /** One bundle. */
    Optional<Bundle> bundle(String projectKey, String bundleId);

    /** The same without release notes and contents, which cost a look into the journal. */
    Optional<Bundle> bundleInBrief(String projectKey, String bundleId);

    /** A project's bundles, newest first. */
    List<Bundle> bundles(String projectKey);

    /** The same without release notes and contents, each of which costs a look into the journal. */
    List<Bundle> bundlesInBrief(String projectKey);

    /**
     * Adds a bundle whose file is complete on disk. The same id with the same content is taken again silently and
     * answered with the record that is there; the same id with other content is refused, also when the earlier bundle was
     * deleted meanwhile: a node may still have it under this id.
     */
    Bundle publish(Bundle bundle);

    /** Whether a bundle's file has this digest, so that it must not be deleted. */
    boolean namesFile(String sha256);

    /** Removes a bundle; refused while a deployment has it or an open update needs it. */
    void deleteBundle(String projectKey, String bundleId, String by);

    /** When each bundle of a project was last seen active on a node of an infrastructure, the latest last. */
    Map<String, Instant> deployed(String projectKey, String infrastructureId);

    /** The deployment of this id. */
    Optional<Deployment> deployment(String id);

    /** The deployment that owns this project on this infrastructure. */
    Optional<Deployment> deployment(String infrastructureId, String targetProject);

    /** All deployments, by id. */
    List<Deployment> deployments();

    /** Adds a deployment; refused when the id or the target is taken. */
    default void create(Deployment deployment) {
        create(deployment, DeploymentPast.NONE);
    }

    /**
     * The same for one that was carried out elsewhere so far.
     *
     * @param past what counts as done by the deployment itself from now on
     */
    void create(Deployment deployment, DeploymentPast past);

    /** Replaces a deployment's bundle, settings or adoption. */
    void change(Deployment deployment, String by);

    /**
     * Changes a deployment of which no update is open; none begins in between.
     *
     * @throws StillNeeded when an update of it is open
     */
    Deployment changeAtRest(String id, String by, UnaryOperator<Deployment> change);

    /**
     * Whether it was this deployment's update, and not that of another which had or wanted the same id: told by the order
     * of entries, since clocks go wrong.
     */
    boolean isOf(Update update, Deployment deployment);

    /** Removes a deployment; refused while an update of it is open. */
    void deleteDeployment(String id, String by);

    /** Takes a request. The same key is taken once: asked again, this answers with the update that is there. */
    Update submit(DeployRequest request);

    /** Records what happened to an update and answers with what it is now. */
    default Update record(long number, UpdateEvent event) {
        return record(number, List.of(event));
    }

    /**
     * Records what happened to an update at once.
     *
     * @param events one to four, in their order; an end stands alone
     */
    Update record(long number, List<UpdateEvent> events);

    /** The update of this number, ended ones too. */
    Optional<Update> update(long number);

    /**
     * The same without a look at the details of one that has ended: who asked, what, where, when, and how it ended, without
     * plan, messages and phases. That stays of it for ever, and is quick to read.
     */
    Optional<Update> updateInBrief(long number);

    /** The update that was submitted with this key. */
    Optional<Update> update(String key);

    /** Updates that have not ended, in the order in which they were submitted. */
    List<Update> openUpdates();

    /**
     * Updates of this deployment, newest first, each read only when it is asked for; not those of another that had or
     * wanted the same id.
     */
    default Stream<Update> history(Deployment deployment) {
        return history(deployment, Long.MAX_VALUE);
    }

    /** The newest of them, as {@link #updateInBrief} has it. */
    Optional<Update> lastInBrief(Deployment deployment);

    /** All of them, but only those before the update of this number. */
    Stream<Update> history(Deployment deployment, long before);

    /**
     * Updates of this deployment that have ended and had sent something to a node, newest first, each read only when it is
     * asked for. Dry runs, refused ones and such as were stopped before are passed over without a look at them.
     */
    Stream<Arrival> arrivals(Deployment deployment);

    /** Updates of all deployments before the one of this number, newest first, {@code limit} at most. */
    List<Update> updates(long before, int limit);

    /** Who has changed this deployment last, or has had an update change it; empty where nobody has since it was made. */
    Optional<String> changedBy(String deploymentId);

    /** Whether an update of this deployment has had its bundle active on every node. */
    boolean everDeployed(String deploymentId);

    /** What this deployment's ended updates did; nothing where there is no such deployment. */
    DeploymentPast past(String deploymentId);

    /** Nodes, as {@link DeploymentPast#node} names them, on which the bundle of this digest has arrived from this deployment. */
    Set<String> sentTo(String deploymentId, String sha256);

    /** What each node said that it is when it was last planned with, by infrastructure and address. */
    List<SeenNode> seenNodes();

    /**
     * Replaces what is only looked at by its digest: details of updates that ended before {@code endedBefore} and whose
     * approvals are not owed any more, and contents of deleted bundles that were published before then. Numbers, names,
     * times, outcomes and hashes stay.
     *
     * @return how many payloads were removed; the newest entries keep theirs for now
     */
    long forgetDetails(Instant endedBefore);

    /** What is recorded at the gates of stages. */
    GateRecords gates();

    /** A fact for the audit that changes nothing else, such as a refused request. */
    void audit(String type, Object facts);

    /** What was recorded before the entry of this number, newest first, {@code limit} at most. */
    List<Entry> entries(long before, int limit);

    /**
     * Where the journal stands: what to keep elsewhere, to show later that nothing before it was changed. Whoever reads
     * records after this finds at least what is recorded up to here.
     */
    Anchor head();
}

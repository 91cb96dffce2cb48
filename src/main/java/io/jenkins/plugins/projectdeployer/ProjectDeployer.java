package io.jenkins.plugins.projectdeployer;

import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.DesignExport;
import io.jenkins.plugins.projectdeployer.deployment.Steering;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.Emergencies;
import io.jenkins.plugins.projectdeployer.gate.Notifier;
import io.jenkins.plugins.projectdeployer.gate.PreApprovals;
import io.jenkins.plugins.projectdeployer.hook.HookApproval;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookValidation;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.NodeCheck;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.takeover.TakeOver;
import io.jenkins.plugins.projectdeployer.web.OwnApi;
import io.jenkins.plugins.projectdeployer.web.PublicApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** The front door: wires the packages below; adapters talk to nothing else. */
public final class ProjectDeployer implements AutoCloseable {

    private final Wiring wiring;

    private ProjectDeployer(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What the engine needs from outside. */
    public interface Surroundings {

        /** Where journal, bundles and hook workers live. */
        Path home();

        /** The configuration as it is at this moment. */
        Configuration configuration();

        /** The directory of people. */
        People people();

        /**
         * The API key of a node, looked up at this moment.
         *
         * @throws Refused when there is no such credential
         */
        String key(NodeAddress node);

        /**
         * The value of a secret that a hook may know.
         *
         * @throws Refused when there is no such credential
         */
        String secret(String credentialsId);

        /** Whether the build that asked is still there and building. */
        boolean wanted(DeployRequest.Origin origin);

        /** Whether the holder of this user id may publish a project for the first time, where no rule names creators. */
        boolean mayCreateProjects(String userId);

        /** Whether the holder of this user id has the Jenkins permission to let an update through a freeze. */
        default boolean mayOverrideFreeze(String userId) {
            return false;
        }

        /** Whether the holder of this user id has the Jenkins permission to open a gate in an emergency. */
        default boolean mayBreakGlass(String userId) {
            return false;
        }

        /** Whether the holder of this user id has the Jenkins permission to read the audit, which is about everything. */
        default boolean mayReadAudit(String userId) {
            return false;
        }

        /** The same rights and Jenkins' own Administer, of groups and users whom no directory is asked about. */
        default GlobalRights globalRights() {
            return GlobalRights.NONE;
        }

        /** Whether whoever asks on this thread may read the job of this full name; one that is gone may not be read. */
        default boolean mayReadJob(String fullName) {
            return false;
        }

        /** What the folders around the job of this full name let it use; nothing is said of one that is gone. */
        default FolderRules folderRules(String fullName) {
            return FolderRules.NONE;
        }

        /** The same of the job that asked, by whatever name it is found now. */
        default FolderRules folderRules(DeployRequest.Origin origin) {
            return folderRules(origin.job());
        }

        /** Who is told what happens at gates, besides the webhooks that the gates name. */
        default List<Notifier> notifiers() {
            return List.of();
        }

        /** Where people find a request to approve; null where there is no page for it. */
        default String requestLink(long update) {
            return null;
        }

        /** What time it is. */
        default Clock clock() {
            return Clock.systemUTC();
        }

        /**
         * Takes changed grants of an infrastructure into the configuration; see
         * {@link io.jenkins.plugins.projectdeployer.web.InfrastructureGrants}.
         */
        default void changeGrants(String userId, Infrastructure before, List<Grant<InfrastructureRight>> grants) {
            throw Refused.conflict("Infrastructure " + before.id() + " is configured elsewhere; change its permissions there.");
        }

        /** The jar that runs hooks which name no code env. */
        Path jython();

        /** Whether a hook's text may run. */
        HookApproval hookApproval();

        /** The HTTP client that calls to nodes derive from: proxy settings, connection pool. */
        default OkHttpClient http() {
            return new OkHttpClient();
        }

        /** How long calls to nodes may take. */
        default NodeTimeouts nodeTimeouts() {
            return NodeTimeouts.configured();
        }

        /** Opens the journal; tests put it on a disk of theirs. */
        default FileJournal journal() {
            return FileJournal.open(home().resolve("journal"), clock());
        }

        /** Where tests stop a controller. */
        default Barrier barrier() {
            return Barrier.NONE;
        }
    }

    /** Opens the store. Updates that an earlier controller left open go on once {@link #resume} is called. */
    public static ProjectDeployer open(Surroundings surroundings) throws IOException {
        return new ProjectDeployer(new Wiring(surroundings));
    }

    /** Goes on with what an earlier controller left open; call it once builds can be found again. */
    public void resume() {
        wiring.resume();
    }

    /**
     * The configuration was saved and holds by now: its author does not approve what it changes, and whoever waits is
     * looked at again.
     *
     * @param userId who saved it in person; null: nobody, for instance because it came as code
     */
    public void configurationSaved(String userId) {
        wiring.configurationSaved(userId);
    }

    /** What waits for whom, and their decisions; rights are checked there. */
    public Approvals approvals() {
        return wiring.gates().approvals(wiring.deployments().engine());
    }

    /** Approvals before anybody has asked; rights are checked there. */
    public PreApprovals preApprovals() {
        return wiring.gates().preApprovals(wiring.deployments().planning());
    }

    /** The two ways past a gate, each a right of its own; rights are checked there. */
    public Emergencies emergencies() {
        return wiring.gates().emergencies(wiring.deployments().engine());
    }

    /**
     * Puts a bundle onto the controller.
     *
     * @param userId who publishes
     * @param projectKey the published project; null: the one that the bundle says
     * @param bundleId what the bundle must say of itself; null: anything
     * @param archive read to its end, not closed
     * @param origin where it comes from, for people
     * @param releaseNotes may be null
     */
    public Bundle publish(
            String userId, String projectKey, String bundleId, InputStream archive, String origin, String releaseNotes)
            throws IOException {
        return wiring.deployments().publisher().publish(userId, projectKey, bundleId, archive, origin, releaseNotes);
    }

    /** Makes bundles on design nodes and puts them onto the controller. */
    public DesignExport designExport() {
        return wiring.deployments().designExport();
    }

    /** What people change without an update: deployments, bundles, grants; rights are checked there. */
    public Administration administration() {
        return wiring.deployments().administration();
    }

    /** The public API in Dataiku's shapes, for whoever holds a key; rights are checked there. */
    public PublicApi api() {
        return wiring.api();
    }

    /** What the pages show and do, for whoever is logged in; rights are checked there. */
    public OwnApi ownApi() {
        return wiring.ownApi();
    }

    /** Coming from a Dataiku Deployer; rights are checked there. */
    public TakeOver takeOver() {
        return wiring.takeOver();
    }

    /** How deployments are; rights are the caller's to check. */
    public DeploymentHealth health() {
        return wiring.deployments().health();
    }

    /** Updates that people start and end by hand; rights are checked there. */
    public Steering steering() {
        return wiring.deployments().steering();
    }

    /** Takes a request; the same key is taken once, however often it is submitted. Returns when it is durable. */
    public Update submit(DeployRequest request) {
        return wiring.deployments().engine().submit(request);
    }

    /** Follows the update of this key; an ended one answers at once. */
    public void follow(String key, UpdateListener listener) {
        wiring.deployments().engine().follow(number(key), listener);
    }

    /** Tells this listener nothing more of the update of this key. */
    public void unfollow(String key, UpdateListener listener) {
        wiring.deployments().engine().unfollow(number(key), listener);
    }

    /** Asks the update of this key to end at its next boundary; hooks are killed at once, calls to nodes are given up. */
    public void abort(String key, String by) {
        wiring.deployments().engine().abort(number(key), by);
    }

    /** Looks at this update again: the build that asked for it has ended, and an update that waits would hear of it too late. */
    public void buildEnded(long number) {
        wiring.deployments().engine().wake(number);
    }

    /** Which hooks hold a slot on this controller, and which wait for one; rights are the caller's to check. */
    public HookThrottle.Snapshot hookSlots() {
        return wiring.throttle().snapshot();
    }

    /**
     * Whether a node can be deployed to, asked of the node at this moment with a key that need not be kept anywhere.
     *
     * @param key where the key comes from; asked when the call goes out
     */
    public NodeCheck checkAutomationNode(NodeAddress address, Supplier<String> key) {
        return NodeCheck.ofAutomation(wiring.node(address, key));
    }

    /** The same for a node that bundles are exported from. */
    public NodeCheck checkDesignNode(NodeAddress address, Supplier<String> key) {
        return NodeCheck.ofDesign(wiring.node(address, key));
    }

    /** Compiles a hook in the engine that would run it, and runs nothing of it. */
    public CompletableFuture<Optional<HookValidation.Problem>> checkHook(HookText text) {
        return wiring.hooks().check(text);
    }

    /** What is recorded; rights are the caller's to check. */
    public Records records() {
        return wiring.records();
    }

    /** Stops; what is open goes on at the next start. */
    @Override
    public void close() {
        wiring.close();
    }

    private long number(String key) {
        return wiring.records().update(key).map(Update::number).orElseThrow(() -> Refused.notFound("update", key));
    }
}

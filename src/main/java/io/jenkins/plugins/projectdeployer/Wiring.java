package io.jenkins.plugins.projectdeployer;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.Deployments;
import io.jenkins.plugins.projectdeployer.deployment.EarlierStage;
import io.jenkins.plugins.projectdeployer.gate.Gates;
import io.jenkins.plugins.projectdeployer.gate.Notifier;
import io.jenkins.plugins.projectdeployer.gate.Webhooks;
import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookWorkerSettings;
import io.jenkins.plugins.projectdeployer.hook.HookWorkers;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.KeySource;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.JournalRecords;
import io.jenkins.plugins.projectdeployer.store.JournalVerifier;
import io.jenkins.plugins.projectdeployer.takeover.TakeOver;
import io.jenkins.plugins.projectdeployer.web.DeployerDoor;
import io.jenkins.plugins.projectdeployer.web.OwnApi;
import io.jenkins.plugins.projectdeployer.web.PublicApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** How the packages hang together: opens all in order, closes it in the opposite one. */
final class Wiring implements AutoCloseable {

    private final Opened opened = new Opened();
    private final JournalRecords records;
    private final HookThrottle throttle;
    private final Gates gates;
    private final Deployments deployments;
    private final Supplier<Configuration> configuration;
    private final PublicApi api;
    private final OwnApi ownApi;
    private final TakeOver takeOver;
    private final HookRunner hooks;
    private final ProjectDeployer.Surroundings surroundings;

    Wiring(ProjectDeployer.Surroundings surroundings) throws IOException {
        this.surroundings = surroundings;
        Clock clock = surroundings.clock();
        configuration = surroundings::configuration;
        Configuration atOpening = surroundings.configuration();
        try {
            FileJournal journal = opened.add(surroundings.journal());
            records = opened.add(JournalRecords.open(journal));
            BundleFiles files = opened.add(BundleFiles.open(bundles(surroundings.home(), atOpening), records.journalId(),
                    records::namesFile, records::deletedFile));
            HookLimits limits = atOpening.hookLimits();
            HookWorkers workers = opened.add(new HookWorkers(HookWorkerSettings
                    .defaults(surroundings.home().resolve("hooks"), surroundings.jython()).withLauncher(limits.launcher())));
            workers.sweep();
            ExecutorService callbacks = Executors.newCachedThreadPool(Wiring::daemon);
            opened.add(callbacks::shutdown);
            throttle = opened.add(new HookThrottle(HookThrottle.Settings.of(limits), callbacks));
            hooks = opened.add(new HookRunner(workers, throttle, surroundings.hookApproval(),
                    () -> surroundings.configuration().hookLimits()));
            People people = surroundings.people();
            Access access = new Access(people);
            List<Notifier> notifiers = new ArrayList<>(surroundings.notifiers());
            notifiers.add(new Webhooks(surroundings.http(), surroundings::secret, surroundings::requestLink, Duration.ofSeconds(5)));
            gates = opened.add(Gates.of(new Gates.Parts(surroundings::configuration, people, access, records,
                    surroundings::mayOverrideFreeze, surroundings::mayBreakGlass, notifiers, surroundings::requestLink,
                    EarlierStage.now(this::health, configuration), EarlierStage.lately(this::health, configuration),
                    clock)));
            deployments = opened.add(Deployments.of(new Deployments.Parts(
                    surroundings::configuration,
                    people,
                    access,
                    records,
                    files,
                    gates,
                    hooks,
                    surroundings.http(),
                    surroundings.nodeTimeouts(),
                    surroundings::key,
                    surroundings::secret,
                    surroundings::mayCreateProjects,
                    surroundings::wanted,
                    surroundings::folderRules,
                    userId -> new DeployerDoor(this::api, userId),
                    surroundings.barrier(),
                    clock)));
            api = new PublicApi(surroundings::configuration, people, access, records, deployments, gates.outlook(), surroundings::changeGrants);
            takeOver = new TakeOver(surroundings::configuration, people, records, deployments.publisher(), this::deployer,
                    (name, address) -> node(name, address, () -> surroundings.key(address)), clock);
            ownApi = new OwnApi(new OwnApi.Parts(surroundings::configuration, people, surroundings.globalRights(), access, records,
                    deployments, gates, throttle::snapshot, surroundings::mayReadAudit, surroundings::mayReadJob, surroundings::folderRules,
                    expected -> JournalVerifier.verify(journal.directory(), expected), takeOver));
        } catch (IOException | RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    /** Deployments are made after their gates. */
    private DeploymentHealth health() {
        return deployments.health();
    }

    JournalRecords records() {
        return records;
    }

    Deployments deployments() {
        return deployments;
    }

    Gates gates() {
        return gates;
    }

    /** Goes on with what an earlier controller left open. */
    void resume() {
        // What was changed while no engine was open was changed by somebody whom nobody knows.
        configurationSaved(null);
        gates.followUps().resume();
        deployments.engine().resume();
    }

    void configurationSaved(String userId) {
        gates.savedConfiguration(deployments.engine()).saved(configuration.get(), userId);
        hooks.limitsChanged();
    }

    PublicApi api() {
        return api;
    }

    OwnApi ownApi() {
        return ownApi;
    }

    HookRunner hooks() {
        return hooks;
    }

    TakeOver takeOver() {
        return takeOver;
    }

    /** A node with a key of its own, for one look at it. */
    NodeHttp node(NodeAddress address, Supplier<String> key) {
        return node(address.url(), address, key::get);
    }

    private NodeHttp node(String name, NodeAddress address, KeySource key) {
        return NodeHttp.to(NodeEndpoint.of(name, address), key, surroundings.http(), surroundings.nodeTimeouts());
    }

    /** Another deployer, which is no node and has other keys. */
    private NodeHttp deployer(NodeAddress address) {
        return node("the other deployer", address, KeySource.ofDeployer(() -> surroundings.key(address)));
    }

    HookThrottle throttle() {
        return throttle;
    }

    private static Path bundles(Path home, Configuration configuration) {
        String directory = configuration.bundleStorage().directory();
        return directory == null ? home.resolve("bundles") : Path.of(directory);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "project-deployer hook results");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        opened.close();
    }
}

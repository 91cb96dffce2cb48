package io.jenkins.plugins.projectdeployer;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.Deployments;
import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookWorkerSettings;
import io.jenkins.plugins.projectdeployer.hook.HookWorkers;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.JournalRecords;
import io.jenkins.plugins.projectdeployer.web.DeployerDoor;
import io.jenkins.plugins.projectdeployer.web.DeployerResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How the packages hang together: opens all in order, closes it in the opposite one. */
final class Wiring implements AutoCloseable {

    private final FileJournal journal;
    private final JournalRecords records;
    private final BundleFiles files;
    private final HookWorkers workers;
    private final HookThrottle throttle;
    private final HookRunner hooks;
    private final ExecutorService callbacks;
    private final Deployments deployments;

    Wiring(ProjectDeployer.Surroundings surroundings) throws IOException {
        Clock clock = Clock.systemUTC();
        Configuration configuration = surroundings.configuration();
        journal = FileJournal.open(surroundings.home().resolve("journal"), clock);
        BundleFiles opened = null;
        try {
            records = JournalRecords.open(journal);
            opened = BundleFiles.open(bundles(surroundings.home(), configuration), records.journalId(), records::namesFile,
                    records::deletedFile);
            files = opened;
            HookLimits limits = configuration.hookLimits();
            workers = new HookWorkers(HookWorkerSettings.defaults(surroundings.home().resolve("hooks"), surroundings.jython())
                    .withLauncher(limits.launcher()));
            workers.sweep();
            callbacks = Executors.newCachedThreadPool(Wiring::daemon);
            throttle = new HookThrottle(HookThrottle.Settings.of(limits), callbacks);
            hooks = new HookRunner(workers, throttle, surroundings.hookApproval(),
                    () -> surroundings.configuration().hookLimits());
            People people = surroundings.people();
            Access access = new Access(people);
            DeployerResources resources = new DeployerResources(surroundings::configuration, access, records);
            deployments = Deployments.of(new Deployments.Parts(
                    surroundings::configuration,
                    people,
                    access,
                    records,
                    files,
                    hooks,
                    surroundings.http(),
                    surroundings.nodeTimeouts(),
                    surroundings::key,
                    surroundings::secret,
                    surroundings::mayCreateProjects,
                    surroundings::wanted,
                    userId -> new DeployerDoor(resources, people, userId),
                    surroundings.barrier(),
                    clock));
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            journal.close();
            throw e;
        }
    }

    JournalRecords records() {
        return records;
    }

    Deployments deployments() {
        return deployments;
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
        deployments.engine().close();
        hooks.close();
        throttle.close();
        workers.close();
        callbacks.shutdown();
        files.close();
        records.close();
        journal.close();
    }
}

package io.jenkins.plugins.projectdeployer.jenkins;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.jenkins.config.TypedKeys;
import io.jenkins.plugins.projectdeployer.jenkins.security.DeployerPermissions;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one engine of this controller: open while Jenkins is up. */
public final class Engine {

    private static final Logger LOGGER = Logger.getLogger(Engine.class.getName());
    private static final int OPENING_SECONDS = 300;

    private static volatile CompletableFuture<ProjectDeployer> opening = new CompletableFuture<>();

    private Engine() {}

    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void registerPermissions() {
        DeployerPermissions.register();
    }

    /** Opens when configuration, credentials and jobs are there: updates that were under way go on at once. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void open() {
        if (opening.isDone()) {
            opening = new CompletableFuture<>();
        }
        try {
            ProjectDeployer opened = ProjectDeployer.open(new JenkinsSurroundings());
            opened.resume();
            opening.complete(opened);
        } catch (IOException | RuntimeException e) {
            // Jenkins itself must come up all the same, so that somebody can put it right.
            LOGGER.log(Level.SEVERE, "The Project Deployer could not be opened; nothing can be deployed", e);
            opening.completeExceptionally(e);
        }
        TypedKeys.forgetUnused();
    }

    @Terminator
    public static void close() {
        if (opening.isDone() && !opening.isCompletedExceptionally()) {
            opening.join().close();
        }
        opening = new CompletableFuture<>();
    }

    /**
     * The configuration was saved. An engine that is not open yet finds out when it opens, but not who it was; one that
     * could not be opened is tried again, since this may have been what it needed.
     *
     * @param userId who saved it in person; null: nobody
     */
    public static void configurationSaved(String userId) {
        if (opening.isCompletedExceptionally()) {
            try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
                open();
            }
            return;
        }
        Optional<ProjectDeployer> now = opened();
        if (now.isEmpty()) {
            return;
        }
        try {
            now.get().configurationSaved(userId);
        } catch (RuntimeException e) {
            // It is saved all the same; the change is noticed later, as one whose author nobody knows.
            LOGGER.log(Level.WARNING, "The author of a change of the configuration could not be recorded", e);
        }
    }

    /** The engine, if it is open at this moment. */
    public static Optional<ProjectDeployer> opened() {
        CompletableFuture<ProjectDeployer> now = opening;
        return now.isDone() && !now.isCompletedExceptionally() ? Optional.of(now.join()) : Optional.empty();
    }

    /** Why it could not be opened, for administrators: journals name their paths. Null when it could, or was not tried yet. */
    public static String problem() {
        CompletableFuture<ProjectDeployer> now = opening;
        return now.isCompletedExceptionally() ? now.handle((opened, e) -> Objects.toString(e.getMessage(), e.toString())).join() : null;
    }

    /**
     * The engine, awaited while Jenkins starts. Not for threads that must not wait.
     *
     * @throws Refused when it could not be opened
     */
    public static ProjectDeployer get() {
        try {
            return opening.get(OPENING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.Engine_notOpened());
        } catch (TimeoutException e) {
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.Engine_notYet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.Engine_notAwaited());
        }
    }
}

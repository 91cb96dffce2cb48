package io.jenkins.plugins.projectdeployer;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The front door: wires the packages below; adapters talk to nothing else. */
public final class ProjectDeployer implements AutoCloseable {

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
         * @throws io.jenkins.plugins.projectdeployer.model.Refused when there is no such credential
         */
        String key(NodeAddress node);

        /** The value of a secret that a hook may know. */
        String secret(String credentialsId);

        /** Whether the build that asked is still there and building; true when no build asked. */
        boolean wanted(DeployRequest.Origin origin);

        /** Whether the holder of this user id may publish a project for the first time, where no rule names creators. */
        boolean mayCreateProjects(String userId);

        /** The jar that runs hooks which name no code env. */
        Path jython();
    }

    /** Opens the store, and goes on with what an earlier controller left behind. */
    public static ProjectDeployer open(Surroundings surroundings) throws IOException {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Takes a request; the same key is taken once, however often it is submitted. Returns when it is durable. */
    public Update submit(DeployRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Follows the update of this key; an ended one answers at once. */
    public void follow(String key, UpdateListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Asks the update of this key to end at its next boundary; hooks are killed at once, nodes told to stop. */
    public void abort(String key, String by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

package io.jenkins.plugins.projectdeployer.hook;

import java.util.List;
import java.util.Objects;

/**
 * What {@code execute} is called with, besides the two clients and the secrets (Dataiku: A5.2 to A5.4).
 *
 * @param requestingUser who asked for the deployment
 * @param deploymentId the deployment in progress
 * @param report what became of it; null in a pre-deployment hook
 * @param deployingUser who carries it out on the node
 * @param deployedProjectKey the project's key on the node
 */
public record HookArguments(
        String requestingUser, String deploymentId, Report report, String deployingUser, String deployedProjectKey) {

    public HookArguments {
        Objects.requireNonNull(requestingUser, "requestingUser");
        Objects.requireNonNull(deploymentId, "deploymentId");
        Objects.requireNonNull(deployingUser, "deployingUser");
        Objects.requireNonNull(deployedProjectKey, "deployedProjectKey");
    }

    /** {@code deployment_report}: arrives in the hook as {@code {"status": …, "messages": […]}}. */
    public record Report(HookStatus status, List<String> messages) {
        public Report {
            Objects.requireNonNull(status, "status");
            messages = List.copyOf(messages);
        }
    }
}

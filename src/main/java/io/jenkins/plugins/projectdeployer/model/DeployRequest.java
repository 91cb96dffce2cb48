package io.jenkins.plugins.projectdeployer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What somebody asks for: bring this project, in this bundle, to this infrastructure.
 *
 * @param key random, made by whoever asks and kept by them: the same key is taken once, however often it is submitted
 * @param requestedBy Jenkins user ids; the first is the requesting user, each of them must hold the rights
 * @param origin where it was asked for
 * @param project published project's key
 * @param bundle bundle id; null: the one that the deployment has
 * @param designNode id of the design node that the bundle is exported from first; null: it is published already
 * @param infrastructure id
 * @param deploymentId null: {@code PROJECT-on-INFRASTRUCTURE}
 * @param targetProject project key on the node; null: the bundle's own
 * @param settings what changes in the deployment's own settings
 * @param testScenarios ids of scenarios run after activation; one that neither succeeds nor warns fails the update; null:
 *     those that the deployment's settings name
 * @param onFailure what then; null: what the deployment's settings say
 * @param dryRun stop after the plan
 * @param queue wait behind another update of the deployment instead of being refused
 * @param adopt take over a project that is on the node and that no deployment claims
 * @param ignoreWarnings end in {@link UpdateStatus#SUCCESS} where the plan warned; warnings stop nothing either way
 * @param releaseNotes for a bundle exported here
 * @param rollBackOf number of the update to undo; null for a deployment
 */
public record DeployRequest(
        String key,
        List<String> requestedBy,
        Origin origin,
        String project,
        String bundle,
        String designNode,
        String infrastructure,
        String deploymentId,
        String targetProject,
        SettingsChange settings,
        List<String> testScenarios,
        OnFailure onFailure,
        boolean dryRun,
        boolean queue,
        boolean adopt,
        boolean ignoreWarnings,
        String releaseNotes,
        Long rollBackOf) {

    public DeployRequest {
        Objects.requireNonNull(key, "key");
        requestedBy = Text.list(requestedBy);
        project = Text.trimmed(project);
        bundle = Text.trimmed(bundle);
        designNode = Text.trimmed(designNode);
        infrastructure = Text.trimmed(infrastructure);
        deploymentId = Text.trimmed(deploymentId);
        targetProject = Text.trimmed(targetProject);
        settings = Text.orElse(settings, SettingsChange.NONE);
        testScenarios = testScenarios == null ? null : List.copyOf(testScenarios);
    }

    /** The requesting user. */
    public String requestingUser() {
        return requestedBy.get(0);
    }

    /** Everybody who has asked for it, in their own name or behind another one. */
    public List<String> askers() {
        List<String> all = new ArrayList<>(requestedBy);
        if (origin != null) {
            origin.startedBy().stream().filter(starter -> !all.contains(starter)).forEach(all::add);
        }
        return all;
    }

    /** The same request for another bundle. */
    public DeployRequest withBundle(String otherBundle) {
        return new DeployRequest(key, requestedBy, origin, project, otherBundle, designNode, infrastructure, deploymentId,
                targetProject, settings, testScenarios, onFailure, dryRun, queue, adopt, ignoreWarnings, releaseNotes, rollBackOf);
    }

    /**
     * The same request once more, by somebody who asks for it in person.
     *
     * @param otherKey of the new request
     * @param by Jenkins user id
     * @param fetched the bundle that the first one has brought onto the controller; null: none
     * @param deployment id of the one that the first one was of
     */
    public DeployRequest again(String otherKey, String by, String fetched, String deployment) {
        return new DeployRequest(otherKey, List.of(by), null, project, fetched == null ? bundle : fetched,
                fetched == null ? designNode : null, infrastructure, deployment, targetProject, settings, testScenarios, onFailure,
                dryRun, queue, adopt, ignoreWarnings, releaseNotes, rollBackOf);
    }

    /** Starts a request with what every one needs; {@link Builder} sets the rest. */
    public static Builder of(String key, String requestedBy, String project, String infrastructure) {
        return new Builder(key, List.of(requestedBy), project, infrastructure);
    }

    /**
     * Where a request came from.
     *
     * @param run id by which Jenkins finds the run again; null when no build asked
     * @param job full name of the job; null likewise
     * @param link for people; may be null
     * @param startedBy ids of all people who had a hand in starting the run, also where it runs as somebody else: they ask
     *     for no rights by that, and may not approve what they have started
     */
    public record Origin(String run, String job, String link, List<String> startedBy) {

        public Origin {
            startedBy = Text.list(startedBy);
        }

        /** A run that nobody but the requesting users has started. */
        public Origin(String run, String job, String link) {
            this(run, job, link, null);
        }
    }

    /** Sets what a request may leave open. */
    public static final class Builder {

        private final String key;
        private final List<String> requestedBy;
        private final String project;
        private final String infrastructure;
        private Origin origin;
        private String bundle;
        private String designNode;
        private String deploymentId;
        private String targetProject;
        private SettingsChange settings;
        private List<String> testScenarios;
        private OnFailure onFailure;
        private boolean dryRun;
        private boolean queue;
        private boolean adopt;
        private boolean ignoreWarnings;
        private String releaseNotes;
        private Long rollBackOf;

        public Builder(String key, List<String> requestedBy, String project, String infrastructure) {
            this.key = key;
            this.requestedBy = requestedBy;
            this.project = project;
            this.infrastructure = infrastructure;
        }

        public Builder origin(Origin value) {
            origin = value;
            return this;
        }

        public Builder bundle(String value) {
            bundle = value;
            return this;
        }

        public Builder designNode(String value) {
            designNode = value;
            return this;
        }

        public Builder deploymentId(String value) {
            deploymentId = value;
            return this;
        }

        public Builder targetProject(String value) {
            targetProject = value;
            return this;
        }

        public Builder settings(SettingsChange value) {
            settings = value;
            return this;
        }

        public Builder testScenarios(List<String> value) {
            testScenarios = value;
            return this;
        }

        public Builder onFailure(OnFailure value) {
            onFailure = value;
            return this;
        }

        public Builder dryRun(boolean value) {
            dryRun = value;
            return this;
        }

        public Builder queue(boolean value) {
            queue = value;
            return this;
        }

        public Builder adopt(boolean value) {
            adopt = value;
            return this;
        }

        public Builder ignoreWarnings(boolean value) {
            ignoreWarnings = value;
            return this;
        }

        public Builder releaseNotes(String value) {
            releaseNotes = value;
            return this;
        }

        public Builder rollBackOf(Long value) {
            rollBackOf = value;
            return this;
        }

        public DeployRequest build() {
            return new DeployRequest(key, requestedBy, origin, project, bundle, designNode, infrastructure, deploymentId,
                    targetProject, settings, testScenarios, onFailure, dryRun, queue, adopt, ignoreWarnings, releaseNotes,
                    rollBackOf);
        }
    }
}

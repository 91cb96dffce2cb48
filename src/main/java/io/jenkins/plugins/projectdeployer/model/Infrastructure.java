package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where projects are deployed to: one automation node, or several that are deployed and looked at as one. {@code seed},
 * which says who owns it once code has created it, is for pages; deployments do not depend on it.
 *
 * @param id unique ignoring case
 * @param stage name of the {@link Stage} it belongs to
 * @param nodes at least one
 * @param externalUrl base URL for links that people follow; null: the first node's
 * @param grants who may do what; nobody else knows that it exists
 * @param connections connections renamed in deployments created from now on (facts A3.3)
 * @param codeEnvs code envs renamed likewise
 * @param containerExecs containerized execution configurations renamed likewise
 * @param codeEnvsBehavior what preload does with code envs
 * @param policies whose rights are used and left behind
 * @param hooks in the order in which they run
 * @param allowedJobs full-name patterns of jobs that may deploy here when started by the {@code build} step of another
 */
@JsonIgnoreProperties("seed")
public record Infrastructure(
        String id,
        String stage,
        List<NodeAddress> nodes,
        String externalUrl,
        List<Grant<InfrastructureRight>> grants,
        List<Remap> connections,
        List<Remap> codeEnvs,
        List<Remap> containerExecs,
        CodeEnvsBehavior codeEnvsBehavior,
        Policies policies,
        List<Hook> hooks,
        List<String> allowedJobs) {

    public Infrastructure {
        id = Text.trimmed(id);
        stage = Text.trimmed(stage);
        nodes = Text.list(nodes);
        externalUrl = Text.trimmed(externalUrl);
        grants = Text.list(grants);
        connections = Text.list(connections);
        codeEnvs = Text.list(codeEnvs);
        containerExecs = Text.list(containerExecs);
        codeEnvsBehavior = Text.orElse(codeEnvsBehavior, CodeEnvsBehavior.DEFAULT);
        policies = Text.orElse(policies, Policies.DEFAULT);
        hooks = Text.list(hooks);
        allowedJobs = Text.list(allowedJobs);
    }

    /** The three remapping tables as one. */
    @JsonIgnore
    public Remapping remapping() {
        return new Remapping(connections, codeEnvs, containerExecs);
    }

    /** The hooks of a phase, in their order. */
    public List<Hook> hooks(HookPhase phase) {
        return hooks.stream().filter(hook -> hook.phase() == phase).toList();
    }

    /** The same as seen by whoever does not administer it. */
    Infrastructure withoutHooks() {
        return new Infrastructure(id, stage, nodes, externalUrl, grants, connections, codeEnvs, containerExecs, codeEnvsBehavior,
                policies, List.of(), allowedJobs);
    }

    /** The same infrastructure with other hooks. */
    public Infrastructure withHooks(List<Hook> others) {
        return new Infrastructure(id, stage, nodes, externalUrl, grants, connections, codeEnvs, containerExecs, codeEnvsBehavior,
                policies, others, allowedJobs);
    }

    /** How messages call a node that has not said what it calls itself, by its place from 0. */
    public String nodeName(int place) {
        return id + (nodes.size() == 1 ? "" : " node " + (place + 1));
    }

    /** Where people find a deployed project. */
    public String link(String projectKey) {
        String base = externalUrl != null ? externalUrl : nodes.get(0).url();
        String key = URLEncoder.encode(projectKey, StandardCharsets.UTF_8).replace("+", "%20");
        return base.replaceAll("/+$", "") + "/projects/" + key + "/";
    }
}

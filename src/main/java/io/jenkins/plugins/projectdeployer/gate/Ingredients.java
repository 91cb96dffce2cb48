package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that will act when an update goes on, as one digest for each ingredient: what an approval binds (design 7). Each is
 * SHA-256 over canonical JSON, so equal ingredients have equal digests, and of unequal ones it can be said which.
 *
 * <p>Left out by name, because they do not act or change by themselves: a deployment's creator and time of creation; an
 * infrastructure's grants (asked again when the wait ends), allowed jobs and base URL of links; a gate's freezes (looked
 * at when the wait ends) and webhooks; a node's version and name; remarks of the plan that warn of nothing.
 */
public final class Ingredients {

    static final String REQUESTER = "requester";
    static final String INFRASTRUCTURE = "infrastructure";
    static final String HOOKS = "hooks";
    static final String GATE = "gate";

    private Ingredients() {}

    /** The digests of an update that was planned so, before this gate. */
    public static Map<String, String> of(DeployRequest request, Plan plan, StageGate gate) {
        Deployment deployment = plan.deployment();
        Plan.Users users = plan.users();
        Map<String, String> digests = new TreeMap<>(ofConfiguration(plan.infrastructure(), plan.codeEnvs(), gate));
        digests.put(REQUESTER, digest(request.requestedBy(), users.requestingUser(), users.requestingLogin()));
        digests.put("bundle", digest(deployment.projectKey(), deployment.bundleId(), plan.bundleSha256()));
        digests.put("users", digest(users.deployingUser(), users.scenariosRunAsUser(), users.webAppsRunAsUser()));
        digests.put("target", digest(deployment.id(), deployment.infrastructureId(), deployment.targetProject(),
                deployment.adopted(), plan.firstDeployment(), plan.nodes().stream().map(Plan.PlannedNode::nodeId).toList()));
        digests.put("settings", digest(deployment.settings(), plan.remapping(), plan.permissions()));
        digests.put("parameters", digest(plan.testScenarios(), plan.onFailure(), request.adopt(), request.ignoreWarnings(),
                request.rollBackOf(), plan.restore()));
        digests.put("node", digest(plan.nodes().stream().map(Ingredients::found).toList(), warnings(plan)));
        return digests;
    }

    /** Those of them that the configuration alone decides: comparing them costs no look at a node. */
    static Map<String, String> ofConfiguration(Infrastructure infrastructure, List<CodeEnv> codeEnvs, StageGate gate) {
        Map<String, String> digests = new TreeMap<>();
        digests.put(INFRASTRUCTURE, digest(infrastructure.id(), infrastructure.nodes(), infrastructure.codeEnvsBehavior(),
                infrastructure.policies()));
        digests.put(HOOKS, digest(infrastructure.hooks(), codeEnvs.stream()
                .map(codeEnv -> List.of(codeEnv.name(), String.valueOf(codeEnv.interpreter()))).toList()));
        digests.put(GATE, digest(infrastructure.stage(), gate.approvals(), gate.approvers(), gate.excludeEditorsWithin(),
                gate.timeLimit(), gate.promoteFrom(), gate.promoteAfter(), gate.promoteHealth()));
        return digests;
    }

    /** The same as things are configured now. */
    static Map<String, String> ofConfiguration(Infrastructure infrastructure, Configuration now) {
        List<CodeEnv> codeEnvs = infrastructure.hooks().stream()
                .map(Hook::codeEnv)
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(name -> now.codeEnv(name).stream())
                .toList();
        return ofConfiguration(infrastructure, codeEnvs, now.gate(infrastructure));
    }

    /** The names of those ingredients of {@code now} that are not what they were. */
    static List<String> changed(Map<String, String> before, Map<String, String> now) {
        return new TreeSet<>(now.keySet()).stream().filter(name -> !now.get(name).equals(before.get(name))).toList();
    }

    /** All but the requester, whom an approval in advance cannot know. */
    static Map<String, String> withoutRequester(Map<String, String> digests) {
        Map<String, String> others = new TreeMap<>(digests);
        others.remove(REQUESTER);
        return others;
    }

    /** Tells one state of an infrastructure from another, grants included. */
    static String revision(Infrastructure infrastructure) {
        return digest(infrastructure);
    }

    /** One digest over all ingredients, for people to compare. */
    public static String whole(Map<String, String> digests) {
        return digest(new TreeMap<>(digests));
    }

    private static Object found(Plan.PlannedNode node) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("node", node.nodeId() == null ? node.address().url() : node.nodeId());
        facts.put("present", node.projectPresent());
        facts.put("active", node.activeBundle());
        if (node.unsecured()) {
            facts.put("unsecured", true);
        }
        return facts;
    }

    private static List<Message> warnings(Plan plan) {
        return plan.messages().stream().filter(message -> message.severity() != Message.Severity.INFO).toList();
    }

    static String digest(Object... parts) {
        try {
            byte[] json = Json.text(Arrays.asList(parts)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

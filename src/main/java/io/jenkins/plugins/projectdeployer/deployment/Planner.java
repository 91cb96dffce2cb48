package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Decision;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes the plan of an update: looks into the bundle and at every node, finds all problems at once, and freezes what will
 * be done (design 4). Changes nothing anywhere.
 */
final class Planner {

    private static final int NAMES_SHOWN = 20;

    private final Access access;
    private final People people;
    private final NodeOwners owners;
    private final HookCheck hooks;

    /** @param approved whether somebody has approved the text of a hook */
    Planner(Access access, People people, NodeOwners owners, Predicate<HookText> approved) {
        this.access = access;
        this.people = people;
        this.owners = owners;
        this.hooks = new HookCheck(access, people, approved);
    }

    /** The plan, with errors in it where it cannot be carried out; a node that cannot be read is one of them. */
    Plan plan(PlanInput input, NodeReader reader) {
        Intent intent = intent(input);
        Findings general = new Findings(null);
        List<CodeEnv> codeEnvs = hooks.codeEnvs(input.infrastructure(), input.configuration(), general);
        ofBundleAndRequest(input, intent, general);

        List<NodeReading> readings = NodeReading.all(input.infrastructure(), intent.deployment(), intent.uses(), reader);
        List<NodeFacts> nodes = readings.stream().flatMap(reading -> reading.facts().stream()).toList();
        Optional<Decision> adoption = adoption(input);
        boolean adopts = adoption.map(Decision::granted).orElse(false) && readings.stream().anyMatch(reading ->
                !intent.ownsTarget(reading) && reading.facts().filter(node -> node.hasProject(intent.targetProject())).isPresent());
        Deployment deployment = adopts ? input.wanted().afterAdoption() : input.wanted();

        boolean nowhere = nodes.stream().noneMatch(node -> node.hasProject(intent.targetProject()));
        boolean everywhere = nodes.stream().allMatch(node -> node.hasProject(intent.targetProject()));
        boolean first = nowhere || !input.past().secured() && !deployment.adopted();
        List<Plan.PlannedNode> planned = readings.stream().map(reading -> reading.planned(intent)).toList();
        boolean secures = first || !everywhere || planned.stream().anyMatch(Plan.PlannedNode::unsecured);
        List<ProjectPermissions> wanted = secures
                ? Propagation.wanted(policies(input).permissionsPropagation(), intent.contents(), intent.users().deployingUser())
                : List.of();

        List<Message> messages = new ArrayList<>(general.messages());
        messages.addAll(ofNodes(readings, intent, wanted, new TargetCheck(owners, adoption)));
        messages.addAll(withoutWayBack(readings, input.restore()));
        Plan.Scheme scheme = secures ? Propagation.scheme(intent.users().deployingUser(), wanted, nodes) : null;
        return new Plan(
                deployment,
                first,
                input.bundle().sha256(),
                input.infrastructure(),
                codeEnvs,
                intent.users(),
                intent.remapping(),
                scheme,
                planned,
                input.testScenarios(),
                input.onFailure(),
                input.restore(),
                messages);
    }

    private Intent intent(PlanInput input) {
        Remapping own = input.wanted().settings().remapping();
        Remapping remapping = input.wanted().settings().useInfrastructureRemapping()
                ? input.infrastructure().remapping().overriddenBy(own)
                : own;
        return new Intent(input.wanted(), input.past(), input.sentTo(), input.bundle(), input.infrastructure(), users(input),
                remapping);
    }

    private Plan.Users users(PlanInput input) {
        String requesting = input.request().requestingUser();
        String login = input.configuration().loginMapping().login(requesting, people::userKey);
        Policies policies = policies(input);
        return new Plan.Users(
                requesting,
                login,
                policies.deployAsUser() == null ? login : policies.deployAsUser(),
                policies.scenariosRunAsUser(),
                policies.webAppsRunAsUser());
    }

    private static Policies policies(PlanInput input) {
        return input.infrastructure().policies();
    }

    private static void ofBundleAndRequest(PlanInput input, Intent intent, Findings findings) {
        intent.contents().notes().forEach(note -> findings.info("BUNDLE_NOTE", "Bundle " + quoted(intent.bundle().bundleId()) + ": "
                + Ids.printable(note, 500)));
        RemapCheck.check(intent, findings);
        ScenarioCheck.check(intent, input.testScenarios(), findings);
        WebAppUsers.check(intent, findings);
    }

    /** Everybody who asked has to administer the infrastructure to take over what nobody claims. */
    private Optional<Decision> adoption(PlanInput input) {
        if (!input.request().adopt()) {
            return Optional.empty();
        }
        return input.requesters().stream()
                .map(person -> access.may(person, input.infrastructure(), InfrastructureRight.ADMIN))
                .reduce(Decision::and);
    }

    private static List<Message> ofNodes(
            List<NodeReading> readings, Intent intent, List<ProjectPermissions> wanted, TargetCheck targetCheck) {
        List<PlanCheck> checks = List.of(new VersionCheck(), new UserCheck(), new ConnectionCheck(), new CodeEnvCheck(),
                new ContainerCheck(), new ResourceCheck(), (node, ignored, findings) -> leftOut(wanted, node, findings));
        List<Message> messages = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeReading reading : readings) {
            Findings findings = new Findings(reading.name());
            reading.problem().ifPresent(problem -> findings.error(problem.code(), problem.text()));
            reading.facts().ifPresent(node -> {
                targetCheck.on(reading, node, intent, findings);
                checks.forEach(check -> check.on(node, intent, findings));
                listedTwice(node, seen, findings);
            });
            messages.addAll(findings.messages());
        }
        return messages;
    }

    /** A node that has joined, or has moved to another address, since the update that is undone. */
    private static List<Message> withoutWayBack(List<NodeReading> readings, WayBack restore) {
        if (restore == null) {
            return List.of();
        }
        return readings.stream()
                .filter(reading -> restore.nodes().stream().noneMatch(state -> state.url().equals(reading.address().url())))
                .map(reading -> Message.error("ROLL_BACK_NODES_CHANGED", "The update to undo did not go to this node, or not at this"
                        + " address, so nothing is known to go back to there; deploy a bundle instead.").onNode(reading.name()))
                .toList();
    }

    private static void leftOut(List<ProjectPermissions> wanted, NodeFacts node, Findings findings) {
        List<Principal> missing = Propagation.missing(wanted, node);
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().limit(NAMES_SHOWN).map(principal -> Ids.printable(principal.toString())).toList();
            String more = missing.size() > NAMES_SHOWN ? " and " + (missing.size() - NAMES_SHOWN) + " more" : "";
            findings.info("PRINCIPAL_LEFT_OUT", "Not on the node, and so without permissions on the project: " + String.join(", ", names)
                    + more + "; none of them is created, grant permissions there once they exist.");
        }
    }

    private static void listedTwice(NodeFacts node, Set<String> seen, Findings findings) {
        if (node.nodeId() != null && !seen.add(node.nodeId())) {
            findings.error("NODE_LISTED_TWICE", "Two addresses of the infrastructure lead to this node; remove one of them.");
        }
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.BundleFile;
import io.jenkins.plugins.projectdeployer.node.DocumentChange;
import io.jenkins.plugins.projectdeployer.node.NodeDocument;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.NodeReport;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.ScenarioRun;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The deployed project on one node, as one phase sees it. What changes the project is done as the deploying user; what
 * only an administrator may do, with the infrastructure's key itself (facts A4.9, A4.12).
 */
final class TargetProject {

    private final AutomationNode admin;
    private final AutomationNode deployer;
    private final NodeProject asAdmin;
    private final NodeProject asDeployer;
    private final Plan.PlannedNode planned;
    private final UpdateRun run;

    TargetProject(AutomationNode admin, Plan.PlannedNode planned, UpdateRun run) throws NodeException {
        Plan plan = run.plan();
        this.admin = admin;
        this.deployer = admin.actingAs(plan.users().deployingUser());
        this.asAdmin = admin.project(plan.deployment().targetProject());
        this.asDeployer = deployer.project(plan.deployment().targetProject());
        this.planned = planned;
        this.run = run;
    }

    /** The node as the plan found it. */
    Plan.PlannedNode planned() {
        return planned;
    }

    /** How the deployment's past knows the node. */
    String knownAs() {
        return DeploymentPast.node(planned.nodeId(), planned.address().url());
    }

    /** Refuses where another node than the planned one answers behind its address. */
    void requireSameNode() throws NodeException, PhaseFailed {
        String nodeId = admin.info().nodeId();
        if (!Objects.equals(nodeId, planned.nodeId())) {
            throw new PhaseFailed("TARGET_CHANGED", "Another node answers than when the plan was made: it says that it is "
                    + Findings.quoted(nodeId) + ", and was " + Findings.quoted(planned.nodeId()) + "; deploy again.");
        }
    }

    /** How people name the node. */
    String node() {
        return planned.name();
    }

    /** The project with the infrastructure's key. */
    NodeProject asAdmin() {
        return asAdmin;
    }

    /** This node's part of the way back. */
    WayBack.NodeState before(WayBack wayBack) {
        return wayBack.nodes().stream()
                .filter(state -> state.url().equals(planned.address().url()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether owner and permissions are to be set here. */
    boolean securesAnew() {
        return run.plan().securesAnew(planned);
    }

    /**
     * Whoever acts here does so by a header, and how a node reads a login in it that is not ASCII is documented nowhere:
     * so it is asked whom it sees.
     */
    void requireLoginUnderstood() throws NodeException {
        String login = run.plan().users().deployingUser();
        if (login.chars().allMatch(character -> character < 128)) {
            return;
        }
        String seen;
        try {
            seen = deployer.caller().identifier();
        } catch (NodeException e) {
            if (e.kind() != NodeException.Kind.REFUSED && e.kind() != NodeException.Kind.FORBIDDEN
                    && e.kind() != NodeException.Kind.UNAUTHORIZED) {
                throw e;
            }
            seen = null;
        }
        if (!login.equals(seen)) {
            throw NodeException.invalid("Node " + node() + " does not understand the login \"" + Ids.printable(login) + "\", which"
                    + " is not ASCII; set deployAsUser of the infrastructure, or map the user to a login that is ASCII.");
        }
    }

    Optional<ProjectOnNode> find() throws NodeException {
        return admin.findProject(asAdmin.key());
    }

    /** Refuses where another bundle was activated since the plan was made; the update's own may be active already. */
    void requireActiveAsPlanned(String own) throws NodeException, PhaseFailed {
        String active = find().map(ProjectOnNode::activeBundle).orElse(null);
        if (!Objects.equals(active, planned.activeBundle()) && !Objects.equals(active, own)) {
            throw new PhaseFailed("TARGET_CHANGED", "Bundle " + (active == null ? "none" : Ids.printable(active)) + " is active now, and "
                    + (planned.activeBundle() == null ? "none" : Ids.printable(planned.activeBundle()))
                    + " was when the deployment was approved: somebody else has changed the project; deploy again.");
        }
    }

    /** Whether the project, which is there, has a bundle of this id. */
    boolean hasImported(String bundleId) throws NodeException {
        return asAdmin.bundles().ids().contains(bundleId);
    }

    /** Makes the project from its first bundle, in a folder given by its path; null: the root. */
    void create(Path archive, String folder) throws NodeException {
        deployer.createFromBundle(file(archive), folder == null ? null : folderId(folder), lines());
    }

    private String folderId(String folder) throws NodeException {
        return deployer.folders().find(folder).orElseThrow(() -> NodeException.invalid("There is no project folder \""
                + Ids.printable(folder) + "\" on node " + node() + " that " + Ids.printable(run.plan().users().deployingUser())
                + " may see; make it there, let them into it, or change projectFolder.")).id();
    }

    void importBundle(Path archive) throws NodeException {
        asDeployer.bundles().importBundle(file(archive), lines());
    }

    private BundleFile file(Path archive) {
        return new BundleFile(archive, run.update().bundleId() + ".zip");
    }

    private TransferLines lines() {
        return new TransferLines("send: " + node(), run::progress);
    }

    void preload(String bundleId) throws NodeException, PhaseFailed {
        judge("Preload", asDeployer.bundles().preload(bundleId, JobProgress.NONE));
    }

    /** @param active which scenarios are switched on with it; those left out keep their state */
    void activate(String bundleId, Map<String, Boolean> active) throws NodeException, PhaseFailed {
        judge("Activation", asDeployer.bundles().activate(bundleId, active, JobProgress.NONE));
    }

    private void judge(String what, NodeReport report) throws PhaseFailed {
        List<Message> messages = report.messages().stream().map(entry -> entry.toMessage().onNode(node())).toList();
        if (report.failed()) {
            throw new PhaseFailed(messages.isEmpty()
                    ? List.of(Message.error("NODE", what + " failed on " + node() + "; its log says why.").onNode(node()))
                    : messages);
        }
        messages.forEach(run::say);
    }

    void changeSettings(Consumer<ObjectNode> change) throws NodeException {
        taken("settings", asDeployer.settings().change(change));
    }

    void changePermissions(Consumer<ObjectNode> change) throws NodeException {
        taken("permissions", asAdmin.permissions().change(change));
    }

    void changeVariables(Consumer<ObjectNode> change) throws NodeException {
        taken("variables", asDeployer.variables().change(change));
    }

    /**
     * Sets whom a scenario runs as and whether its triggers are on, in one write.
     *
     * @return whether something had to be written
     */
    boolean changeScenario(String id, Consumer<ObjectNode> change) throws NodeException {
        return taken("scenario " + Ids.printable(id), asAdmin.scenarios().document(id).change(change));
    }

    /**
     * Sets whom a web app runs as; one whose backend runs is started again, so that it does so from now on. It is also where
     * an earlier controller may have died between the two: nothing on the node tells as whom a backend was started.
     *
     * @param runAsUser from whom its definition names now, to whom it is to name; null: whoever edits it last
     */
    boolean changeWebApp(String id, UnaryOperator<String> runAsUser) throws NodeException {
        NodeDocument document = asAdmin.webApps().document(id);
        boolean changed = taken("web app " + Ids.printable(id), document.change(webApp ->
                RunAs.set(webApp, runAsUser.apply(RunAs.configured(webApp).orElse(null)))));
        if ((changed || run.isDoneAgain()) && asAdmin.webApps().isRunning(id)) {
            asAdmin.webApps().restart(id, JobProgress.NONE);
        }
        return changed;
    }

    /** Stops a web app's backend; false when it does not run. */
    boolean stopWebApp(String id) throws NodeException {
        boolean runs = asAdmin.webApps().isRunning(id);
        if (runs) {
            asAdmin.webApps().stop(id);
        }
        return runs;
    }

    /** A node drops what it does not know and still answers 200 (facts B0); what was read back tells. */
    private boolean taken(String what, DocumentChange change) throws NodeException {
        if (!change.taken()) {
            throw NodeException.unexpected(node(), "Node " + node() + " accepted a change of " + what + " and did not keep "
                    + String.join(", ", change.notTaken()) + "; its version may not know it.");
        }
        return change.written();
    }

    /** Starts a scenario as the deploying user. */
    ScenarioRun startScenario(String id) throws NodeException {
        return asDeployer.scenarios().run(id);
    }

    /** A run that was {@linkplain TargetProjects#untilAnswered begun} whatever stops meanwhile, to be awaited as anything else. */
    ScenarioRun follow(ScenarioRun begun) {
        return asDeployer.scenarios().follow(begun);
    }

    /** A run that an earlier controller started. */
    ScenarioRun startedScenario(String id, ScenarioRun.Reference reference) throws NodeException {
        return asDeployer.scenarios().runAgain(id, reference);
    }

    /** All that an update may change here, as it is now. */
    WayBack.NodeState state() throws NodeException {
        return ProjectState.read(planned.address().url(), find(), asAdmin);
    }
}

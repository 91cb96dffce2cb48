package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;

/**
 * Makes all scenarios or all web apps of a project run as one user, on every deployment, whatever a bundle brought along
 * (facts A4.11, A4.14). Only administrators of the node may (A4.12): give it a project seen with the admin key. What is
 * right already is read and left alone.
 */
public final class RunAsUsers {

    /**
     * What became of one scenario or web app.
     *
     * @param id of the scenario or web app
     * @param before the user set before; null: whoever edited it last
     * @param change whether something was written and taken
     */
    public record Enforced(String id, String before, DocumentChange change) {}

    private RunAsUsers() {}

    /** All scenarios, those made on the node too. */
    public static List<Enforced> ofScenarios(NodeProject project, String login) throws NodeException {
        List<String> ids = project.scenarios().list().stream().map(Scenarios.Summary::id).toList();
        return InParallel.map(ids, id -> enforce(id, project.scenarios().document(id), login));
    }

    /** All web apps. Their backends go on as they are until they are restarted. */
    public static List<Enforced> ofWebApps(NodeProject project, String login) throws NodeException {
        List<String> ids = project.webApps().list().stream().map(WebApps.Summary::id).toList();
        return InParallel.map(ids, id -> enforce(id, project.webApps().document(id), login));
    }

    private static Enforced enforce(String id, NodeDocument document, String login) throws NodeException {
        DocumentChange change = document.change(definition -> RunAs.set(definition, login));
        return new Enforced(id, RunAs.configured(change.before()).orElse(null), change);
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.access.Decision;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.util.Optional;

/** The node is an automation node of this infrastructure alone, and the project there is free or this deployment's own. */
final class TargetCheck {

    private final NodeOwners owners;
    private final Optional<Decision> adoption;

    /** @param adoption empty when nobody asked to adopt; else whether those who asked may */
    TargetCheck(NodeOwners owners, Optional<Decision> adoption) {
        this.owners = owners;
        this.adoption = adoption;
    }

    void on(NodeReading reading, NodeFacts node, Intent intent, Findings findings) {
        if (!"AUTOMATION".equals(node.nodeType())) {
            findings.error("NOT_AN_AUTOMATION_NODE", "The node says that it is of type " + quoted(node.nodeType()) + "; bundles are deployed"
                    + " to nodes of type AUTOMATION: correct the URL in infrastructure " + intent.infrastructure().id() + ".");
        }
        if (node.nodeId() != null && owners.belongsToAnother(node.nodeId(), intent.infrastructure())) {
            // The other infrastructure may be none that the person may know of, so it is not named.
            findings.error("NODE_OF_ANOTHER_INFRASTRUCTURE", "The node says that it is " + quoted(node.nodeId()) + ", which belongs to"
                    + " another infrastructure already; a node belongs to one only: ask an administrator of Jenkins.");
        }
        if (!intent.targetProject().equals(intent.contents().projectKey())) {
            anotherKey(node, intent, findings);
        }
        if (node.hasProject(intent.targetProject())) {
            present(reading, node, intent, findings);
        } else if (!node.hasFolder()) {
            findings.error("PROJECT_FOLDER_MISSING", "There is no project folder "
                    + quoted(intent.deployment().settings().projectFolder()) + " on the node; make it there, or change projectFolder.");
        }
    }

    /** A node makes a project from a bundle under the bundle's own key, whatever was meant: it would be a stray one. */
    private static void anotherKey(NodeFacts node, Intent intent, Findings findings) {
        String said = "targetProject " + quoted(intent.targetProject()) + " is not the bundle's own project "
                + quoted(intent.contents().projectKey());
        if (node.hasProject(intent.targetProject())) {
            findings.warning("TARGET_PROJECT_EXPERIMENTAL", said + "; it is not known whether nodes take that.");
        } else {
            findings.error("TARGET_PROJECT_MISSING", said + ", and the node would make a project of the bundle's own key from it;"
                    + " create project " + quoted(intent.targetProject()) + " there and adopt it, or leave targetProject out.");
        }
    }

    private void present(NodeReading reading, NodeFacts node, Intent intent, Findings findings) {
        String bundleId = intent.bundle().bundleId();
        String project = "Project " + quoted(intent.targetProject());
        if (!intent.ownsTarget(reading)) {
            adopt(project, intent, findings);
        }
        if (bundleId.equals(node.activeBundle(intent.targetProject()))) {
            findings.info("ACTIVE_ALREADY", "Bundle " + quoted(bundleId) + " is active there already; it is activated again with the"
                    + " deployment's settings.");
        }
        if (node.importedBundles().contains(bundleId) && !intent.hasSent(reading)) {
            findings.error("BUNDLE_SENT_BY_OTHERS", "A bundle " + quoted(bundleId) + " is on the node that did not arrive from here, and"
                    + " nodes do not tell what is in it; delete it there, so that the published one is sent.");
        }
    }

    private void adopt(String project, Intent intent, Findings findings) {
        if (adoption.isEmpty()) {
            findings.error("PROJECT_OF_NOBODY", project + " is on the node already and no deployment claims it; an administrator of"
                    + " infrastructure " + intent.infrastructure().id() + " may take it over once with adopt: true.");
        } else if (!adoption.get().granted()) {
            findings.error("PROJECT_OF_NOBODY", project + " is on the node already, and to adopt it "
                    + Ids.printable(adoption.get().explanation()) + ".");
        } else {
            findings.info("ADOPTED", project + " is on the node already; deployment " + intent.deployment().id() + " adopts it and"
                    + " leaves its owner and permissions as they are.");
        }
    }
}

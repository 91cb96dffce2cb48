package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.Plan;

/** The users in whose name things are done or run exist on the node and are enabled (facts A4.7 to A4.12). */
final class UserCheck implements PlanCheck {

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        Plan.Users users = intent.users();
        if (intent.infrastructure().policies().deployAsUser() != null) {
            known(users.deployingUser(), "The deploy-as user", "create or enable it there, or change deployAsUser of the infrastructure",
                    node, findings);
        } else {
            known(users.deployingUser(), "The login of " + quoted(users.requestingUser()) + ",", "let that person log in there once, correct"
                    + " the login mapping, or set deployAsUser of the infrastructure", node, findings);
        }
        if (users.scenariosRunAsUser() != null) {
            known(users.scenariosRunAsUser(), "The run-as user of scenarios", "create or enable it there, or change"
                    + " scenariosRunAsUser of the infrastructure", node, findings);
        }
        if (users.webAppsRunAsUser() != null) {
            known(users.webAppsRunAsUser(), "The run-as user of web apps", "create or enable it there, or change webAppsRunAsUser of"
                    + " the infrastructure", node, findings);
        }
        mayCreate(users.deployingUser(), node, intent, findings);
    }

    private static void known(String login, String role, String remedy, NodeFacts node, Findings findings) {
        NodeFacts.User user = node.users().get(login);
        if (user == null) {
            findings.error("USER_MISSING", role + " " + quoted(login) + " does not exist on the node; " + remedy + ".");
        } else if (!user.enabled()) {
            findings.error("USER_DISABLED", role + " " + quoted(login) + " is disabled on the node; " + remedy + ".");
        }
    }

    /** The first deployment creates the project in the deploying user's name (facts A4.7). */
    private static void mayCreate(String login, NodeFacts node, Intent intent, Findings findings) {
        if (!node.hasProject(intent.targetProject()) && !node.mayCreateProjects(login).orElse(true)) {
            findings.warning("USER_MAY_NOT_CREATE_PROJECTS", "The deploying user " + quoted(login) + " may not create projects on the"
                    + " node, and project " + quoted(intent.targetProject()) + " is not there yet; let one of that user's groups"
                    + " create projects there.");
        }
    }
}

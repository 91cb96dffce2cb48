package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The code envs, clusters and containerized execution configurations that the project uses may be used by whoever deploys
 * it and by whom its scenarios and web apps run as. Activation does not look at that, but jobs and web apps fail without, so
 * these are warnings. Source: seed "Per-Resource Group Permissions".
 */
final class ResourceCheck implements PlanCheck {

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        node.resources().unread().forEach(why -> findings.info("RESOURCE_GRANTS_UNREAD", why));
        Map<String, List<String>> users = users(intent.users());
        for (NodeResource resource : node.resources().grants()) {
            List<String> not = new ArrayList<>();
            users.forEach((login, roles) -> {
                // Whoever is not there is found by UserCheck.
                if (node.users().containsKey(login) && !node.rights(login).may(resource.grants(), ResourceRight.USE)) {
                    not.add(String.join(" and ", roles) + " " + quoted(login));
                }
            });
            if (!not.isEmpty()) {
                warn(resource, capital(resource.kind().label()) + " " + quoted(resource.name()) + " may not be used by "
                        + String.join(", nor by ", not) + "; let a group of that user use it on the node.", findings);
            }
        }
    }

    private static void warn(NodeResource resource, String text, Findings findings) {
        switch (resource.kind()) {
            case CODE_ENV -> findings.warning("CODE_ENV_NOT_ALLOWED", text);
            case CLUSTER -> findings.warning("CLUSTER_NOT_ALLOWED", text);
            case CONTAINER_EXEC -> findings.warning("CONTAINER_EXEC_NOT_ALLOWED", text);
        }
    }

    /** Logins with what each is here; one may be several things. */
    private static Map<String, List<String>> users(Plan.Users users) {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        add(roles, users.deployingUser(), "the deploying user");
        add(roles, users.scenariosRunAsUser(), "the run-as user of scenarios");
        add(roles, users.webAppsRunAsUser(), "the run-as user of web apps");
        return roles;
    }

    private static void add(Map<String, List<String>> roles, String login, String role) {
        if (login != null) {
            roles.computeIfAbsent(login, it -> new ArrayList<>()).add(role);
        }
    }

    private static String capital(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }
}

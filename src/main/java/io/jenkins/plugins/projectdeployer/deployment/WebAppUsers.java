package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.Map;

/**
 * Whom a web app runs as after an update. The policy says it; without one, what arrives in a bundle is believed only where
 * it is the deploying user, or whom the web app has run as on the node: a bundle may be made by anybody who may make one
 * (facts A4.14), and web apps start by themselves (facts A2.32).
 *
 * @param policy run-as user of the infrastructure's web apps; null when there is none
 * @param deployingUser login that changes the project
 * @param before what was on the node
 */
record WebAppUsers(String policy, String deployingUser, Map<String, WayBack.WebAppState> before) {

    static WebAppUsers of(Plan plan, WayBack.NodeState before) {
        return new WebAppUsers(plan.users().webAppsRunAsUser(), plan.users().deployingUser(), before.webApps());
    }

    /** Whom it is to run as, given what stands in its definition now; null: whoever edits it last. */
    String wanted(String webAppId, String said) {
        if (policy != null) {
            return policy;
        }
        String earlier = before.containsKey(webAppId) ? before.get(webAppId).runAsUser() : null;
        if (said == null || said.equals(deployingUser) || said.equals(earlier)) {
            return said;
        }
        return earlier == null ? deployingUser : earlier;
    }

    /** Says of each web app that names somebody else in the bundle what comes of it. */
    static void check(Intent intent, Findings findings) {
        String policy = intent.users().webAppsRunAsUser();
        for (BundleContents.WebApp webApp : intent.contents().webApps()) {
            String said = webApp.runAsUser();
            if (said == null || said.equals(policy) || said.equals(intent.users().deployingUser())) {
                continue;
            }
            String that = "Web app " + quoted(webApp.id()) + " is to run as " + quoted(said) + ", the bundle says; one that starts by"
                    + " itself does so from activation until the update sets ";
            findings.info("WEB_APP_DISTRUSTED", that + (policy != null ? quoted(policy) + "; leave whom it runs as out of the bundle to avoid that."
                    : "whom it ran as before, or else " + quoted(intent.users().deployingUser())
                    + "; set webAppsRunAsUser of the infrastructure, or leave whom it runs as out of the bundle."));
        }
    }
}

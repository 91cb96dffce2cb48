package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.management.Badge;

/**
 * The sign in Jenkins' header while something waits for the visitor's decision, with how many. It goes by the groups that
 * their login has brought: no page asks the directory for it. Whoever decides is asked for anew.
 */
@Extension
public final class ApprovalsAction implements RootAction {

    private static final Logger LOGGER = Logger.getLogger(ApprovalsAction.class.getName());
    private static final int ENOUGH = 100;

    @Override
    public String getIconFileName() {
        return count() == 0 ? null : "symbol-ribbon";
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalsAction_displayName();
    }

    /** The page itself is one of {@link DeployerRoot}. */
    @Override
    public String getUrlName() {
        return "project-deployer/approvals";
    }

    @Override
    public Badge getBadge() {
        int count = count();
        return count == 0 ? null
                : new Badge(count == ENOUGH ? ENOUGH - 1 + "+" : String.valueOf(count), Messages.ApprovalsAction_waiting(count), Badge.Severity.WARNING);
    }

    /** In the header, where it is seen from every page. */
    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    private static int count() {
        try {
            Person visitor = Visitor.current().person();
            return Engine.opened().map(engine -> engine.approvals().countFor(visitor, ENOUGH)).orElse(0);
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "What waits for somebody could not be counted", e);
            return 0;
        }
    }
}

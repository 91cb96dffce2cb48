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
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The sign in Jenkins' header while something waits for the visitor's decision, with how many. It goes by the groups that
 * their login has brought: no page asks the directory for it. Whoever decides is asked for anew.
 */
@Extension
public final class ApprovalsAction implements RootAction {

    private static final Logger LOGGER = Logger.getLogger(ApprovalsAction.class.getName());
    private static final String COUNT = WaitingCount.class.getName();

    @Override
    public String getIconFileName() {
        return count().isShown() ? "symbol-ribbon" : null;
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
        WaitingCount count = count();
        return count.isShown() && count.isKnown()
                ? new Badge(count.text(), Messages.ApprovalsAction_waiting(count.number()), Badge.Severity.WARNING) : null;
    }

    /** In the header, where it is seen from every page. */
    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    /** Jenkins asks for the icon and for the badge, and its header for both again. */
    private static WaitingCount count() {
        StaplerRequest2 page = Stapler.getCurrentRequest2();
        return page == null ? WaitingCount.once(() -> null, count -> {}, ApprovalsAction::counted)
                : WaitingCount.once(() -> page.getAttribute(COUNT), count -> page.setAttribute(COUNT, count), ApprovalsAction::counted);
    }

    private static int counted() {
        try {
            Person visitor = Visitor.current().person();
            return Engine.opened().map(engine -> engine.approvals().countFor(visitor, WaitingCount.ENOUGH)).orElse(0);
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "What waits for somebody could not be counted", e);
            return 0;
        }
    }
}

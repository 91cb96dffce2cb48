package io.jenkins.plugins.projectdeployer.jenkins.page;

import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.web.Page;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/** The list of pages, as it stands above each of them. It is no page itself: at its own address there is nothing. */
public final class PageList {

    private final transient Page here;

    /** @param here the page that it stands on; null: one that is not in the list */
    PageList(Page here) {
        this.here = here;
    }

    @Restricted(DoNotUse.class) // pages.jelly
    public List<Page> getPages() {
        try {
            return Engine.get().ownApi().pages(Visitor.current().person());
        } catch (Refused e) {
            return List.of(); // the engine is not open: what the page asks for says why
        }
    }

    @Restricted(DoNotUse.class) // pages.jelly
    public boolean isAt(Page other) {
        return here == other;
    }
}

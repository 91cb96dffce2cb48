package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.model.ModelObject;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.web.Page;
import java.util.Arrays;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/** A page as Jenkins shows it: the frame, and the place where the page's module puts what it has. */
public final class PageView implements ModelObject {

    private final transient Page page;
    private final String item;

    private PageView(Page page, String item) {
        this.page = page;
        this.item = item;
    }

    /** A page about no single thing. */
    static PageView of(Page page) {
        return new PageView(page, null);
    }

    /** The page of the list at this address; null, which is answered as not found, when there is none for the visitor. */
    static PageView at(String path) {
        return Arrays.stream(Page.values())
                .filter(page -> page.isListed() && page.path().equals(path))
                .findFirst()
                .map(page -> about(page, null))
                .orElse(null);
    }

    /** A page about one thing; null, which is answered as not found, unless the visitor may see it. */
    static PageView about(Page page, String item) {
        try {
            return Engine.get().ownApi().opens(Visitor.current().person(), page, item) ? new PageView(page, item) : null;
        } catch (Refused e) {
            return new PageView(page, item); // the engine is not open: what the page asks for says why
        }
    }

    @Override
    public String getDisplayName() {
        return page.heading(item);
    }

    @Restricted(DoNotUse.class) // index.jelly
    public String getTitle() {
        return page.title();
    }

    @Restricted(DoNotUse.class) // index.jelly
    public String getModule() {
        return page.module();
    }

    /** What the page is about; null: nothing single. */
    @Restricted(DoNotUse.class) // index.jelly
    public String getItem() {
        return item;
    }

    @Restricted(DoNotUse.class) // index.jelly
    public PageList getList() {
        return new PageList(page);
    }
}

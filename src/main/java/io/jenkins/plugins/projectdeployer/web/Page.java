package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The pages below {@code /project-deployer/}, in the order in which they are offered. A page is a JavaScript module of its
 * own ({@code js/MODULE.js}) that shows what resources of {@link OwnApi} answer; whoever adds one adds a line here.
 */
public enum Page {
    DEPLOYMENTS("", "Deployments", "deployments"),
    APPROVALS("approvals", "Approvals", "approvals"),
    INFRASTRUCTURES("infrastructures", "Infrastructures", "infrastructures"),
    PROJECTS("projects", "Projects", "projects"),
    ACCESS("access", "Access", "access"),
    HOOKS("hooks", "Hooks", "hooks", View::requireAdministered),
    AUDIT("audit", "Audit", "audit", View::requireAuditor),
    TAKE_OVER("take-over", "Coming from Dataiku", "take-over", View::hideFromOthersThanAdministrators),
    DEPLOYMENT("deployment", "Deployment", "deployment", View::deployment),
    APPROVAL("approval", "Approval", "approval", View::update),
    PROJECT("project", "Project", "project", (view, key) -> view.project(key, ProjectRight.READ));

    private final String path;
    private final String title;
    private final String module;
    private final boolean listed;
    /** Refuses whoever may not open it: for them it is not there. */
    private final BiConsumer<View, String> require;

    /** A page for everybody: what is on it depends on who looks. */
    Page(String path, String title, String module) {
        this(path, title, module, true, (view, nothing) -> {});
    }

    /** A page for some. */
    Page(String path, String title, String module, Consumer<View> require) {
        this(path, title, module, true, (view, nothing) -> require.accept(view));
    }

    /** A page about one thing, whose id follows in the address; it is found by whoever may see that thing. */
    Page(String path, String title, String module, BiConsumer<View, String> require) {
        this(path, title, module, false, require);
    }

    Page(String path, String title, String module, boolean listed, BiConsumer<View, String> require) {
        this.path = path;
        this.title = title;
        this.module = module;
        this.listed = listed;
        this.require = require;
    }

    /** The first segment of its address below {@code /project-deployer/}; empty for the first page. */
    public String path() {
        return path;
    }

    /** Its address below {@code /project-deployer/}, with a slash at its end; empty for the first page. */
    public String address() {
        return path.isEmpty() ? "" : path + "/";
    }

    public String title() {
        return title;
    }

    /** What stands above it. */
    public String heading(String item) {
        return item == null ? title : this == APPROVAL ? "Approval of update " + item : item;
    }

    /** The name of its module, without {@code .js}. */
    public String module() {
        return module;
    }

    /** Whether it stands in the list of pages; the others are reached from there. */
    public boolean isListed() {
        return listed;
    }

    /** @throws Refused for whoever may not open it */
    void require(View view, String item) {
        require.accept(view, item);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import java.util.function.BiConsumer;

/**
 * The pages below {@code /project-deployer/}, in the order in which they are offered. A page is a JavaScript module of its
 * own ({@code js/MODULE.js}) that shows what resources of {@link OwnApi} answer; whoever adds one adds a line here.
 */
public enum Page {
    DEPLOYMENTS("", "Deployments", "deployments"),
    APPROVALS("approvals", "Approvals", "approvals"),
    INFRASTRUCTURES("infrastructures", "Infrastructures", "infrastructures"),
    DEPLOYMENT("deployment", "Deployment", "deployment", View::deployment),
    APPROVAL("approval", "Approval", "approval", View::update);

    private final String path;
    private final String title;
    private final String module;
    /** Refuses whoever may not see the one thing that the page is about; null: it is about no single thing. */
    private final BiConsumer<View, String> about;

    /** A page for everybody: what is on it depends on who looks. */
    Page(String path, String title, String module) {
        this(path, title, module, null);
    }

    /** A page about one thing, whose id follows in the address; it is found by whoever may see that thing. */
    Page(String path, String title, String module, BiConsumer<View, String> about) {
        this.path = path;
        this.title = title;
        this.module = module;
        this.about = about;
    }

    /** Its address below {@code /project-deployer/}; empty for the first one. */
    public String path() {
        return path;
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
        return about == null;
    }

    /** Refuses whoever may not open it. */
    void require(View view, String item) {
        if (about != null) {
            about.accept(view, item);
        }
    }
}

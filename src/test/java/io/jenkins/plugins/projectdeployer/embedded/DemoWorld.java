package io.jenkins.plugins.projectdeployer.embedded;

/** The people and things that tests and the demo find on their nodes. */
public final class DemoWorld {
    private DemoWorld() {}

    /**
     * Users admin, alice, bob, carol, svc_deploy, svc_run, svc_hooks; groups administrators, data-team, release, churn-team,
     * deployers; connections filesystem_managed and sql-dev, sql-test, sql-prod.
     */
    public static void standard(NodeState state) {
        people(state);
        state.resources()
                .connection("filesystem_managed", "Filesystem")
                .connection("sql-dev", "PostgreSQL")
                .connection("sql-test", "PostgreSQL")
                .connection("sql-prod", "PostgreSQL")
                .codeEnv("PYTHON", "py311")
                .cluster("k8s-main")
                .containerConfig("k8s-small")
                .plugin("timeseries-preparation", "2.0.5");
    }

    /** As {@link #standard}, but of the databases only that of one stage: {@code dev}, {@code test} or {@code prod}. */
    public static void stage(NodeState state, String stage) {
        standard(state);
        for (String other : new String[] {"dev", "test", "prod"}) {
            if (!other.equals(stage)) {
                state.resources().removeConnection("sql-" + other);
            }
        }
    }

    /** Users and groups only. {@code svc_deploy} and {@code alice} may create projects; {@code bob} and {@code carol} may not. */
    public static void people(NodeState state) {
        state.directory()
                .group("administrators", "admin", "mayCreateProjects", "mayManageCodeEnvs")
                .group("data-team", "mayCreateProjects")
                .group("release")
                .group("churn-team")
                .group("deployers", "mayCreateProjects")
                .user("admin", "administrators")
                .user("alice", "data-team", "churn-team")
                .user("bob", "churn-team")
                .user("carol", "release")
                .user("svc_deploy", "deployers")
                .user("svc_run")
                .user("svc_hooks", "deployers");
    }
}

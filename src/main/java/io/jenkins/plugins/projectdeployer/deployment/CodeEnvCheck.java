package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

/** The code envs that the bundle uses are there, or the infrastructure lets preload make them (facts A2.23 to A2.26). */
final class CodeEnvCheck implements PlanCheck {

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        for (String source : intent.contents().codeEnvs()) {
            String target = intent.remapping().codeEnv(source);
            Boolean upToDate = node.resources().codeEnvs().get(target);
            String called = "Code env " + quoted(target) + (target.equals(source) ? "" : ", which " + quoted(source) + " is remapped to,");
            if (upToDate == null) {
                missing(called, intent, findings);
            } else if (!upToDate) {
                outOfDate(called, intent, findings);
            }
        }
    }

    private static void missing(String called, Intent intent, Findings findings) {
        switch (intent.codeEnvsMode()) {
            case FAIL_IF_MISS -> findings.error("CODE_ENV_MISSING", called + " does not exist on the node, and the infrastructure's"
                    + " importTimeMode is FAIL_IF_MISS; create it there or set INSTALL_IF_MISS.");
            case DO_NOTHING -> findings.warning("CODE_ENV_MISSING", called + " does not exist on the node, and the infrastructure's"
                    + " importTimeMode is DO_NOTHING; what uses it will not run until somebody creates it there.");
            case INSTALL_IF_MISS -> findings.info("CODE_ENV_INSTALLED", called + " does not exist on the node; preload installs it.");
        }
    }

    private static void outOfDate(String called, Intent intent, Findings findings) {
        switch (intent.codeEnvsMode()) {
            case FAIL_IF_MISS -> findings.warning("CODE_ENV_OUT_OF_DATE", called + " is out of date on the node; preload may stop for it,"
                    + " since the infrastructure's importTimeMode is FAIL_IF_MISS: update it there.");
            case DO_NOTHING, INSTALL_IF_MISS -> findings.info("CODE_ENV_OUT_OF_DATE", called + " is out of date on the node.");
        }
    }
}

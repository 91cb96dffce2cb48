package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a plan took from the configuration, held against the configuration of now. From the recheck on the frozen plan is
 * carried out; so what an administrator takes back before, such as a hook or a node, has to stop it.
 */
final class PlannedConfiguration {

    private final Supplier<Configuration> configuration;
    private final People people;

    PlannedConfiguration(Supplier<Configuration> configuration, People people) {
        this.configuration = configuration;
        this.people = people;
    }

    /** @param remapsCopied whether the infrastructure's tables are in the plan: a deployment that is there has its own */
    void requireUnchanged(Plan plan, boolean remapsCopied) throws PhaseFailed {
        Infrastructure then = plan.infrastructure();
        Configuration configured = configuration.get();
        Infrastructure now = configured.infrastructure(then.id()).orElseThrow(() -> Refused.notFound("infrastructure", then.id()));
        List<String> changed = new ArrayList<>();
        note(changed, "stage", then.stage(), now.stage());
        note(changed, "nodes", then.nodes(), now.nodes());
        note(changed, "policies", then.policies(), now.policies());
        note(changed, "codeEnvsBehavior", then.codeEnvsBehavior(), now.codeEnvsBehavior());
        note(changed, "hooks", then.hooks(), now.hooks());
        for (CodeEnv codeEnv : plan.codeEnvs()) {
            note(changed, "code env " + codeEnv.name(), codeEnv.interpreter(),
                    configured.codeEnv(codeEnv.name()).map(CodeEnv::interpreter).orElse(null));
        }
        if (remapsCopied || plan.deployment().settings().useInfrastructureRemapping()) {
            note(changed, "remappings", then.remapping(), now.remapping());
        }
        note(changed, "login mapping", plan.users().requestingLogin(),
                configured.loginMapping().login(plan.users().requestingUser(), people::userKey));
        if (!changed.isEmpty()) {
            throw new PhaseFailed("PLAN_OUTDATED", "The configuration of infrastructure " + then.id() + " was changed since the plan was"
                    + " made (" + String.join(", ", changed) + "), so the plan no longer fits; deploy again.");
        }
    }

    private static void note(List<String> changed, String what, Object then, Object now) {
        if (!Objects.equals(then, now)) {
            changed.add(what);
        }
    }
}

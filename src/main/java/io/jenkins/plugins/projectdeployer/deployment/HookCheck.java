package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each hook's code env is registered and may be used by the hook's user. Says no more of hooks than their names. */
final class HookCheck {

    private static final String REMEDY = "; ask an administrator of the infrastructure.";

    private final Access access;
    private final People people;

    HookCheck(Access access, People people) {
        this.access = access;
        this.people = people;
    }

    /** The code envs that the hooks name, for the frozen record. */
    List<CodeEnv> codeEnvs(Infrastructure infrastructure, Configuration configuration, Findings findings) {
        List<CodeEnv> codeEnvs = new ArrayList<>();
        for (Hook hook : infrastructure.hooks()) {
            if (hook.codeEnv() == null) {
                continue;
            }
            Optional<CodeEnv> codeEnv = configuration.codeEnv(hook.codeEnv());
            if (codeEnv.isEmpty()) {
                findings.error("HOOK_CODE_ENV", "Hook " + quoted(hook.name()) + " names a code env that is not registered on the controller" + REMEDY);
            } else {
                mayUse(hook, codeEnv.get(), findings);
                if (!codeEnvs.contains(codeEnv.get())) {
                    codeEnvs.add(codeEnv.get());
                }
            }
        }
        return codeEnvs;
    }

    private void mayUse(Hook hook, CodeEnv codeEnv, Findings findings) {
        try {
            Person user = hook.user() == null ? new Person("", Set.of(), false) : people.person(hook.user());
            if (!access.may(user, codeEnv, ResourceRight.USE).granted()) {
                findings.error("HOOK_CODE_ENV", "Hook " + quoted(hook.name()) + " may not use its code env on the controller" + REMEDY);
            }
        } catch (Refused unknown) {
            findings.error("HOOK_USER", "The user of hook " + quoted(hook.name()) + " cannot be looked up (" + unknown.reason() + ")" + REMEDY);
        }
    }
}

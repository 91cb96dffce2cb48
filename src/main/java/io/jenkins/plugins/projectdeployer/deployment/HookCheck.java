package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.hook.HookText;
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
import java.util.function.Predicate;

/**
 * Each hook's code env is registered and may be used by the hook's user. A text that nobody has approved is mentioned: it may
 * be approved while the update waits at its gate. Says no more of hooks than their names.
 */
final class HookCheck {

    private static final String REMEDY = "; ask an administrator of the infrastructure.";

    private final Access access;
    private final People people;
    private final Predicate<HookText> approved;

    HookCheck(Access access, People people, Predicate<HookText> approved) {
        this.access = access;
        this.people = people;
        this.approved = approved;
    }

    /** The code envs that the hooks name, for the frozen record. */
    List<CodeEnv> codeEnvs(Infrastructure infrastructure, Configuration configuration, Findings findings) {
        List<CodeEnv> codeEnvs = new ArrayList<>();
        for (Hook hook : infrastructure.hooks()) {
            if (hook.codeEnv() == null) {
                approved(infrastructure, hook, codeEnvs, findings);
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
                approved(infrastructure, hook, codeEnvs, findings);
            }
        }
        return codeEnvs;
    }

    private void approved(Infrastructure infrastructure, Hook hook, List<CodeEnv> codeEnvs, Findings findings) {
        if (!approved.test(HookRuns.text(infrastructure.id(), hook, codeEnvs))) {
            findings.info("HOOK_NOT_APPROVED", "Nobody has approved hook " + quoted(hook.name()) + " yet, and it fails if nobody has when it"
                    + " comes to run; a Jenkins administrator approves it under Manage Jenkins, In-process Script Approval.");
        }
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

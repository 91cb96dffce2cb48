package io.jenkins.plugins.projectdeployer.model;

import java.util.List;

/**
 * A piece of Python that runs on the controller before or after each deployment to an infrastructure. Source: seed
 * "Deployment hooks".
 *
 * @param name unique within the infrastructure
 * @param phase before or after
 * @param text Python source that defines {@code execute}
 * @param codeEnv name of a registered {@link CodeEnv}; null: the built-in Jython
 * @param user whose rights {@code deployer_client} has; null: nobody's, so it sees nothing
 * @param secrets what the hook may know
 */
public record Hook(String name, HookPhase phase, String text, String codeEnv, String user, List<HookSecret> secrets) {

    public Hook {
        name = Text.trimmed(name);
        text = Text.orElse(text, "");
        codeEnv = Text.trimmed(codeEnv);
        user = Text.trimmed(user);
        secrets = Text.list(secrets);
    }

    /** The same hook for whoever may not see what it does. */
    public Hook withoutText() {
        return new Hook(name, phase, null, codeEnv, user, secrets);
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.hook.HookEngine;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.hook.HookValidation;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The answer to Validate: whether Python takes the text, in which line it does not. */
final class HookCompilation {

    /** The built-in engine may have to start first, behind the checks of others. */
    private static final int PATIENCE_SECONDS = 90;

    private HookCompilation() {}

    static FormValidation of(String name, String codeEnv, String text) {
        if (text == null || text.isBlank()) {
            return FormValidation.validateRequired(text);
        }
        try {
            HookText hook = new HookText("", name == null ? "" : name, HookPhase.POST, engine(codeEnv), null, List.of(), text);
            Optional<HookValidation.Problem> problem = Engine.get().checkHook(hook).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return problem.map(HookCompilation::refusal).orElseGet(() -> FormValidation.ok(Messages.HookCompilation_compiles(hook.engine().label())));
        } catch (Refused e) {
            return FormValidation.error(e.getMessage());
        } catch (ExecutionException e) {
            return FormValidation.error(Messages.HookCompilation_failed(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return FormValidation.error(Messages.HookCompilation_slow(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.HookCompilation_slow(PATIENCE_SECONDS));
        }
    }

    private static HookEngine engine(String codeEnv) {
        if (codeEnv == null) {
            return HookEngine.JYTHON;
        }
        Configuration configuration = ProjectDeployerConfiguration.get().configuration();
        CodeEnv usable = configuration.codeEnv(codeEnv).filter(Visitor.current()::mayUse).orElseThrow(() -> Refused.notFound("code env", codeEnv));
        return HookEngine.of(usable);
    }

    private static FormValidation refusal(HookValidation.Problem problem) {
        return FormValidation.error(problem.line() > 0 ? Messages.HookCompilation_line(problem.line(), problem.message()) : problem.message());
    }
}

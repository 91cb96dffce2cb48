package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookArguments;
import io.jenkins.plugins.projectdeployer.hook.HookEngine;
import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.hook.HookRun;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.hook.HookTicket;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes of a configured hook one complete run: text and header, arguments, secrets, and the two doors. */
public final class HookRuns {

    /** Who a hook is that has no user: nobody whom the directory knows, so {@code deployer_client} shows nothing. */
    private static final String NOBODY = "";

    private final Supplier<Configuration> configuration;
    private final Function<String, String> secrets;
    private final TargetProjects targets;
    private final Function<String, HookHttp> deployerDoor;

    /**
     * @param secrets value of a credential, looked up right before the hook runs
     * @param deployerDoor what {@code deployer_client} talks to, for a Jenkins user id
     */
    public HookRuns(
            Supplier<Configuration> configuration,
            Function<String, String> secrets,
            TargetProjects targets,
            Function<String, HookHttp> deployerDoor) {
        this.configuration = configuration;
        this.secrets = secrets;
        this.targets = targets;
        this.deployerDoor = deployerDoor;
    }

    HookRun of(UpdateRun run, Hook hook, HookArguments.Report report) {
        Plan plan = run.plan();
        Infrastructure infrastructure = plan.infrastructure();
        HookText text = text(plan, hook);
        String who = plan.deployment().projectKey() + " on " + infrastructure.id() + " by " + plan.users().requestingUser()
                + ", hook " + hook.name();
        Plan.PlannedNode first = plan.nodes().get(0);
        return new HookRun(
                new HookTicket(who, run.update().number(), hook.phase()),
                text,
                new HookArguments(plan.users().requestingUser(), plan.deployment().id(), report, plan.users().deployingUser(),
                        plan.deployment().targetProject()),
                secretsOf(hook),
                Duration.ofSeconds(configuration.get().hookLimits().timeLimitSeconds()),
                new AutomationDoor(targets.http(first.name(), first.address())),
                deployerDoor.apply(hook.user() == null ? NOBODY : hook.user()));
    }

    /** What runs for a hook of a plan. */
    static HookText text(Plan plan, Hook hook) {
        return text(plan.infrastructure().id(), hook, plan.codeEnvs());
    }

    /** What is approved and run for a hook. */
    public static HookText text(String infrastructureId, Hook hook, List<CodeEnv> codeEnvs) {
        return HookText.of(infrastructureId, hook, engine(hook, codeEnvs));
    }

    private static HookEngine engine(Hook hook, List<CodeEnv> codeEnvs) {
        if (hook.codeEnv() == null) {
            return HookEngine.JYTHON;
        }
        CodeEnv codeEnv = codeEnvs.stream()
                .filter(candidate -> candidate.name().equals(hook.codeEnv()))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("code env", hook.codeEnv()));
        return new HookEngine.Python3(codeEnv.name(), Path.of(codeEnv.interpreter()));
    }

    private Map<String, String> secretsOf(Hook hook) {
        Map<String, String> values = new LinkedHashMap<>();
        for (HookSecret secret : hook.secrets()) {
            values.put(secret.name(), secrets.apply(secret.credentialsId()));
        }
        return values;
    }
}

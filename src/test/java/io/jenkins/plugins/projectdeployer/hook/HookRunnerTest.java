package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookRunnerTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_hook_gets_its_arguments_and_returns_its_result(String engine) throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(Hooks.engine(engine), Hooks.executing(
                    "print('hello ' + requesting_user)",
                    "return HookResult.success('%s %s %s %s %s' % (requesting_user, deployment_id, deployment_report,"
                            + " deploying_user, deployed_project_key))"));
            assertThat(outcome.message()).isEqualTo("alice CHURN-on-prod None svc_deploy CHURN");
            assertThat(outcome.status()).isEqualTo(HookStatus.SUCCESS);
            assertThat(outcome.ending()).isEqualTo(Ending.RETURNED);
            assertThat(outcome.output()).isEqualTo("hello alice\n");
            assertThat(outcome.killed()).isEmpty();
        }
    }
}

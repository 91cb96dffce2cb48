package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a deployment runs: scenarios, of the project and as tests, and hooks. */
class PlannedRunsTest {

    private final Planning planning = new Planning();

    @Test
    void scenarios_that_the_bundle_does_not_have_are_warnings() {
        planning.request.settings(new SettingsChange(null, null, null, null, null, null, Map.of("SCORE", true, "TYPO", true), null, null));
        planning.request.testScenarios(List.of("TEST_SMOKE"));

        assertThat(planning.plan().messages()).extracting(Message::text).hasSize(2)
                .anyMatch(text -> text.contains("\"TYPO\"")).anyMatch(text -> text.contains("\"TEST_SMOKE\""));
    }

    @Test
    void a_run_as_user_that_only_the_bundle_names_is_a_warning_where_the_scenario_is_to_be_on() {
        planning.scenarios.clear();
        planning.scenarios.add(new BundleContents.Scenario("SCORE", "score", true, "root_of_dss", false));
        assertThat(planning.plan().messages()).as("the policy says whom it runs as").isEmpty();

        planning.policies = new Policies(null, "svc_deploy", null, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.INFO);

        planning.request.settings(new SettingsChange(null, null, null, null, null, null, Map.of("SCORE", true), null, null));
        Message message = only(planning.plan());
        assertThat(message.severity()).isEqualTo(Message.Severity.WARNING);
        assertThat(message.text()).contains("\"SCORE\"").contains("\"root_of_dss\"");

        planning.scenarios.set(0, new BundleContents.Scenario("SCORE", "score", true, "svc_deploy", false));
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void scenarios_of_a_bundle_that_nobody_could_look_into_are_not_judged() {
        planning.scenarios.clear();
        planning.notes.add("manifest version 9 is unknown");
        planning.request.testScenarios(List.of("TEST_SMOKE"));

        assertThat(only(planning.plan()).code()).isEqualTo("BUNDLE_NOTE");
    }

    @Test
    void code_envs_of_hooks_are_frozen_and_must_be_usable_by_the_hooks_user() {
        CodeEnv free = new CodeEnv("py311", "/opt/py311/bin/python", null, true, null);
        CodeEnv closed = new CodeEnv("closed", "/opt/closed/bin/python", null, false, List.of(Grant.toUser("carol", ResourceRight.USE)));
        planning.registered.addAll(List.of(free, closed));
        planning.hooks.add(new Hook("a", HookPhase.PRE, "x", "py311", null, null));
        planning.hooks.add(new Hook("b", HookPhase.POST, "x", "closed", "Carol", null));
        assertThat(planning.plan().messages()).isEmpty();
        assertThat(planning.plan().codeEnvs()).containsExactly(free, closed);

        planning.hooks.add(new Hook("c", HookPhase.POST, "x", "closed", "bob", null));
        planning.hooks.add(new Hook("d", HookPhase.POST, "x", "nowhere", null, null));
        assertThat(planning.plan().messages()).extracting(Message::text).hasSize(2)
                .anyMatch(text -> text.startsWith("Hook \"c\" may not use")).anyMatch(text -> text.startsWith("Hook \"d\" names"));
    }
}

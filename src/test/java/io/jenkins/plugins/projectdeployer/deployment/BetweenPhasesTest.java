package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the node between two phases: nothing runs as the wrong user, and what went wrong behind our back is found. */
class BetweenPhasesTest extends OnProd {

    @Test
    void no_scenario_is_on_while_it_would_still_run_as_somebody_else() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        List<String> on = new ArrayList<>();
        AtomicInteger looked = new AtomicInteger();
        world.barrier(place -> {
            if (place.equals("before SECURE")) {
                looked.incrementAndGet();
                project().scenarioIds().stream().filter(id -> project().scenario(id).isActive())
                        .forEach(id -> on.add(id + " as " + project().scenario(id).runAsUser()));
            }
        });
        SettingsChange nightly = new SettingsChange(null, null, null, null, null, null, Map.of("NIGHTLY", true), null, null);
        for (String bundle : List.of("v1", "v2")) {
            world.publish(churn(bundle).scenario("NIGHTLY", definition -> definition.put("active", true).put("runAsUser", "svc_hooks")));
            Update update = world.deploy(World.request("CHURN", bundle, "prod").settings(nightly));
            assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
            assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        }

        assertThat(looked).hasValue(2);
        assertThat(on).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "scenario"})
    void a_scenario_that_cannot_be_read_in_the_bundle_is_off_until_the_node_has_told_whom_it_would_run_as(String unread) {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", null, null);
        deploy("v1");
        project().scenario("NIGHTLY").runAsUser("svc_run").active(true);
        BundleZip second = churn("v2");
        if (unread.equals("manifest")) {
            second.manifest(manifest -> manifest.put("manifestVersion", 4)).scenario("NIGHTLY", nightly -> nightly.put("runAsUser", "svc_hooks"));
        } else {
            second.entry("project_config/scenarios/NIGHTLY.json", """
                    {"runAsUser": "svc_hooks", "active": true, "active": true}""".getBytes(StandardCharsets.UTF_8));
        }
        world.publish(second);
        List<String> seen = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before SECURE")) {
                seen.add(project().scenario("NIGHTLY").runAsUser() + " " + project().scenario("NIGHTLY").isActive());
            }
        });
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(seen).as("%s", update.messages()).containsExactly("svc_hooks false");
        assertThat(update.messages()).extracting(Message::code).contains("SCENARIO_DISTRUSTED");
        assertThat(project().scenario("NIGHTLY").isActive()).isFalse();
    }

    @Test
    void triggers_that_the_deployment_has_disabled_fire_at_no_time() {
        SettingsChange off = new SettingsChange(null, null, null, null, null, null, Map.of("NIGHTLY", true), true, null);
        List<Boolean> fires = new ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before SECURE")) {
                fires.add(project().scenario("NIGHTLY").isActive() && !project().settings().at("/settings/disableAutomaticTriggers").asBoolean());
            }
        });
        for (String bundle : List.of("v1", "v2")) {
            world.publish(churn(bundle));
            Update update = world.deploy(World.request("CHURN", bundle, "prod").settings(off));
            assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        }

        assertThat(fires).containsExactly(false, false);
        assertThat(project().scenario("NIGHTLY").isActive()).as("as it is to be, once the triggers are off").isTrue();
        assertThat(project().settings().at("/settings/disableAutomaticTriggers").asBoolean()).isTrue();
    }

    @Test
    void what_is_configured_after_the_recheck_is_not_acted_on() {
        String env = HooksOnProd.python3().isPresent() ? "py3" : null;
        HooksOnProd.python3().ifPresent(python -> world.codeEnv(new CodeEnv("py3", python.toString(), "admin", true, null)));
        Hook planned = new Hook("asked", HookPhase.PRE, World.executing("return HookResult.success('as planned')"), env, "bob", null);
        world.hooks("prod", planned);
        node().state().resources().connection("sql-other", "PostgreSQL");
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", "svc_run");
        world.barrier(place -> {
            if (place.equals("before PRE_HOOKS")) {
                node().forgetCalls();
                world.policies("prod", PermissionsPropagation.ALL, "svc_hooks", "svc_hooks", "svc_hooks")
                        .connections("prod", new Remap("sql-dev", "sql-other"))
                        .hooks("prod", World.hook("asked", HookPhase.PRE, World.executing("return HookResult.error('as configured')")))
                        .codeEnvs()
                        .change("prod", i -> new Infrastructure(i.id(), i.stage(), List.of(new NodeAddress("http://127.0.0.1:9", "prod-key")),
                                i.externalUrl(), i.grants(), i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(),
                                i.policies(), i.hooks(), i.allowedJobs()));
            }
        });
        Update update = deploy("v1");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(node().calls()).filteredOn(call -> call.method().equals("POST")).as("create, preload, activate")
                .hasSize(3).allMatch(call -> "svc_deploy".equals(call.proxyUser()));
        assertThat(update.runs()).extracting(Update.Run::message).containsExactly("as planned");
        assertThat(project().owner()).isEqualTo("svc_deploy");
        assertThat(project().permissions()).isNotEmpty().noneMatch(line -> line.path("runScenarios").asBoolean());
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project().webapp("dash").runAsUser()).isEqualTo("svc_run");
    }

    @ParameterizedTest
    @CsvSource({
        "owner,    NOT_OWNER,      carol,               STOP,     FAILED",
        "scenario, SCENARIO_STATE, NIGHTLY is on,       STOP,     FAILED",
        "bundle,   NOT_ACTIVE,     Bundle v0 is active, STOP,     FAILED",
        "owner,    NOT_OWNER,      carol,               ROLLBACK, ROLLED_BACK",
        "scenario, SCENARIO_STATE, NIGHTLY is on,       ROLLBACK, ROLLED_BACK",
        "bundle,   NOT_ACTIVE,     Bundle v0 is active, ROLLBACK, ROLLED_BACK",
    })
    void verify_finds_what_is_other_than_it_was_set(String what, String code, String words, OnFailure onFailure, UpdateStatus status) {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        world.barrier(place -> {
            if (place.equals("before VERIFY")) {
                change(project(), what);
            }
        });
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").onFailure(onFailure));

        assertThat(update.status()).isEqualTo(status);
        assertThat(update.messages()).filteredOn(message -> message.code().equals(code))
                .extracting(Message::text).singleElement().asString().contains(words);
        if (onFailure == OnFailure.ROLLBACK) {
            assertThat(project().scenario("NIGHTLY").isActive()).as("off after the way back from a first deployment").isFalse();
        }
    }

    private static void change(Project project, String what) {
        switch (what) {
            case "owner" -> project.owner("carol");
            case "scenario" -> project.scenario("NIGHTLY").active(true);
            case "bundle" -> project.activeBundleId("v0");
            default -> throw new IllegalArgumentException(what);
        }
    }
}

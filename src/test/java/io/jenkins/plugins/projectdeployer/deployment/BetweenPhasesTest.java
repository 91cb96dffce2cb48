package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource({"owner, NOT_OWNER, carol", "scenario, SCENARIO_STATE, NIGHTLY is on", "bundle, NOT_ACTIVE, Bundle v0 is active"})
    void verify_finds_what_is_other_than_it_was_set(String what, String code, String words) {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        world.barrier(place -> {
            if (place.equals("before VERIFY")) {
                change(project(), what);
            }
        });
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).filteredOn(message -> message.code().equals(code))
                .extracting(Message::text).singleElement().asString().contains(words);
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

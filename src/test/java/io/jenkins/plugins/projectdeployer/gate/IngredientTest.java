package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever of an approved update changes while it waits voids the approvals given, and is named. */
class IngredientTest {

    @TempDir
    Path home;

    private World world;
    private Gated gated;

    private static final Map<String, BiConsumer<World, Gated>> CHANGES = new LinkedHashMap<>();

    static {
        change("users, settings, infrastructure", world -> world.policies("prod", null, "alice", null, null));
        change("users, infrastructure", world -> world.policies("prod", null, "svc_deploy", "svc_run", null));
        change("hooks", world -> world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('')"))));
        change("hooks (in a code env)", world -> world.codeEnv(new CodeEnv("py", "/bin/false", null, true, null))
                .hooks("prod", new Hook("tell", HookPhase.PRE, "x", "py", "bob", null)));
        change("gate (one more who counts)", world -> world.gate("Production", World.approvals(2, Principal.ofGroup("release"), Principal.ofUser("frank"))));
        change("gate (fewer approvals)", world -> world.gate("Production", World.approvals(1, RELEASE)));
        change("gate (stage moved)", world -> world.gate("Test", World.approvals(2, RELEASE)).change("prod", i -> new Infrastructure(
                i.id(), "Test", i.nodes(), i.externalUrl(), i.grants(), i.connections(), i.codeEnvs(), i.containerExecs(),
                i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs())));
        change("requester", world -> world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("alice", "svc_deploy")), null)));
        change("settings", world -> world.connections("prod", new Remap("sql-dev", "sql-prod")));
    }

    private static void change(String ingredients, java.util.function.Consumer<World> change) {
        CHANGES.put(ingredients, (world, gated) -> change.accept(world));
    }

    static Stream<String> ingredients() {
        return CHANGES.keySet().stream();
    }

    @BeforeEach
    void open() {
        world = new World(home);
        gated = new Gated(world, World.approvals(2, RELEASE));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    @ParameterizedTest
    @MethodSource("ingredients")
    void a_change_voids_what_was_approved_and_is_named(String ingredients) {
        Update update = gated.ask();
        gated.approve("dave", update);
        CHANGES.get(ingredients).accept(world, gated);
        world.deployer().configurationSaved("admin");
        // Some of it is seen only when the plan is made anew, which the last approval does.
        if (gated.request(update.number()).revision() == 1 && !wakesByItself(ingredients)) {
            gated.approve("erin", update);
        }

        ApprovalRequest again = gated.revision(update.number(), 2);
        String[] changed = ingredients.replaceAll(" \\(.*", "").split(", ");
        assertThat(again.changed()).containsExactlyInAnyOrder(changed);
        assertThat(again.votes()).isEmpty();
        assertThat(world.lines()).anyMatch(line -> line.contains("no longer what was shown: " + String.join(", ", again.changed()) + " changed"));
        assertThat(gated.touched()).isFalse();
    }

    private static boolean wakesByItself(String ingredients) {
        return Stream.of("infrastructure", "hooks", "gate").anyMatch(ingredients::contains);
    }

    @Test
    void an_update_that_was_changed_and_approved_anew_carries_out_the_new_plan() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.policies("prod", null, "alice", null, null);
        world.deployer().configurationSaved("admin");
        gated.revision(update.number(), 2);
        gated.approve("dave", update);
        gated.approve("erin", update);

        Update end = gated.end(update);
        assertThat(end.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").state().project("CHURN").owner()).isEqualTo("alice");
    }

    @Test
    void what_does_not_act_voids_nothing() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.change("prod", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), "https://elsewhere.example.com", i.grants(),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), List.of("jobs/*")));
        world.deployer().configurationSaved("admin");
        gated.approve("erin", update);

        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(gated.update(update.number()).gate().votes()).hasSize(2);
    }

    @Test
    void another_bundle_that_was_activated_by_hand_meanwhile_is_noticed() {
        world.gate("Production", StageGate.OPEN);
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.publish(BundleZip.of("CHURN", "v2"));
        world.deploy(World.request("CHURN", "v2", "prod"));
        world.publish(BundleZip.of("CHURN", "v3"));
        world.gate("Production", World.approvals(1, RELEASE));
        Update update = gated.ask(World.request("CHURN", "v3", "prod"));
        gated.activateByHand("v1");
        gated.approve("dave", update);

        assertThat(gated.revision(update.number(), 2).changed()).containsExactly("node");
    }

    @Test
    void parameters_and_settings_of_the_request_are_among_what_is_approved() {
        ApprovalRequest plain = asked(World.request("CHURN", "v1", "prod"));
        ApprovalRequest rollback = asked(World.request("CHURN", "v1", "prod")
                .onFailure(io.jenkins.plugins.projectdeployer.model.OnFailure.ROLLBACK));
        ApprovalRequest tests = asked(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST")));
        ApprovalRequest variables = asked(World.request("CHURN", "v1", "prod").settings(new SettingsChange(null, null, null, null, null,
                Map.of("region", com.fasterxml.jackson.databind.node.TextNode.valueOf("eu")), null, null, null)));

        assertThat(Gatekeeper.changed(plain, rollback)).containsExactly("parameters");
        assertThat(Gatekeeper.changed(plain, tests)).contains("parameters");
        assertThat(Gatekeeper.changed(plain, variables)).containsExactly("settings");
        assertThat(Gatekeeper.changed(plain, asked(World.request("CHURN", "v1", "prod")))).isEmpty();
    }

    /** The request of an update that is aborted again. */
    private ApprovalRequest asked(io.jenkins.plugins.projectdeployer.model.DeployRequest.Builder builder) {
        Update update = gated.ask(builder);
        ApprovalRequest request = gated.request(update.number());
        world.deployer().abort(update.request().key(), "alice");
        gated.end(update);
        return request;
    }
}

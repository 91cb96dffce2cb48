package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** What hooks are used for: tickets and channels, scenarios and administrators, and a look at the deployer. */
class HookPurposesTest extends HooksOnProd {

    private static String resource(String name) throws IOException {
        try (InputStream in = HookPurposesTest.class.getResourceAsStream("../hook/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_ticket_is_opened_and_a_channel_told_and_their_tokens_show_nowhere() throws Exception {
        String token = "t0p-s3cret-token";
        String webhook = server.url("/hooks/T0K3N-of-the-channel").toString();
        world.secret("tracker-url-id", server.url("/").toString()).secret("tracker-token-id", token).secret("chat-id", webhook);
        // The ticket by the built-in engine, as a hook without a code env has it.
        world.hooks("prod",
                new Hook("ticket", HookPhase.POST, resource("ticket.py"), null, "bob", List.of(
                        new HookSecret("tracker-url", "tracker-url-id"), new HookSecret("tracker-token", "tracker-token-id"))),
                asUser("chat", HookPhase.POST, "bob", resource("chat.py"), new HookSecret("chat-webhook", "chat-id")));
        server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json").body("{\"key\":\"OPS-7\"}").build());
        server.enqueue(new MockResponse.Builder().body("ok").build());
        List<String> logged = new ArrayList<>();
        Update update;
        try (LogListener ignored = new LogListener(logged::add)) {
            update = deploy("CHURN", "prod");
        }

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "ticket").message()).isEqualTo("Opened OPS-7");
        RecordedRequest ticket = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(ticket.getHeaders().get("Authorization")).isEqualTo("Bearer " + token);
        assertThat(ticket.getBody().utf8()).contains("CHURN-on-prod", "alice", "SUCCESS");
        RecordedRequest chat = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(chat.getTarget()).isEqualTo("/hooks/T0K3N-of-the-channel");
        assertThat(chat.getBody().utf8()).contains("CHURN-on-prod by alice: SUCCESS");

        assertThat(run(update, "ticket").details()).contains("asked the tracker with ****");
        world.close();
        String everything = update + String.join("\n", logged) + String.join("\n", world.lines()) + files();
        assertThat(everything).contains("Opened OPS-7").doesNotContain(token).doesNotContain("T0K3N-of-the-channel")
                .doesNotContain(world.node("prod").key());
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void a_scenario_of_the_deployed_project_is_run_and_a_group_administers_it() throws Exception {
        world.node("prod").state().directory().group("operators");
        world.hooks("prod", asUser("warm-up", HookPhase.POST, "bob", resource("scenario.py")),
                asUser("administrators", HookPhase.POST, "bob", resource("administrators.py")));
        Update update = deploy("CHURN", "prod");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(run(update, "warm-up").message()).isEqualTo("WARM_UP ended with SUCCESS");
        assertThat(world.node("prod").calls()).anyMatch(call -> call.path().endsWith("/scenarios/WARM_UP/run"));
        Project project = world.node("prod").state().project("CHURN");
        assertThat(project.permissions()).anyMatch(line -> line.path("group").asText().equals("operators") && line.path("admin").asBoolean());
    }

    @Test
    void the_deployer_shows_a_hook_what_its_user_may_see_and_no_more() {
        String look = World.executing(
                "deployer = deployer_client.get_projectdeployer()",
                "deployment = deployer.get_deployment(deployment_id)",
                "said = []",
                "for ask in [lambda: deployment.get_status().get_health(),",
                "            lambda: deployment.get_settings().bundle_id,",
                "            lambda: [b['id'] for b in deployer.get_project('CHURN').get_status().get_bundles()],",
                "            lambda: deployer.get_project('CHURN').get_settings().get_raw()['owner'],",
                "            lambda: deployer.get_deployment('OTHER-on-prod').get_status(),",
                "            lambda: deployment.start_update().wait_for_result()['messages'][0]['code']]:",
                "    try:",
                "        said.append('%s' % (ask(),))",
                "    except Exception as e:",
                "        said.append('no: %s' % e)",
                "return HookResult.success('|'.join(said))");
        world.hooks("prod", asUser("as-alice", HookPhase.POST, "alice", look), asUser("as-bob", HookPhase.POST, "bob", look),
                asUser("as-carol", HookPhase.POST, "carol", look), asUser("as-nobody", HookPhase.POST, null, look));
        Update update = deploy("CHURN", "prod");

        String[] alice = run(update, "as-alice").message().split("\\|");
        assertThat(alice[0]).as("the update is still under way").isEqualTo("UNKNOWN");
        assertThat(alice[1]).isEqualTo("v1");
        assertThat(alice[2]).contains("v1");
        assertThat(alice[3]).isEqualTo("alice");
        assertThat(alice[4]).startsWith("no: ").contains("There is no deployment");
        assertThat(alice[5]).as("a second update of the deployment").isEqualTo("BUSY");
        String[] bob = run(update, "as-bob").message().split("\\|");
        assertThat(bob[1]).isEqualTo("v1");
        assertThat(bob[3]).as("settings are for administrators of the project").startsWith("no: ").contains("you (bob) need Admin");
        assertThat(run(update, "as-carol").message().split("\\|")).hasSize(6).allMatch(said -> said.startsWith("no: "));
        assertThat(run(update, "as-carol").message()).doesNotContain("v1");
        assertThat(run(update, "as-nobody").message().split("\\|")).hasSize(6).allMatch(said -> said.startsWith("no: "));
    }
}

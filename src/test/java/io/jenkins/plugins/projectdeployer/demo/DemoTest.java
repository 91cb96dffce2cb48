package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo leaves on its three nodes, and what it shows. It runs once for all tests. */
class DemoTest {

    private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] octets, int offset, int length) {
            super.write(octets, offset, length);
            if (WHEN_PRELOADING.isEmpty() && toString(StandardCharsets.UTF_8).contains("preload")) {
                WHEN_PRELOADING.add(Set.copyOf(demo.last().keySet()));
            }
        }
    };
    /** Where updates had ended as the first one told that it preloads. */
    private static final List<Set<String>> WHEN_PRELOADING = new CopyOnWriteArrayList<>();
    private static Demo demo;

    @BeforeAll
    static void runTheDemo() throws IOException {
        demo = new Demo(Path.of("demo"), new PrintStream(OUTPUT, true, StandardCharsets.UTF_8));
        demo.run();
    }

    @AfterAll
    static void closeTheDemo() {
        demo.close();
        assertThat(demo.home()).doesNotExist();
    }

    @Test
    void the_demo_can_stay_up_and_serve_pages_and_both_apis() throws Exception {
        String url = demo.serve().url();
        String[] lines = OUTPUT.toString(StandardCharsets.UTF_8).strip().split("\n");
        Matcher last = Pattern.compile("serving (http://127.0.0.1:\\d+/project-deployer/) key (admin:\\S+)")
                .matcher(lines[lines.length - 1].strip());
        assertThat(last.matches()).isTrue();
        assertThat(last.group(1)).isEqualTo(url + "/");

        assertThat(List.of(Demo.staysUp(""), Demo.staysUp("true"), Demo.staysUp("false"), Demo.staysUp(null)))
                .as("-Dserve with and without a value").containsExactly(true, true, false, false);
        assertThat(get(url + "/public/api/auth/info", last.group(2)).body()).contains("\"userIsAdmin\":true");
        assertThat(get(url + "/public/api/project-deployer/deployments", last.group(2)).body()).contains("CHURN-on-prod");
        assertThat(get(url + "/api/deployments", last.group(2)).body()).contains("HEALTHY");
        assertThat(get(url + "/public/api/project-deployer/stages", "admin:nope").statusCode()).isEqualTo(401);
        assertThat(get(url + "/api/deployments", "admin:nope").statusCode()).isEqualTo(401);
        assertThat(get(url + "/", "none").body()).contains("deployments");
        assertThat(get(url + "/static/js/deployments.js", "none").body()).contains("import");
    }

    @Test
    void progress_is_shown_as_it_happens() {
        assertThat(WHEN_PRELOADING).containsExactly(Set.of());
        assertThat(demo.last()).isNotEmpty();
    }

    private static HttpResponse<String> get(String url, String key) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "test", "prod"})
    void the_bundle_is_active_on_every_stage(String stage) {
        assertThat(project(stage).activeBundleId()).isEqualTo("v12");
        assertThat(demo.last().get(stage)).returns(UpdateStatus.SUCCESS, Update::status)
                .returns("bob", update -> update.request().requestingUser());
    }

    @ParameterizedTest
    @CsvSource({"dev, sql-dev", "test, sql-test", "prod, sql-prod"})
    void the_connection_is_remapped_where_the_infrastructure_says_so(String stage, String connection) {
        assertThat(project(stage).connectionOf("customers")).isEqualTo(connection);
        assertThat(project(stage).connectionOf("customers_scored")).isEqualTo(connection);
        assertThat(project(stage).connectionOf("customers_prepared")).isEqualTo("filesystem_managed");
    }

    @ParameterizedTest
    @CsvSource({"dev, alice", "test, svc_deploy", "prod, svc_deploy"})
    void the_deploying_user_owns_the_project(String stage, String owner) {
        assertThat(project(stage).owner()).isEqualTo(owner);
    }

    @Test
    void permissions_are_propagated_as_the_policies_say_and_a_hook_adds_its_own() {
        assertThat(rights("dev")).containsExactly("churn-team administers");
        assertThat(rights("test")).containsExactlyInAnyOrder("churn-team reads", "alice reads");
        assertThat(rights("prod")).containsExactlyInAnyOrder("churn-team reads", "alice reads", "release administers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "test", "prod"})
    void a_group_that_the_node_does_not_know_is_named_and_not_created(String stage) {
        assertThat(demo.node(stage).state().directory().hasGroup("analysts")).isFalse();
        assertThat(output()).contains("group analysts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "prod"})
    void scenarios_and_web_apps_run_as_the_technical_user(String stage) {
        Project project = project(stage);
        assertThat(project.scenarioIds()).hasSize(2)
                .allSatisfy(id -> assertThat(project.scenario(id).runAsUser()).isEqualTo("svc_run"));
        assertThat(project.webappIds()).hasSize(1)
                .allSatisfy(id -> assertThat(project.webapp(id).runAsUser()).isEqualTo("svc_run"));
    }

    @ParameterizedTest
    @CsvSource({"dev, false", "test, false", "prod, true"})
    void only_production_was_told_to_switch_the_scenario_on(String stage, boolean active) {
        assertThat(project(stage).scenario("SCORE_CUSTOMERS").isActive()).isEqualTo(active);
        assertThat(project(stage).scenario("TEST_SCORING").isActive()).isFalse();
    }

    @Test
    void the_test_scenario_ran_once_for_each_update_of_the_test_stage() {
        assertThat(project("test").scenario("TEST_SCORING").runs()).hasSize(2);
        assertThat(project("prod").scenario("TEST_SCORING").runs()).isEmpty();
    }

    @Test
    void hooks_ran_in_production_before_and_after() {
        assertThat(demo.last().get("prod").runs()).extracting(Update.Run::name, Update.Run::outcome)
                .containsExactly(tuple("quiet-node", "SUCCESS"), tuple("release-administers", "SUCCESS"));
        assertThat(demo.last().get("dev").runs()).isEmpty();
    }

    @Test
    void the_refusal_says_what_is_missing_and_who_has_it() {
        assertThat(output()).contains("you (alice) need Deploy on infrastructure prod; the groups that have it: release")
                .contains("The build fails here, as it should");
    }

    @Test
    void the_refused_update_left_production_untouched() {
        assertThat(demo.last().get("prod").plan().firstDeployment()).isTrue();
    }

    @Test
    void the_table_says_what_is_where() {
        List<String> lines = output().lines().toList();
        int title = lines.indexOf("What is where");
        assertThat(lines.get(title + 1)).containsPattern("stage +infrastructure +project +bundle +by +update +status");
        assertThat(lines.get(title + 2)).containsPattern("Development +dev +CHURN +v12 +bob +4 +SUCCESS");
        assertThat(lines.get(title + 3)).containsPattern("Test +test +CHURN +v12 +bob +5 +SUCCESS");
        assertThat(lines.get(title + 4)).containsPattern("Production +prod +CHURN +v12 +bob +6 +SUCCESS");
    }

    @Test
    void the_output_fits_on_two_screens_and_holds_no_key() {
        assertThat(output().lines()).hasSizeLessThan(100).allMatch(line -> line.length() <= 150);
        assertThat(List.of("dev", "test", "prod")).allSatisfy(stage ->
                assertThat(output()).doesNotContain(demo.node(stage).key()));
    }

    @Test
    void anything_but_the_meant_refusal_ends_the_demo_with_an_error(@TempDir Path other) throws IOException {
        assertThatThrownBy(() -> runWith("deployProject project: 'CHURN', bundle: 'v12', infrastructure: 'prod'", other))
                .isInstanceOf(DemoBuild.UpdateFailed.class)
                .hasMessageContaining("There is no published project \"CHURN\"");
    }

    @Test
    void a_refusal_that_does_not_come_ends_the_demo_with_an_error(@TempDir Path other) {
        assertThatThrownBy(() -> runWith("sh 'true'", other)).hasMessage("alice was not refused on prod");
    }

    private static void runWith(String step, Path sources) throws IOException {
        Files.copy(Path.of("demo", "jenkins.yaml"), sources.resolve("jenkins.yaml"));
        Files.writeString(sources.resolve("Jenkinsfile"), "pipeline { stages { stage('P') { steps { " + step + " } } } }");
        try (Demo wrong = new Demo(sources, new PrintStream(OutputStream.nullOutputStream()))) {
            wrong.run();
        }
    }

    private static String output() {
        return OUTPUT.toString(StandardCharsets.UTF_8);
    }

    private static Project project(String stage) {
        return demo.node(stage).state().project("CHURN");
    }

    private static List<String> rights(String stage) {
        return StreamSupport.stream(project(stage).permissions().spliterator(), false).map(DemoTest::right).toList();
    }

    private static String right(JsonNode entry) {
        String who = entry.path("group").asText(entry.path("user").asText());
        if (entry.path("admin").asBoolean()) {
            return who + " administers";
        }
        return who + (entry.path("readProjectContent").asBoolean() && !entry.path("writeProjectContent").asBoolean() ? " reads" : " ?");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Resources;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessResourcesTest {

    private static final String READ_PROD = "{\"infrastructure\": \"prod\"}";

    private World world;
    private Caller admin;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production")
                .codeEnv(new CodeEnv("py311", "/opt/envs/py311/bin/python", "carol", false,
                        List.of(Grant.toGroup("data-team", ResourceRight.UPDATE))));
        admin = new Caller(world, "admin").onPages();
        alice = admin.as("alice");
        world.publish(BundleZip.of("CHURN", "v1"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** What a row has in the column of this kind and name. */
    private static String cell(JsonNode matrix, String row, String kind, String name) {
        JsonNode found = StreamSupport.stream(matrix.path("rows").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(row)).findFirst().orElseThrow();
        return cell(matrix, found, kind, name);
    }

    private static String cell(JsonNode matrix, JsonNode row, String kind, String name) {
        int place = IntStream.range(0, matrix.path("columns").size())
                .filter(each -> matrix.path("columns").get(each).path("kind").asText().equals(kind)
                        && matrix.path("columns").get(each).path("name").asText().equals(name))
                .findFirst().orElseThrow();
        return row.path("cells").get(place).asText();
    }

    private static List<String> names(JsonNode matrix) {
        return StreamSupport.stream(matrix.path("rows").spliterator(), false).map(row -> row.path("name").asText()).toList();
    }

    @Test
    void every_group_that_a_grant_names_has_a_row_with_what_it_gives() {
        world.global("operators", GlobalRight.BREAK_GLASS).global("nothing");
        world.gate("Production", World.approvals(1, Principal.ofGroup("board")));

        JsonNode matrix = admin.get("/access");

        assertThat(names(matrix)).containsExactly("board", "data-team", "operators", "release");
        assertThat(cell(matrix, "data-team", "infrastructure", "prod")).isEqualTo("Deploy");
        assertThat(cell(matrix, "data-team", "project", "CHURN")).isEqualTo("Admin");
        assertThat(cell(matrix, "data-team", "codeEnv", "py311")).isEqualTo("Update");
        assertThat(cell(matrix, "release", "project", "CHURN")).isEqualTo("Deploy");
        assertThat(cell(matrix, "release", "infrastructure", "prod")).isEmpty();
        assertThat(cell(matrix, "operators", "global", "Break the glass")).isEqualTo("Yes");
        assertThat(cell(matrix, "operators", "global", "Override a freeze")).isEmpty();
    }

    @Test
    void a_group_that_administers_jenkins_has_every_right() {
        world.global("operators", GlobalRight.ADMINISTER);

        JsonNode matrix = admin.get("/access");

        assertThat(cell(matrix, "operators", "infrastructure", "prod")).isEqualTo("Admin");
        assertThat(cell(matrix, "operators", "codeEnv", "py311")).isEqualTo("Admin");
        assertThat(cell(matrix, "operators", "global", "Read the audit")).isEqualTo("Yes");
    }

    @Test
    void rights_that_do_not_imply_each_other_stand_beside_each_other() {
        world.deployer().administration().changeGrants("alice", "CHURN", now -> List.of(
                Grant.toGroup("release", ProjectRight.WRITE),
                Grant.toGroup("release", ProjectRight.DEPLOY),
                Grant.toGroup("data-team", ProjectRight.ADMIN)));

        assertThat(cell(admin.get("/access"), "release", "project", "CHURN")).isEqualTo("Write, Deploy");
    }

    @Test
    void users_stand_with_what_names_them_and_nobody_is_looked_up_for_it() {
        int before = world.lookUps();
        JsonNode matrix = admin.get("/access?by=user");

        assertThat(world.lookUps()).as("the caller alone, by the test's server").isEqualTo(before + 1);
        assertThat(names(matrix)).containsExactly("bob", "carol");
        assertThat(matrix.path("rows").get(0).path("byNameOnly").asBoolean()).isTrue();
        assertThat(cell(matrix, "bob", "infrastructure", "prod")).isEqualTo("Admin");
        assertThat(cell(matrix, "bob", "project", "CHURN")).as("through a group").isEmpty();
        assertThat(cell(matrix, "carol", "codeEnv", "py311")).as("the owner").isEqualTo("Admin");
    }

    @Test
    void a_user_who_is_looked_up_has_what_their_groups_give_too() {
        int before = world.lookUps();
        JsonNode matrix = admin.get("/access?by=user&user=Bob");

        assertThat(world.lookUps()).isEqualTo(before + 2);
        JsonNode bob = matrix.path("lookedUp");
        assertThat(names(matrix)).as("nobody twice").doesNotContain("bob");
        assertThat(bob.path("groups")).extracting(JsonNode::asText).containsExactly("release");
        assertThat(cell(matrix, bob, "project", "CHURN")).isEqualTo("Deploy");
        assertThat(cell(matrix, bob, "infrastructure", "prod")).isEqualTo("Admin");
        assertThat(admin.ask("GET", "/access?by=user&user=nobody", null).status()).isEqualTo(404);
    }

    @Test
    void rows_come_page_by_page_without_gap_or_overlap() {
        JsonNode first = admin.get("/access?limit=1");
        JsonNode second = admin.get("/access?limit=1&after=" + first.path("next").asText());

        assertThat(names(first)).containsExactly("data-team");
        assertThat(names(second)).containsExactly("release");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(names(admin.get("/access?text=LEASE"))).containsExactly("release");
        assertThat(admin.get("/access?kind=project").path("columns").findValuesAsText("name")).containsExactly("CHURN");
        assertThat(admin.get("/access?kind=infrastructure&thing=PRO").path("columns").findValuesAsText("name")).containsExactly("prod");
        assertThat(admin.ask("GET", "/access?by=colour", null).status()).isEqualTo(400);
    }

    @Test
    void anybody_else_sees_themselves_and_the_groups_that_give_them_something() {
        world.person("alice", false, "data-team", "elsewhere", "packagers");
        world.codeEnv(new CodeEnv("free", "/opt/envs/free/bin/python", null, true, List.of(Grant.toGroup("packagers", ResourceRight.UPDATE))));

        JsonNode groups = alice.get("/access");
        JsonNode users = alice.get("/access?by=user&user=alice");

        assertThat(names(groups)).as("elsewhere uses what everybody uses").containsExactly("data-team", "packagers");
        assertThat(names(users)).containsExactly("alice");
        assertThat(cell(users, "alice", "infrastructure", "prod")).isEqualTo("Deploy");
        assertThat(users.path("rows").get(0).path("groups")).hasSize(3);
        assertThat(alice.get("/access?by=user&text=bob").path("rows")).hasSize(1);
    }

    @Test
    void another_user_is_for_anybody_else_as_one_who_does_not_exist() {
        for (String question : List.of("/access?by=user&user=NAME", "/access/matrix.csv?by=user&user=NAME",
                "/access/may?user=NAME&project=CHURN&infrastructure=prod")) {
            Caller.Answer hidden = alice.ask("GET", question.replace("NAME", "bob"), null);
            Caller.Answer absent = alice.ask("GET", question.replace("NAME", "zoe"), null);

            assertThat(hidden.status()).as(question).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.error()).isEqualTo(absent.error().replace("zoe", "bob"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 200, 200, 200, 200, 200",
        "alice, 200, 200, 200, 404, 403",
        "bob, 200, 200, 200, 404, 403",
        "carol, 200, 200, 200, 404, 403",
    })
    void each_user_gets_of_each_resource_what_is_theirs(String user, int matrix, int csv, int own, int others, int reading) {
        Caller caller = admin.as(user);

        assertThat(caller.ask("GET", "/access", null).status()).isEqualTo(matrix);
        assertThat(caller.send("GET", "/access/matrix.csv", null, null).status()).isEqualTo(csv);
        for (String infrastructure : List.of("prod", "absent")) {
            String question = "/access/may?project=CHURN&infrastructure=" + infrastructure;
            assertThat(caller.ask("GET", question, null).status()).isEqualTo(own);
            assertThat(caller.ask("GET", question + "&user=" + user, null).status()).isEqualTo(own);
            assertThat(caller.ask("GET", question + "&user=" + (user.equals("alice") ? "bob" : "alice"), null).status()).isEqualTo(others);
        }
        assertThat(caller.ask("POST", "/access/readings", READ_PROD).status()).isEqualTo(reading);
        for (String method : List.of("PUT", "DELETE", "POST")) {
            assertThat(caller.ask(method, "/access", "{}").status()).isEqualTo(405);
        }
    }

    @Test
    void what_somebody_may_not_see_is_in_no_answer() {
        world.infrastructure(new Infrastructure("secret", "Production", List.of(new NodeAddress("https://secret.example.com", "key")), null,
                List.of(Grant.toGroup("board", InfrastructureRight.ADMIN)), null, null, null, null, null, null, null));
        world.codeEnv(new CodeEnv("hidden", "/opt/envs/hidden/bin/python", "bob", false, null));

        for (Caller caller : List.of(alice, admin.as("carol"))) {
            for (String path : List.of("/access", "/access?by=user", "/access?thing=secret")) {
                assertThat(caller.get(path).toString()).as(path).doesNotContain("secret", "hidden", "board");
            }
            assertThat(text(caller, "/access/matrix.csv")).doesNotContain("secret", "hidden", "board");
        }
        assertThat(admin.as("carol").get("/access").path("columns").findValuesAsText("kind")).doesNotContain("infrastructure", "project");
        assertThat(admin.get("/access").path("columns").findValuesAsText("name")).contains("secret", "hidden");
    }

    @Test
    void whether_one_may_deploy_tells_nothing_of_what_is_hidden() {
        Caller carol = admin.as("carol");
        world.gate("Production", World.approvals(1, Principal.ofGroup("board")));

        JsonNode hidden = carol.get("/access/may?project=CHURN&infrastructure=prod");
        JsonNode absent = carol.get("/access/may?project=CHURN&infrastructure=nope");
        JsonNode another = carol.get("/access/may?project=NOPE&infrastructure=prod");

        assertThat(hidden.path("may").asBoolean()).isFalse();
        assertThat(hidden.toString()).isEqualTo(absent.toString().replace("nope", "prod")).doesNotContain("board", "data-team");
        assertThat(another.toString()).isEqualTo(hidden.toString().replace("CHURN", "NOPE"));
        assertThat(hidden.path("gates")).isEmpty();
    }

    @Test
    void whoever_may_deploy_is_told_why_and_what_stands_in_the_way() {
        world.global("operators", GlobalRight.BREAK_GLASS, GlobalRight.OVERRIDE_FREEZE);
        world.gate("Production", new StageGate(2, List.of(Principal.ofGroup("release"), Principal.ofUser("dave")), null, null, "Test", null,
                null, List.of(new Freeze("year-end", LocalDateTime.now().minusDays(2), LocalDateTime.now().plusDays(2), null, null, null, null)),
                null));

        JsonNode answer = alice.get("/access/may?project=CHURN&infrastructure=prod&bundle=v1");

        assertThat(answer.path("may").asBoolean()).isTrue();
        assertThat(answer.path("reasons")).extracting(JsonNode::asText).containsExactly(
                "group data-team has Deploy on infrastructure prod", "group data-team has Deploy on published project CHURN");
        assertThat(answer.path("gates").findValuesAsText("kind")).containsExactly("PROMOTION", "APPROVALS", "FREEZE");
        JsonNode promotion = answer.path("gates").get(0);
        assertThat(promotion.path("text").asText()).contains("Bundle v1", "stage Test", "it has not been active there");
        JsonNode approvals = answer.path("gates").get(1);
        assertThat(approvals.path("text").asText()).contains("asks for 2 of: group release, user dave", "alice, who asks, does not count");
        assertThat(approvals.path("approvers")).extracting(JsonNode::asText).containsExactly("group release", "user dave");
        world.person("dave", false, "data-team");
        JsonNode ofDave = admin.get("/access/may?project=CHURN&infrastructure=prod&user=dave").path("gates").get(1);
        assertThat(ofDave.path("approvers")).extracting(JsonNode::asText).as("nobody opens it for themselves").containsExactly("group release");
        JsonNode freeze = answer.path("gates").get(2);
        assertThat(freeze.path("text").asText()).contains("year-end");
        assertThat(freeze.path("right").asText()).isEqualTo("Override a freeze");
        assertThat(freeze.path("holders")).extracting(JsonNode::asText).containsExactly("operators");
        assertThat(alice.get("/access/may?project=CHURN&infrastructure=prod").path("gates").get(0).path("text").asText())
                .isEqualTo("A bundle must have been deployed on stage Test by an update that ended well.");
        assertThat(alice.ask("GET", "/access/may?project=CHURN&infrastructure=prod&bundle=v9", null).status()).isEqualTo(404);
        assertThat(alice.ask("GET", "/access/may?project=CHURN", null).error()).contains("infrastructure is missing");
    }

    @Test
    void where_a_bundle_has_been_is_told_to_those_who_may_see_that_infrastructure() {
        world.infrastructure("secret-test", "Test");
        world.deploy(World.request("CHURN", "v1", "secret-test"));
        world.change("secret-test", now -> new Infrastructure(now.id(), now.stage(), now.nodes(), null,
                List.of(Grant.toGroup("board", InfrastructureRight.ADMIN)), null, null, null, null, null, null, null));
        world.gate("Production", new StageGate(0, null, null, null, "Test", Span.of("3d"), null, null, null));
        String question = "/access/may?project=CHURN&infrastructure=prod&bundle=v1";

        assertThat(alice.get(question).at("/gates/0/text").asText()).contains("an infrastructure of that stage and ended")
                .doesNotContain("secret-test").doesNotContain("update 1");
        assertThat(admin.get(question).at("/gates/0/text").asText()).contains("update 1 brought it to infrastructure secret-test");
        assertThat(admin.get(question + "&user=alice").at("/gates/0/text").asText()).contains("secret-test");
    }

    @Test
    void an_open_glass_is_said() {
        world.breaksGlass("bob").gate("Production", World.approvals(1, Principal.ofGroup("board")));
        world.deployer().emergencies().breakGlass("bob", "CHURN", "prod", Duration.ofHours(1), "the model is wrong");

        assertThat(alice.get("/access/may?project=CHURN&infrastructure=prod").path("openUntil").asText()).startsWith("20");
    }

    @Test
    void administrators_learn_of_anybody_what_they_lack() {
        JsonNode carol = admin.get("/access/may?user=carol&project=CHURN&infrastructure=prod");

        assertThat(carol.path("may").asBoolean()).isFalse();
        assertThat(carol.path("reasons")).extracting(JsonNode::asText).containsExactly(
                "you (carol) need Deploy on infrastructure prod; the groups that have it: data-team; the users that have it: bob",
                "you (carol) need Deploy on published project CHURN; the groups that have it: data-team, release");
        assertThat(admin.get("/access/may?user=bob&project=CHURN&infrastructure=prod").path("may").asBoolean()).isTrue();
    }

    @Test
    void what_a_node_reported_is_shown_with_when_and_what_it_never_reported_as_never_read() {
        JsonNode before = admin.get("/access");
        assertThat(before.at("/nodes/0/readAt").isNull()).isTrue();
        assertThat(before.path("columns").findValuesAsText("kind")).doesNotContain("cluster");
        world.node("prod").state().resources()
                .codeEnvFor("PYTHON", "py311", "bob", new Resources.Shared("data-team", true, true, false))
                .clusterFor("k8s-main", "admin", new Resources.Shared("data-team", true, true, true), new Resources.Shared("release", true, false, false))
                .containerConfig("k8s-gpu", "release");

        JsonNode read = admin.post("/access/readings", READ_PROD);
        JsonNode matrix = admin.get("/access");

        assertThat(read.at("/nodes/0/readAt").asText()).startsWith("20").isEqualTo(matrix.at("/nodes/0/readAt").asText());
        assertThat(matrix.at("/nodes/0/resources").asInt()).isEqualTo(4);
        assertThat(cell(matrix, "data-team", "cluster", "k8s-main")).isEqualTo("Admin");
        assertThat(cell(matrix, "release", "cluster", "k8s-main")).isEqualTo("Use");
        assertThat(cell(matrix, "data-team", "containerExec", "k8s-gpu")).isEmpty();
        assertThat(cell(matrix, "release", "containerExec", "k8s-gpu")).isEqualTo("Use");
        assertThat(cell(matrix, "data-team", "containerExec", "k8s-small")).as("usable by all").isEqualTo("Use");
        JsonNode onProd = StreamSupport.stream(matrix.path("columns").spliterator(), false)
                .filter(column -> column.path("on").asText().equals("prod") && column.path("kind").asText().equals("codeEnv")).findFirst().orElseThrow();
        assertThat(onProd.path("reportedAt").asText()).startsWith("20");
        JsonNode bob = admin.get("/access?by=user&user=bob&kind=codeEnv").path("lookedUp");
        assertThat(bob.path("cells").get(1).asText()).as("owner of the node's, by login").isEqualTo("Admin");
    }

    @Test
    void what_a_plan_alone_reported_is_shown_to_whom_their_groups_on_the_node_give_it() {
        world.node("prod").state().resources().clusterFor("k8s-main", "admin", new Resources.Shared("data-team", true, false, false));
        world.publish(BundleZip.of("CHURN", "v2").cluster("k8s-main"));
        world.deploy(World.request("CHURN", "v2", "prod").dryRun(true));

        JsonNode users = admin.get("/access?by=user&user=alice");

        assertThat(users.at("/nodes/0/readAt").isNull()).as("nobody has pressed Read now").isTrue();
        assertThat(cell(users, users.path("lookedUp"), "cluster", "k8s-main")).isEqualTo("Use");
        world.gate("Production", World.approvals(1, Principal.ofGroup("administrators")));
        assertThat(cell(admin.get("/access"), "administrators", "cluster", "k8s-main")).as("administers the node").isEqualTo("Admin");
    }

    @Test
    void code_envs_of_one_name_in_two_languages_stand_apart() {
        world.node("prod").state().resources().codeEnv("PYTHON", "ds").codeEnv("R", "ds")
                .codeEnvFor("R", "ds", "admin", new Resources.Shared("data-team", true, false, false));
        admin.post("/access/readings", READ_PROD);

        JsonNode matrix = admin.get("/access");

        assertThat(cell(matrix, "data-team", "codeEnv", "ds (R)")).isEqualTo("Use");
        assertThat(cell(matrix, "release", "codeEnv", "ds (R)")).isEmpty();
        assertThat(cell(matrix, "release", "codeEnv", "ds (PYTHON)")).isEqualTo("Use");
    }

    @Test
    void on_nodes_a_user_has_what_the_node_gives_their_login() {
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("bob", "carol")), null));
        world.node("prod").state().resources().clusterFor("k8s-main", "carol", new Resources.Shared("churn-team", true, true, false));
        admin.post("/access/readings", READ_PROD);

        JsonNode users = admin.get("/access?by=user&user=alice");
        assertThat(cell(users, users.path("lookedUp"), "cluster", "k8s-main")).as("through the node's own group").isEqualTo("Operate");
        assertThat(cell(users, "bob", "cluster", "k8s-main")).as("as carol there").isEqualTo("Admin");
    }

    @Test
    void a_node_is_read_for_administrators_and_its_refusal_is_theirs_to_see() {
        assertThat(alice.ask("POST", "/access/readings", READ_PROD).status()).isEqualTo(403);
        assertThat(admin.as("bob").ask("POST", "/access/readings", READ_PROD).status()).as("its administrator").isEqualTo(403);
        assertThat(admin.ask("POST", "/access/readings", "{\"infrastructure\": \"nope\"}").status()).isEqualTo(404);
        assertThat(world.node("prod").calls()).isEmpty();

        world.node("prod").faults().on("GET", "/admin/clusters/").always(new Fault.DataikuError(500, "x", "no clusters here"));
        Caller.Answer refused = admin.ask("POST", "/access/readings", READ_PROD);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).contains("no clusters here");
        assertThat(admin.get("/access").at("/nodes/0/readAt").isNull()).isTrue();

        String endless = "https://" + "a".repeat(64) + ".example.com:1";
        world.infrastructure(World.infrastructure("prod", "Production", List.of(new NodeAddress(endless, "prod-key"))));
        Caller.Answer impossible = admin.ask("POST", "/access/readings", READ_PROD);
        assertThat(impossible.status()).isEqualTo(400);
        assertThat(impossible.error()).contains("is not an address");
    }

    @Test
    void a_file_for_tables_has_all_rows_and_no_formulas() {
        world.change("prod", now ->
                new Infrastructure(now.id(), now.stage(), now.nodes(), null, List.of(
                        Grant.toGroup("=HYPERLINK(\"http://x\")", InfrastructureRight.READ), Grant.toGroup(" @sum", InfrastructureRight.READ),
                        Grant.toGroup("line\nbreak", InfrastructureRight.ADMIN)), null, null, null, null, null, null, null));

        String csv = text(admin, "/access/matrix.csv?limit=1&kind=infrastructure");

        assertThat(csv.lines()).containsExactly(
                "\"Group\",\"What counts\",\"infrastructure prod\"",
                "\"'=HYPERLINK(\"\"http://x\"\")\",\"the group\",\"Read\"",
                "\"'@sum\",\"the group\",\"Read\"",
                "\"data-team\",\"the group\",\"\"",
                "\"line\\u000abreak\",\"the group\",\"Admin\"",
                "\"release\",\"the group\",\"\"");
        WebReply reply = admin.send("GET", "/access/matrix.csv?by=user&user=alice", null, null);
        assertThat(reply.headers()).containsEntry("Content-Disposition", "attachment; filename=\"access-by-user.csv\"")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(new String(Caller.octets(reply), StandardCharsets.UTF_8)).contains("\"alice\",\"name and groups\"", "\"carol\",\"name alone\"",
                "\"code env py311\"");
    }

    private static String text(Caller caller, String path) {
        WebReply reply = caller.send("GET", path, null, null);
        assertThat(reply.status()).isEqualTo(200);
        return new String(Caller.octets(reply), StandardCharsets.UTF_8);
    }
}

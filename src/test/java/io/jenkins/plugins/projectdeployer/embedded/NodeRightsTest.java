package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeRightsTest {
    private final EmbeddedNode node = EmbeddedNode.start("prod");
    private final Probe probe = new Probe(node);
    private final BundleZip bundle = BundleZip.of("CHURN", "v1").scenario("TRAIN").webapp("dash");

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_key_is_taken_in_all_three_forms_under_both_roots() throws Exception {
        for (String form : new String[] {Probe.basic(node.key() + ":"), Probe.basic(":" + node.key()), "Bearer " + node.key()}) {
            for (String root : new String[] {"/public/api", "/dip/publicapi"}) {
                assertThat(probe.authorization(form).root(root).get("/instance-info").json().path("nodeType").asText())
                        .as(form.split(" ")[0] + " under " + root)
                        .isEqualTo("AUTOMATION");
            }
        }
    }

    @Test
    void every_answer_carries_the_versions() throws Exception {
        var headers = probe.get("/instance-info").response().headers();
        assertThat(headers.firstValue("DSS-Version")).hasValue("13.5.3");
        assertThat(headers.firstValue("DSS-API-Version")).isPresent();
    }

    @Test
    void an_unknown_a_missing_and_a_revoked_key_are_refused_in_dataikus_shape() throws Exception {
        assertThat(probe.authorization("Bearer nonsense").get("/projects/").status()).isEqualTo(401);
        assertThat(probe.authorization(null).get("/projects/").status()).isEqualTo(401);
        node.state().revoke(node.key());
        Probe.Answer refused = probe.get("/projects/");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errorType()).isEqualTo("com.dataiku.dip.exceptions.NotAuthenticatedException");
        assertThat(refused.json().has("detailedMessage")).isTrue();
        assertThat(refused.text()).doesNotContain(node.key());
    }

    @Test
    void a_proxy_user_who_is_unknown_or_disabled_is_refused() throws Exception {
        assertThat(probe.as("nobody").get("/projects/").status()).isEqualTo(401);
        node.state().directory().enabled("carol", false);
        assertThat(probe.as("carol").get("/projects/").message()).contains("carol").contains("disabled");
    }

    @Test
    void a_login_outside_ascii_is_understood_in_both_charsets() throws Exception {
        node.state().directory().user("zo\u00eb");
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1}) {
            URI url = URI.create(node.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                String head = "GET /public/api/auth/info HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + node.key()
                        + "\r\nX-DKU-ProxyUser: zo\u00eb\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(charset));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).contains("\"authIdentifier\":\"zo\u00eb\"");
            }
        }
    }

    @Test
    void only_an_administrators_key_acts_for_others() throws Exception {
        node.state().key("weak", "weak-key", false);
        Probe weak = probe.authorization("Bearer weak");
        assertThat(weak.get("/projects/").status()).isEqualTo(200);
        assertThat(weak.as("alice").get("/projects/").status()).isEqualTo(403);
    }

    @Test
    void creating_a_project_takes_the_global_right_of_the_user_acted_for() throws Exception {
        Probe.Answer refused = probe.as("bob").upload("/projectsFromBundle/", bundle.bytes());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(node.state().projectKeys()).isEmpty();
        assertThat(probe.as("alice").upload("/projectsFromBundle/", bundle.bytes()).status()).isEqualTo(200);
        assertThat(node.state().project("CHURN").owner()).isEqualTo("alice");
    }

    @Test
    void a_project_that_one_may_not_see_looks_like_one_that_does_not_exist() throws Exception {
        probe.as("alice").deploy(bundle);
        Probe.Answer hidden = probe.as("bob").get("/projects/CHURN/settings");
        Probe.Answer absent = probe.as("bob").get("/projects/NOPE/settings");
        assertThat(hidden.status()).isEqualTo(absent.status());
        assertThat(hidden.text()).isEqualTo(absent.text());
        assertThat(probe.as("bob").get("/projects/").json()).isEmpty();
        assertThat(probe.as("alice").get("/projects/").json()).hasSize(1);
    }

    @Test
    void importing_takes_write_on_the_project_and_settings_take_admin() throws Exception {
        probe.as("alice").deploy(bundle);
        byte[] next = BundleZip.of("CHURN", "v2").bytes();
        String importing = "/projects/CHURN/bundles/imported/actions/importFromStream";
        node.state().project("CHURN").grant("churn-team", ProjectFlag.readProjectContent);
        assertThat(probe.as("bob").upload(importing, next).status()).isEqualTo(403);
        node.state().project("CHURN").grant("churn-team", ProjectFlag.writeProjectContent);
        assertThat(probe.as("bob").upload(importing, next).status()).isEqualTo(200);
        assertThat(probe.as("bob").put("/projects/CHURN/settings", Json.object()).status()).isEqualTo(403);
        assertThat(probe.as("bob").get("/projects/CHURN/permissions").status()).isEqualTo(403);
        node.state().project("CHURN").grant("churn-team", ProjectFlag.admin);
        assertThat(probe.as("bob").get("/projects/CHURN/permissions").status()).isEqualTo(200);
    }

    @Test
    void only_an_administrator_sets_a_run_as_user_and_only_one_who_exists() throws Exception {
        probe.as("alice").deploy(bundle);
        for (String path : new String[] {"/projects/CHURN/scenarios/TRAIN", "/projects/CHURN/webapps/dash"}) {
            ObjectNode definition = (ObjectNode) probe.get(path).json();
            definition.put("runAsUser", "svc_run");
            assertThat(probe.as("alice").put(path, definition).status()).as(path).isEqualTo(403);
            assertThat(probe.put(path, definition).status()).as(path).isEqualTo(200);
            assertThat(probe.as("alice").put(path, definition).status()).as("unchanged " + path).isEqualTo(200);
            assertThat(probe.put(path, definition.put("runAsUser", "nobody")).message()).contains("nobody");
        }
        assertThat(node.state().project("CHURN").scenario("TRAIN").runAsUser()).isEqualTo("svc_run");
        assertThat(node.state().project("CHURN").webapp("dash").runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void a_scenario_without_run_as_runs_as_its_last_editor() throws Exception {
        probe.as("alice").deploy(bundle);
        String path = "/projects/CHURN/scenarios/TRAIN";
        node.state().project("CHURN").grant("release", ProjectFlag.writeProjectContent);
        probe.as("carol").put(path, probe.get(path).json());
        assertThat(node.state().project("CHURN").scenario("TRAIN").runsAs()).isEqualTo("carol");
    }

    @Test
    void lists_under_admin_take_an_administrator_and_the_short_ones_do_not() throws Exception {
        for (String path : new String[] {"/admin/users/", "/admin/groups/", "/admin/connections/", "/admin/clusters/", "/admin/general-settings"}) {
            assertThat(probe.as("alice").get(path).status()).as(path).isEqualTo(403);
            assertThat(probe.as("admin").get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(probe.as("bob").get("/users").json()).hasSize(7);
        assertThat(probe.as("bob").get("/groups").json()).hasSize(5);
        node.state().resources().connectionUsableBy("sql-prod", "release");
        assertThat(probe.as("bob").get("/connections/get-names?type=PostgreSQL").text()).doesNotContain("sql-prod");
        assertThat(probe.as("carol").get("/connections/get-names?type=PostgreSQL").text()).contains("sql-prod");
    }

    @Test
    void all_errors_can_be_500_as_dataikus_often_are() throws Exception {
        try (EmbeddedNode grumpy = EmbeddedNode.builder().everyErrorIs500().start()) {
            Probe.Answer answer = new Probe(grumpy).get("/projects/NOPE");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.message()).isEqualTo("Failed to read project permissions");
        }
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import io.jenkins.plugins.projectdeployer.deployment.HookRuns;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** alice administers infrastructure {@code dev} and not Jenkins, bob may look at it, carol knows nothing of it. */
@WithOneJenkins
class InfrastructurePageTest {

    private static final String SETTINGS = "project-deployer/infrastructure/dev/settings/";
    private static final String OTHER = "a-key-that-nobody-shows-9d5ed678fe57bcca";

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.credential("dev-key", CredentialsScope.SYSTEM, Scene.KEY);
        Scene.credential("token", CredentialsScope.SYSTEM, OTHER);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - id: dev
                        seed: true
                        stage: Development
                        nodes: [{url: "http://127.0.0.1:19999", credentialsId: dev-key}]
                        grants: [{user: alice, right: ADMIN}, {user: bob, right: READ}]
                        hooks: [{name: hello, phase: POST, text: "# 1", secrets: [{name: tracker, credentialsId: token}]}]
                      - id: hidden
                        stage: Production
                        nodes: [{url: "http://127.0.0.1:19998", credentialsId: dev-key}]
                """);
    }

    @Test
    void who_administers_an_infrastructure_saves_its_settings_and_changes_nothing_by_looking() throws Exception {
        Infrastructure before = infrastructure();
        jenkins.submit(form("alice"));
        assertThat(infrastructure()).isEqualTo(before);

        HtmlForm form = form("alice");
        form.getInputByName("_.deployAsUser").setValue("svc_deploy");
        jenkins.submit(form);
        assertThat(infrastructure().policies().deployAsUser()).isEqualTo("svc_deploy");
    }

    @Test
    void the_page_shows_neither_keys_nor_ids_of_credentials() throws Exception {
        String page = form("alice").getPage().getWebResponse().getContentAsString();
        assertThat(page).doesNotContain(Scene.KEY, OTHER, "dev-key", "\"token\"").contains("tracker");
    }

    @Test
    void a_new_url_drops_the_key() throws Exception {
        assertThat(submitted(form -> form.getInputByName("_.url").setValue("http://127.0.0.1:20000"))).contains("enter the API key");
        assertThat(infrastructure().nodes().get(0).url()).isEqualTo("http://127.0.0.1:19999");
    }

    @Test
    void a_new_url_with_its_key_is_kept_where_no_pipeline_and_no_other_host_gets_at_it() throws Exception {
        HtmlForm form = form("alice");
        form.getInputByName("_.url").setValue("http://127.0.0.1:20000");
        form.getInputByName("_.newKey").setValue("typed-key-0cc175b9c0f1b6a8");
        jenkins.submit(form);

        String id = infrastructure().nodes().get(0).credentialsId();
        assertThat(infrastructure().nodes().get(0).url()).isEqualTo("http://127.0.0.1:20000");
        assertThat(credential(id, "http://127.0.0.1:20000").getSecret().getPlainText()).isEqualTo("typed-key-0cc175b9c0f1b6a8");
        assertThat(credential(id, "http://127.0.0.1:20000").getScope()).isEqualTo(CredentialsScope.SYSTEM);
        assertThat(credential(id, "http://127.0.0.1:20001")).isNull();
        java.nio.file.Path file = jenkins.jenkins.getRootDir().toPath().resolve(ProjectDeployerConfiguration.class.getName() + ".xml");
        assertThat(java.nio.file.Files.readString(file)).doesNotContain("typed-key");
    }

    @Test
    void what_takes_administer_is_put_back_whatever_is_posted() throws Exception {
        HtmlForm form = form("alice");
        String json = """
                {"stage": "Production", "revision": "%s", "nodes": {"url": "http://127.0.0.1:19999", "credentialsId": "token", "newKey": ""},
                 "grants": {"user": "alice", "right": "ADMIN"}, "policies": {}, "codeEnvsBehavior": {}, "id": "hidden",
                 "hooks": [{"name": "hello", "phase": "POST", "text": "# 2", "secrets": {"name": "x", "credentialsId": "dev-key"}},
                           {"name": "second", "phase": "POST", "text": "# 3", "secrets": {"name": "x", "credentialsId": "dev-key"}}]}
                """.formatted(form.getInputByName("revision").getValue());
        JenkinsRule.WebClient client = client("alice");
        WebRequest request = new WebRequest(new URL(client.getContextPath() + SETTINGS + "configSubmit"), HttpMethod.POST);
        request.setRequestParameters(List.of(new org.htmlunit.util.NameValuePair("json", json)));
        client.addCrumb(request);
        assertThat(client.getPage(request).getWebResponse().getStatusCode()).isEqualTo(200);

        Infrastructure after = infrastructure();
        assertThat(after.stage()).isEqualTo("Development");
        assertThat(after.nodes().get(0).credentialsId()).isEqualTo("dev-key");
        assertThat(after.hooks()).extracting(Hook::text).containsExactly("# 2", "# 3");
        assertThat(after.hooks().get(0).secrets()).singleElement().satisfies(secret -> assertThat(secret.name()).isEqualTo("tracker"));
        assertThat(after.hooks().get(1).secrets()).isEmpty();
    }

    @Test
    void a_node_of_an_infrastructure_that_they_do_not_see_is_refused_without_its_name() throws Exception {
        assertThat(submitted(form -> {
            form.getInputByName("_.url").setValue("http://127.0.0.1:19998");
            form.getInputByName("_.newKey").setValue("x");
        })).contains("belongs to another infrastructure already").doesNotContain("hidden");
    }

    @Test
    void approvers_see_who_wrote_a_hook_whoever_saves_or_runs_it_afterwards() throws Exception {
        write("# from alice");
        assertThat(asked()).containsEntry("# from alice", "alice").containsOnlyKeys("# from alice");

        HtmlForm shared = client("admin").goTo("manage/project-deployer-configuration/shared").getFormByName("config");
        jenkins.submit(shared);
        HookText hook = HookRuns.text("dev", infrastructure().hooks().get(0), List.of());
        assertThatThrownBy(() -> new ApprovedHooks().check(hook)).isInstanceOf(HookNotApproved.class);
        assertThat(asked()).containsEntry("# from alice", "alice");

        write("# again from alice");
        assertThat(asked()).as("its newer text alone").containsEntry("# again from alice", "alice").containsOnlyKeys("# again from alice");
        assertThatThrownBy(() -> new ApprovedHooks().check(hook)).as("of an update that was planned before").isInstanceOf(HookNotApproved.class);
        assertThat(asked()).containsEntry("# again from alice", "alice").containsKey("# from alice");
    }

    @Test
    void what_an_administrator_has_listed_stays_whoever_saves_where_the_sandbox_is_forced() throws Exception {
        ScriptApproval.get().setForceSandbox(true);
        String check = SETTINGS + "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.HookConfig/checkText?value=pass";
        assertThat(new Caller(jenkins, "alice").post(check).body()).as("as she types").contains("warning", "Ask a Jenkins administrator to save this page");
        assertThat(new Caller(jenkins, "admin").post(check).body()).as("whose texts are listed").doesNotContain("warning");
        write("# from alice");
        assertThat(asked()).isEmpty();

        HtmlForm dev = client("admin").goTo(SETTINGS).getFormByName("config");
        jenkins.submit(dev);
        assertThat(asked()).containsOnlyKeys("# from alice");

        HtmlForm form = form("alice");
        form.getInputByName("_.deployAsUser").setValue("svc_deploy");
        jenkins.submit(form);
        assertThat(asked()).containsOnlyKeys("# from alice");
    }

    private void write(String text) throws Exception {
        HtmlForm form = form("alice");
        form.getTextAreaByName("_.text").setText(text);
        jenkins.submit(form);
        assertThat(infrastructure().hooks()).extracting(Hook::text).containsExactly(text);
    }

    /** Who has asked for what of dev to be approved, by its last line. */
    private static Map<String, String> asked() {
        Map<String, String> asked = new HashMap<>();
        ScriptApproval.get().getPendingScripts().forEach(pending -> asked.put(
                pending.script.strip().lines().reduce((before, last) -> last).orElseThrow(), String.valueOf(pending.getContext().getUser())));
        return asked;
    }

    @Test
    void a_stale_form_is_refused() throws Exception {
        HtmlForm late = form("alice");
        HtmlForm first = form("alice");
        first.getInputByName("_.deployAsUser").setValue("svc_first");
        jenkins.submit(first);
        late.getInputByName("_.deployAsUser").setValue("svc_late");
        late.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        assertThat(((HtmlPage) jenkins.submit(late)).asNormalizedText()).contains("Somebody else has saved");
        assertThat(infrastructure().policies().deployAsUser()).isEqualTo("svc_first");
    }

    @Test
    void nobody_gets_further_than_their_rights() throws Exception {
        assertThat(statuses("alice", HttpMethod.GET)).containsExactly(200, 200, 404, 404, 404, 403);
        assertThat(statuses("bob", HttpMethod.GET)).containsExactly(200, 404, 404, 404, 404, 403);
        assertThat(statuses("carol", HttpMethod.GET)).containsExactly(404, 404, 404, 404, 404, 403);
        assertThat(status("bob", HttpMethod.POST, SETTINGS + "configSubmit")).isEqualTo(404);
        assertThat(status("carol", HttpMethod.POST, SETTINGS + "configSubmit")).isEqualTo(404);
        assertThat(status("alice", HttpMethod.POST, SETTINGS + "doDelete")).isEqualTo(403);
        assertThat(ProjectDeployerConfiguration.get().configuration().infrastructures()).hasSize(2);
    }

    private List<Integer> statuses(String user, HttpMethod method) throws Exception {
        List<Integer> statuses = new java.util.ArrayList<>();
        for (String path : List.of("project-deployer/infrastructure/dev/", SETTINGS, SETTINGS + "configSubmit",
                "project-deployer/infrastructure/hidden/", "project-deployer/infrastructure/absent/",
                "manage/project-deployer-configuration/")) {
            statuses.add(status(user, method, path));
        }
        return statuses;
    }

    private int status(String user, HttpMethod method, String path) throws Exception {
        Caller caller = new Caller(jenkins, user);
        return (method == HttpMethod.POST ? caller.post(path) : caller.get(path)).statusCode();
    }

    @Test
    void hidden_and_absent_are_answered_alike() throws Exception {
        assertThat(answer("hidden").replace("hidden", "ID")).isEqualTo(answer("absent").replace("absent", "ID"));
    }

    @Test
    void what_code_defines_is_only_shown() throws Exception {
        HtmlPage page = client("admin").goTo("project-deployer/infrastructure/hidden/settings/");
        assertThat(page.asNormalizedText()).contains("Configuration as code defines this infrastructure");
        assertThat(page.getFormByName("config").getElementsByAttribute("button", "name", "Submit")).isEmpty();
        for (String change : List.of("configSubmit", "doDelete")) {
            assertThat(new Caller(jenkins, "admin").post("project-deployer/infrastructure/hidden/settings/" + change)).as(change).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("is defined by configuration as code");
            });
        }
        assertThat(ProjectDeployerConfiguration.get().configuration().infrastructure("hidden")).isPresent();
    }

    @Test
    void what_code_sowed_grows_in_pages_and_what_pages_made_stays() throws Exception {
        HtmlForm form = form("alice");
        form.getInputByName("_.deployAsUser").setValue("svc_deploy");
        jenkins.submit(form);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - {id: dev, seed: true, stage: Test, nodes: [{url: "http://127.0.0.1:1", credentialsId: dev-key}]}
                """);
        assertThat(ProjectDeployerConfiguration.get().configuration().infrastructures()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo("dev");
            assertThat(left.stage()).isEqualTo("Development");
            assertThat(left.policies().deployAsUser()).isEqualTo("svc_deploy");
        });
    }

    private String answer(String id) throws Exception {
        return new Caller(jenkins, "alice").get("project-deployer/infrastructure/" + id + "/").body();
    }

    private String submitted(java.util.function.Consumer<HtmlForm> typing) throws Exception {
        HtmlForm form = form("alice");
        typing.accept(form);
        form.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        return ((HtmlPage) jenkins.submit(form)).asNormalizedText();
    }

    private HtmlForm form(String user) throws Exception {
        return client(user).goTo(SETTINGS).getFormByName("config");
    }

    private JenkinsRule.WebClient client(String user) {
        return jenkins.createWebClient().withBasicCredentials(user);
    }

    private static Infrastructure infrastructure() {
        return ProjectDeployerConfiguration.get().configuration().infrastructure("dev").orElseThrow();
    }

    private StringCredentials credential(String id, String url) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, URIRequirementBuilder.fromUri(url).build());
    }
}

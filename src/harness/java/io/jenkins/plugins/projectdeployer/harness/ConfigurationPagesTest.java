package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@WithOneJenkins
class ConfigurationPagesTest {

    private static final String DESCRIPTORS = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.";

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
        Scene.credential("global-key", CredentialsScope.GLOBAL, "another-secret-5d41402abc4b2a76");
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages:
                      - {name: Test}
                      - name: Development
                        gate:
                          approvals: 2
                          approvers: [{group: release}, {user: carol}]
                          excludeEditorsWithin: 7d
                          timeLimit: 36h
                          promoteFrom: Test
                          promoteAfter: 24h
                          promoteHealth: HEALTHY
                          freezes:
                            - {name: calm, start: "2026-12-20T00:00", end: "2027-01-04T06:00", rrule: FREQ=YEARLY, zone: Europe/Paris, infrastructures: [dev], projects: ["CHURN*", P2]}
                          webhooks: [{url: "https://chat.example.com/in", credentialsId: global-key}]
                    technicalUsers: [{jobs: "team/nightly/*", user: alice}]
                    nodesInHealth: true
                    projects:
                      - {pattern: "CHURN*", grants: [{group: data-team, right: WRITE}, {user: bob, right: READ}], creators: [{user: bob}]}
                    designNodes: [{id: design, node: {url: "http://127.0.0.1:19998", credentialsId: global-key}}]
                    codeEnvs: [{name: py311, interpreter: /usr/bin/python3, usableByAll: false}]
                    infrastructures: [{id: dev, seed: true}]
                    loginMapping: {table: [{user: alice, login: a.smith}]}
                    hookLimits: {launcher: [/usr/bin/nice, "-n", "5"]}
                """);
    }

    @Test
    void pages_saved_untouched_change_nothing() throws Exception {
        Configuration before = configuration();
        jenkins.submit(form(admin().goTo("manage/project-deployer-configuration/shared")));
        assertThat(configuration()).isEqualTo(before);
        jenkins.submit(form(admin().goTo("project-deployer/infrastructure/dev/settings/")));
        assertThat(configuration()).isEqualTo(before);
        jenkins.submit(admin().goTo("manage/configure").getFormByName("config"));
        assertThat(configuration()).isEqualTo(before);
    }

    @Test
    void another_directory_for_bundles_is_said_to_count_later() throws Exception {
        String check = DESCRIPTORS + "BundleStorageConfig/checkDirectory?value=";
        assertThat(new Caller(jenkins, "admin").post(check + "/var/bundles").body()).contains("Counts when Jenkins starts the next time");
        Scene.code("unclassified: {projectDeployer: {bundleStorage: {directory: /var/bundles}}}");
        assertThat(new Caller(jenkins, "admin").post(check + "/var/bundles").body()).doesNotContain("warning", "error");
        assertThat(new Caller(jenkins, "admin").post(check).body()).contains("Counts when Jenkins starts the next time");
    }

    @Test
    void keys_that_can_be_published_are_taken_without_a_word() throws Exception {
        String check = DESCRIPTORS + "FolderDeployments/checkProject?value=";
        String inside = jenkins.createFolder("team").getUrl() + check;
        assertThat(new Caller(jenkins, "admin").post(inside + "CHURN-2_EU").body()).doesNotContain("warning");
        assertThat(new Caller(jenkins, "admin").post(inside + "CHURN.EU").body()).contains("dashes and underscores");
    }

    @Test
    void what_is_typed_is_saved() throws Exception {
        HtmlForm form = form(admin().goTo("project-deployer/infrastructure/dev/settings/"));
        form.getInputByName("_.deployAsUser").setValue("svc_other");
        form.getTextAreaByName("allowedJobs").setText("one\n team/* \n\n");
        jenkins.submit(form);
        assertThat(configuration().infrastructures().get(0).policies().deployAsUser()).isEqualTo("svc_other");
        assertThat(configuration().infrastructures().get(0).allowedJobs()).containsExactly("one", "team/*");
    }

    @Test
    void a_page_that_somebody_else_has_overtaken_is_refused() throws Exception {
        HtmlForm form = form(admin().goTo("project-deployer/infrastructure/dev/settings/"));
        form.getInputByName("_.deployAsUser").setValue("svc_late");
        HtmlForm earlier = form(admin().goTo("project-deployer/infrastructure/dev/settings/"));
        earlier.getInputByName("_.deployAsUser").setValue("svc_first");
        jenkins.submit(earlier);
        form.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = jenkins.submit(form);
        assertThat(answer.asNormalizedText()).contains("Somebody else has saved infrastructure \"dev\"");
        assertThat(configuration().infrastructures().get(0).policies().deployAsUser()).isEqualTo("svc_first");
    }

    @Test
    void shared_settings_that_somebody_else_has_overtaken_are_refused() throws Exception {
        HtmlForm late = form(admin().goTo("manage/project-deployer-configuration/shared"));
        HtmlForm first = form(admin().goTo("manage/project-deployer-configuration/shared"));
        first.getInputByName("_.permits").setValue("5");
        jenkins.submit(first);
        late.getInputByName("_.permits").setValue("7");
        late.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = jenkins.submit(late);
        assertThat(answer.asNormalizedText()).contains("Somebody else has saved the shared settings");
        assertThat(configuration().hookLimits().permits()).isEqualTo(5);
    }

    @Test
    void a_new_infrastructure_is_checked_as_a_whole() throws Exception {
        JenkinsRule.WebClient admin = admin().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = form(admin.goTo("manage/project-deployer-configuration/new"));
        form.getInputByName("_.id").setValue("second");
        form.getInputByName("_.url").setValue("HTTP://127.0.0.1:19999/");
        HtmlPage answer = jenkins.submit(form);
        assertThat(answer.asNormalizedText()).contains("already belongs to infrastructure \"dev\"");
        assertThat(configuration().infrastructures()).hasSize(1);
    }

    @Test
    void only_administrators_are_shown_the_ids_of_credentials() throws Exception {
        String fill = DESCRIPTORS + "NodeConfig/fillCredentialsIdItems"
                + "?url=http://127.0.0.1:19999&credentialsId=chosen";
        assertThat(post("admin", fill).body()).contains("dev-key", "global-key", "chosen");
        assertThat(post("alice", fill).body()).contains("chosen").doesNotContain("dev-key", "global-key");
    }

    @Test
    void a_key_that_pipelines_can_read_draws_a_warning() throws Exception {
        String check = DESCRIPTORS + "NodeConfig/checkCredentialsId"
                + "?url=http://127.0.0.1:19999&value=";
        assertThat(post("admin", check + "dev-key").body()).doesNotContain("warning", "error");
        assertThat(post("admin", check + "global-key").body()).contains("warning", "System");
        assertThat(post("admin", check + "absent").body()).contains("error");
    }

    @Test
    void no_page_holds_a_key() throws Exception {
        for (String page : List.of("manage/project-deployer-configuration/", "project-deployer/infrastructure/dev/settings/")) {
            assertThat(get("admin", page).body())
                    .contains("127.0.0.1")
                    .doesNotContain(Scene.KEY, "another-secret-5d41402abc4b2a76");
        }
    }

    private JenkinsRule.WebClient admin() throws Exception {
        return jenkins.createWebClient().withBasicCredentials("admin");
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return new Caller(jenkins, user).get(path);
    }

    private HttpResponse<String> post(String user, String path) throws IOException, InterruptedException {
        return new Caller(jenkins, user).post(path);
    }

    private static HtmlForm form(HtmlPage page) {
        return page.getFormByName("config");
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.web.Page;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jenkins.security.ApiTokenProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Our pages and the resources behind them, as Jenkins serves them. */
@WithOneJenkins
class OwnPagesTest {

    private static final String PAGES = "project-deployer/";
    private static final String API = PAGES + "api/";

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
        Scene.publish(directory, "v1");
        Engine.get().administration().create("alice", "CHURN-on-dev", "CHURN", "dev", "v1", null, SettingsChange.NONE);
    }

    private Caller as(String user) {
        return new Caller(jenkins, user);
    }

    @Test
    void each_page_opens_with_its_module_and_the_list_of_pages() throws Exception {
        for (Page page : Engine.get().ownApi().pages(new Person("admin", Set.of(), true))) {
            HttpResponse<String> answer = as("admin").get(PAGES + page.address());
            assertThat(answer.statusCode()).as(page.title()).isEqualTo(200);
            assertThat(answer.body()).as(page.title()).contains("/js/" + page.module() + ".js").containsPattern("aria-current=\"page\"[^>]*>" + page.title());
        }
        assertThat(as("alice").get(PAGES).body()).contains(">Projects<").doesNotContain(">Audit<");
        assertThat(as("alice").get(PAGES + "audit").statusCode()).as("for auditors").isEqualTo(404);
        assertThat(as("alice").get(PAGES + "hooks").statusCode()).as("for those who administer").isEqualTo(404);
        assertThat(as("alice").get(PAGES + "nowhere").statusCode()).isEqualTo(404);
        assertThat(as("alice").get(PAGES + "nowhere/").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_about_a_thing_is_there_for_those_who_may_see_it() throws Exception {
        HttpResponse<String> answer = as("alice").get(PAGES + "deployment/CHURN-on-dev/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("data-item=\"CHURN-on-dev\"");

        HttpResponse<String> hidden = as("bob").get(PAGES + "deployment/CHURN-on-dev/");
        HttpResponse<String> absent = as("bob").get(PAGES + "deployment/CHURN-on-xyz/");
        assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
        assertThat(hidden.body().replace("CHURN-on-dev", "ID")).isEqualTo(absent.body().replace("CHURN-on-xyz", "ID"));
    }

    @Test
    void the_page_of_an_infrastructure_leads_to_the_others() throws Exception {
        String page = as("alice").get(PAGES + "infrastructure/dev/").body();

        assertThat(page).contains("<nav ", "project-deployer/infrastructures/\">Infrastructures</a>", "project-deployer/projects/\">Projects</a>")
                .doesNotContain(">Audit<");
        assertThat(as("alice").get(PAGES + "infrastructure/dev/list/").statusCode()).as("the list is no page").isEqualTo(404);
        assertThat(as("alice").get(PAGES + "projects/list/").statusCode()).isEqualTo(404);
    }

    @Test
    void the_modules_are_served() throws Exception {
        for (String name : List.of("api", "dom", "poll", "states", "table", "words")) {
            assertThat(as("alice").get("plugin/project-deployer/js/" + name + ".js").statusCode()).as(name).isEqualTo(200);
        }
    }

    @Test
    void resources_show_each_what_they_may_see() throws Exception {
        HttpResponse<String> alices = as("alice").get(API + "deployments");
        assertThat(alices.statusCode()).isEqualTo(200);
        assertThat(alices.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(alices.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
        assertThat(alices.body()).contains("CHURN-on-dev");
        assertThat(as("bob").get(API + "deployments").body()).doesNotContain("CHURN");
        assertThat(as("anonymous").get(API + "deployments").statusCode()).isEqualTo(403);
    }

    @Test
    void a_tag_that_still_holds_is_said_to() throws Exception {
        String tag = as("alice").get(API + "deployments").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = as("alice").get(API + "deployments", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void what_changes_something_needs_a_crumb_or_a_token() throws Exception {
        String token = User.getById("alice", true).getProperty(ApiTokenProperty.class).generateNewToken("pages").plainValue;
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(as("alice").send(method, API + "me", false).statusCode()).as(method).isEqualTo(403);
            assertThat(as("alice").send(method, API + "me", true).statusCode()).as(method + ", with a crumb").isEqualTo(405);
            assertThat(new Caller(jenkins, "alice", token).send(method, API + "me", false).statusCode()).as(method + ", with a token").isEqualTo(405);
        }
    }

    @Test
    void a_plugin_that_answers_in_place_of_the_crumb_filter_writes_nothing_into_our_answers() throws Exception {
        CrumbExclusion teapot = new CrumbExclusion() {
            @Override
            public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
                if (request.getRequestURI().contains("project-deployer/api/me") && request.getMethod().equals("PUT")) {
                    response.setStatus(418);
                    response.setHeader("X-Teapot", "yes");
                    response.getWriter().println("I am a teapot");
                    response.getOutputStream().write(1);
                    return true;
                }
                return false;
            }
        };
        ExtensionList.lookup(CrumbExclusion.class).add(teapot);
        HttpResponse<String> answer;
        try {
            answer = as("alice").send("PUT", API + "me", false);
        } finally {
            ExtensionList.lookup(CrumbExclusion.class).remove(teapot);
        }

        assertThat(answer.statusCode()).as("answered is not let by").isEqualTo(403);
        assertThat(answer.headers().firstValue("X-Teapot")).isEmpty();
        assertThat(answer.body()).contains("crumb").doesNotContain("teapot");
    }

    @Test
    void what_is_encoded_in_a_path_stays_where_it_is() throws Exception {
        HttpResponse<String> answer = as("alice").get(API + "a%2Fb");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\\\"a/b\\\"");
    }
}

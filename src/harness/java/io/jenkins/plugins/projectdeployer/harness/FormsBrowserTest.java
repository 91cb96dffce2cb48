package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;

/** The plugin's forms, which Jenkins draws, in a real browser and a real Jenkins. */
@WithOneJenkins
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere", disabledReason = "there is no Chromium with its driver")
class FormsBrowserTest {

    private static final String CONFIGURATION = "manage/project-deployer-configuration/";

    /** The form of the step that is chosen, on a page whose other fields Jenkins binds to no title. */
    private static final String MARKING = """
            document.querySelectorAll(".the-form").forEach(each => each.classList.remove("the-form"));
            const start = [...document.querySelectorAll(".dropdownList-start")].find(({nextElementSibling}) => nextElementSibling.checkVisibility());
            for (let row = start.nextElementSibling; !row.matches(".dropdownList-end"); row = row.nextElementSibling) {
              row.classList.add("the-form");
            }
            """;

    /** What a check says of a field: on a page of Jenkins in its own colour, with too little contrast. */
    private static final String JENKINS_RED = ".the-form .error";

    /** Each field of it. */
    private static final String NAMED = """
            const fields = [...document.querySelectorAll(".the-form :is(input:not([type=hidden]), select, textarea)")];
            return fields.length > 1 && fields.every(({ariaLabel}) => ariaLabel !== null);
            """;

    @TempDir
    private Path directory;

    private final EmbeddedNode node = Scene.node();
    private JenkinsRule jenkins;
    private Browser browser;
    /** By form. */
    private final Map<String, List<String>> barriers = new LinkedHashMap<>();

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.credential("dev-key", CredentialsScope.SYSTEM, Scene.KEY);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages:
                      - name: Development
                      - name: Production
                        gate:
                          approvals: 1
                          approvers: [{group: release}]
                          promoteFrom: Development
                          freezes: [{name: new year, start: "2026-12-24T00:00", end: "2027-01-06T00:00"}]
                          webhooks: [{url: "https://chat.example.com/hook", credentialsId: dev-key}]
                    infrastructures:
                      - id: dev
                        seed: true
                        stage: Development
                        nodes: [{url: "%s", credentialsId: dev-key}]
                        grants: [{group: data-team, right: DEPLOY}]
                        connections: [{source: sql-dev, target: sql-prod}]
                        hooks: [{name: hello, phase: POST, text: "# 1", secrets: [{name: tracker, credentialsId: dev-key}]}]
                    projects: [{pattern: "*", grants: [{group: data-team, right: DEPLOY}], creators: [{group: data-team}]}]
                    codeEnvs: [{name: py311, interpreter: /usr/bin/python3}]
                    designNodes: [{id: design, node: {url: "http://127.0.0.1:19998", credentialsId: dev-key}}]
                    technicalUsers: [{jobs: "nightly/*", user: alice}]
                    loginMapping: {table: [{user: alice, login: alice.a}]}
                """.formatted(node.url()));
        browser = new Browser(jenkins.getURL().toExternalForm(), directory.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        node.close();
    }

    @Test
    void each_form_can_be_used_with_a_screen_reader() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team-a11y");
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");

        browser.login("admin");
        seen(CONFIGURATION, "#main-panel", "form-infrastructures");
        seen(CONFIGURATION + "new", "#main-panel", "form-new");
        seen(CONFIGURATION + "shared", "#main-panel", "form-shared");
        seen("project-deployer/infrastructure/dev/", "#main-panel", "infrastructure");
        seen("project-deployer/infrastructure/dev/settings/", "#main-panel", "form-infrastructure");
        browser.see(By.xpath("//button[normalize-space() = 'Test connection']")).click();
        browser.reads("dev-node: AUTOMATION, DSS ");
        assertThat(browser.run("return getComputedStyle(document.querySelector('.jenkins-validate-button__container__status .ok'), '::before').content"))
                .as("what is well looks well").asString().contains("\u2713");
        checked("test-connection", "#main-panel");
        browser.shoot("test-connection");
        seen(folder.getUrl() + "configure", null, null);
        browser.see(By.name("infrastructures"));
        browser.run("document.querySelector('[name=infrastructures]').closest('section').classList.add('the-form')");
        browser.until(NAMED);
        checked("folder", ".the-form");
        browser.shoot("form-folder");
        seen(job.getUrl() + "pipeline-syntax/", null, null);
        for (Map.Entry<String, String> step : Map.of("deployProject", "_.infrastructure", "publishBundle", "_.designNode").entrySet()) {
            browser.run("const choice = document.querySelector('select.dropdownList'); choice.value = [...choice.options]"
                    + ".find(each => each.textContent.startsWith('" + step.getKey() + "')).value;"
                    + " choice.dispatchEvent(new Event('change', {bubbles: true}));");
            browser.until("return [...document.getElementsByName('" + step.getValue() + "')].some(field => field.checkVisibility())"); // the other step may have one, too
            unfold("#main-panel");
            browser.run(MARKING);
            browser.until(NAMED);
            checked(step.getKey(), ".the-form");
            browser.shoot("form-" + step.getKey());
        }
        assertThat(barriers).hasSize(9).allSatisfy((form, found) -> assertThat(found).as(form).isEmpty());
    }

    private void seen(String page, String part, String name) throws Exception {
        browser.width(1280).go(page);
        browser.see(By.id("main-panel"));
        if (part != null) {
            checked(page, part);
            browser.shoot(name);
        }
    }

    /** With all that can be unfolded. */
    private void checked(String name, String part) {
        unfold(part);
        barriers.put(name, browser.barriers(part, JENKINS_RED));
    }

    private void unfold(String part) {
        browser.run("document.querySelectorAll(\"" + part + " .advanced-button, " + part + " .advancedButton\").forEach(each => each.click())");
    }
}

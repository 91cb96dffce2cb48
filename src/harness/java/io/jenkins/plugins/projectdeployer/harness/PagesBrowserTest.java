package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;

/** Each page in a real browser and a real Jenkins, under the content security policy that tests enforce. */
@WithOneJenkins
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere", disabledReason = "there is no Chromium with its driver")
class PagesBrowserTest {

    private static final List<String> PLACES = List.of("dev", "test", "prod");

    @TempDir
    private Path directory;

    private final Map<String, EmbeddedNode> nodes = new LinkedHashMap<>();
    /** By page. */
    private final Map<String, List<String>> barriers = new LinkedHashMap<>();
    private JenkinsRule jenkins;
    private Browser browser;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        PLACES.forEach(place -> nodes.put(place, Scene.node(place)));
        Scene.credential("dev-key", CredentialsScope.SYSTEM, Scene.KEY);
        Scene.code(configuration());
        for (ScriptApproval.PendingScript hook : List.copyOf(ScriptApproval.get().getPendingScripts())) {
            ScriptApproval.get().approveScript(hook.getHash());
        }
        browser = new Browser(jenkins.getURL().toExternalForm(), directory.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        nodes.values().forEach(EmbeddedNode::close);
    }

    private String configuration() {
        StringBuilder infrastructures = new StringBuilder();
        Map.of("dev", "Development", "test", "Test", "prod", "Production").forEach((place, stage) -> infrastructures.append("""
                  - id: %s
                    stage: %s
                    nodes: [{url: "%s", credentialsId: dev-key}]
                    grants: [{group: data-team, right: DEPLOY}]
                    policies: {deployAsUser: svc_deploy}
                    hooks: [{name: notify, phase: POST, user: admin, text: "def execute(**kwargs):\\n    print('told')\\n    return HookResult.success('the team was told')\\n"}]
            """.formatted(place, stage, nodes.get(place).url())));
        return """
            unclassified:
              projectDeployer:
                stages: [{name: Development}, {name: Test}, {name: Production}]
                infrastructures:
            %s
                projects:
                  - pattern: "*"
                    grants: [{group: data-team, right: WRITE}, {group: data-team, right: DEPLOY}]
                    creators: [{group: data-team}]
            """.formatted(infrastructures);
    }

    private Update deploy(String bundle, String infrastructure, List<String> tags) {
        DeployRequest request = DeployRequest.of(bundle + infrastructure + tags, "alice", "CHURN", infrastructure).bundle(bundle)
                .settings(new SettingsChange(null, null, null, null, null, null, null, null, tags)).build();
        Engine.get().submit(request);
        return Awaitility.await().atMost(Duration.ofMinutes(3))
                .until(() -> Engine.get().records().update(request.key()).orElseThrow(), update -> update.status().ended());
    }

    @Test
    void each_page_shows_what_there_is_and_can_be_used() throws Exception {
        Scene.publish(directory, "v1");
        Scene.publish(directory, "v2");
        deploy("v1", "prod", List.of("nightly"));
        deploy("v2", "dev", List.of());
        deploy("v2", "test", List.of());

        browser.login("alice");
        seen("", "CHURN-on-prod", "deployments");
        seen("infrastructures/", "deploy to it", "infrastructures-page");
        seen("projects/", "Publish a bundle", "projects");
        seen("project/CHURN/", "SHA-256", "project");
        seen("deployment/CHURN-on-prod/", "Came as far as", "deployment");

        browser.press("do-bundle");
        browser.see(By.cssSelector("#dialog-bundleId option[value=v2]")).click();
        browser.shoot("dialog");
        browser.see(By.xpath("//dialog//button[. = 'Save']")).click();
        browser.reads("Out of sync");
        assertThat(new Caller(jenkins, "alice").get("project-deployer/infrastructure/prod/").body()).as("not brought yet")
                .containsPattern("<td>\\s*v1\\s*<div[^>]*>To come: v2</div>").contains("project-deployer/deployment/CHURN-on-prod/\"");
        browser.press("do-update");
        browser.see(By.cssSelector(".jenkins-checkbox label[for=dialog-dryRun]")).click();
        assertThat((Boolean) browser.run("return document.getElementById('dialog-dryRun').checked")).isTrue();
        browser.shoot("dialog-update");
        browser.see(By.cssSelector(".jenkins-checkbox label[for=dialog-dryRun]")).click();
        browser.see(By.xpath("//dialog//button[. = 'Update']")).click();
        browser.reads("Update 4");
        browser.until("return document.body.textContent.includes('report') && document.querySelectorAll('#update .project-deployer-bar').length > 10");
        browser.run("document.getElementById('update').scrollIntoView()");
        browser.shoot("update");
        assertThat(nodes.get("prod").state().project("CHURN").activeBundleId()).isEqualTo("v2");

        browser.login("admin");
        browser.go("manage/project-deployer-configuration/");
        browser.see(By.cssSelector("[data-project-deployer-filter]")).sendKeys(" PRODuction");
        browser.until("return [...document.querySelectorAll('#project-deployer-infrastructures tbody tr')].filter(row => row.checkVisibility()).length === 1");
        assertThat(browser.see(By.cssSelector("#project-deployer-infrastructures tbody")).getText()).contains("prod").doesNotContain("dev");
        calmUntilSomethingWrongIsTyped();
        seen("hooks/", "the team was told", "hooks");
        browser.width(1280).go("project-deployer/access/").reads("data-team");
        browser.see(By.cssSelector("details[data-key=nodes] summary")).click();
        browser.press("read-prod");
        browser.reads("k8s-main");
        assertThat(browser.tooWide()).as("a table of many columns scrolls by itself").isEmpty();
        seen("access/", "data-team", "access");
        seen("audit/", "update.ended", "audit");
        browser.press("verify");
        browser.see(By.xpath("//dialog//button[. = 'Verify']")).click();
        browser.reads("Intact as far as");
        assertThat(barriers).hasSize(8).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
    }

    /** Checks are made as the form opens, too; what is typed wrong shows that all of them have been answered by then. */
    private void calmUntilSomethingWrongIsTyped() {
        browser.go("manage/project-deployer-configuration/new");
        browser.until("return ['checkId', 'checkUrl'].every(check => performance.getEntriesByType('resource').some(({name}) => name.includes(check)))");
        browser.see(By.name("_.id")).sendKeys("a/b\t");
        browser.reads("must be letters, digits");
        assertThat(browser.run("return [...document.querySelectorAll('form[name=config] .error')].map(each => each.textContent)")).asString()
                .startsWith("[Id must be letters").doesNotContain(",[", "URL");
    }

    /** Without barriers, wide and as narrow as a phone. */
    private void seen(String page, String shown, String name) throws Exception {
        browser.width(1280).go("project-deployer/" + page).reads(shown);
        browser.shoot(name);
        barriers.put(page, browser.barriers("#project-deployer"));
        browser.width(375);
        browser.shoot(name + "-narrow");
        assertThat(browser.tooWide()).as(page + " on a phone").isEmpty();
        browser.width(1280);
        assertThat(browser.run("return document.getElementById('project-deployer').parentElement.querySelectorAll('[role=alert]').length"))
                .as(page).isEqualTo(0L);
        assertThat(browser.complaints()).as(page).noneMatch(message -> message.contains("project-deployer"));
    }
}

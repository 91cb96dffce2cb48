package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What dialogs do when their buttons are pressed, and that they are no barrier. */
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere",
        disabledReason = "there is no Chromium with its driver here (Debian: chromium, chromium-driver)")
class DialogsBrowserTest {

    @TempDir
    private static Path directory;

    private static World world;
    private static ApiServer server;
    private static Browser browser;

    @BeforeAll
    static void open() {
        world = new World(directory.resolve("home")).infrastructure("dev", "Development").infrastructure("prod", "Production");
        server = serving(world);
        browser = new Browser(server.url() + "/", directory.resolve("profile"));
        browser.go("static/css/project-deployer.css");
        browser.run("sessionStorage.setItem('project-deployer-key', 'admin:token')");
    }

    private static ApiServer serving(World served) {
        return new ApiServer(served.deployer(), key -> Optional.of(served.people().person(key.userId())),
                new PlainShell(Path.of("src/main/webapp"))::at);
    }

    @AfterAll
    static void close() {
        browser.close();
        server.close();
        world.close();
    }

    private static Records records() {
        return world.deployer().records();
    }

    private static void publish(String project, String... bundles) {
        List.of(bundles).forEach(bundle -> world.publish(BundleZip.of(project, bundle)));
    }

    /** Presses what opens a dialog, and the button in it. */
    private static void through(By opens, String action) {
        browser.see(opens).click();
        browser.see(By.tagName("dialog"));
        assertThat(browser.barriers("dialog")).isEmpty();
        confirm(action);
    }

    private static void confirm(String action) {
        browser.see(By.xpath("//dialog//button[. = '" + action + "']")).click();
        browser.until("return document.querySelector('dialog') === null");
    }

    private static Update ended(long number) {
        return world.await(Awaitility.await().until(() -> records().update(number), Optional::isPresent).orElseThrow());
    }

    private static void announces(String text) {
        browser.until("return [...document.querySelectorAll('[aria-live]')].some(each => each.textContent.includes('" + text + "'))");
    }

    @Test
    void updates_are_tried_again_rolled_back_and_aborted() {
        publish("STEER", "v1", "v2");
        world.deploy(World.request("STEER", "v1", "dev"));
        world.node("dev").faults().on("POST", "*/STEER/*/v2/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        long failed = world.deploy(World.request("STEER", "v2", "dev")).number();

        browser.go("deployment/STEER-on-dev/#update-" + failed);
        through(By.id("do-retry"), "Retry");
        browser.until("return location.hash === '#update-" + (failed + 1) + "'");
        assertThat(ended(failed + 1).status()).isEqualTo(UpdateStatus.SUCCESS);

        world.node("dev").faults().on("POST", "*/STEER/*/v1/actions/activate").once(new Fault.Hang());
        browser.reads("Update " + (failed + 1));
        through(By.id("do-rollback"), "Roll back");
        browser.until("return location.hash === '#update-" + (failed + 2) + "'");
        announces("Update " + (failed + 2) + " is under way.");
        Awaitility.await().until(() -> world.node("dev").calls().stream().anyMatch(call -> call.path().endsWith("/v1/actions/activate")));
        through(By.id("do-abort"), "Abort");
        assertThat(ended(failed + 2).status()).isEqualTo(UpdateStatus.ABORTED);
        announces("No update is under way.");

        browser.reads("Aborted");
        browser.go("deployment/STEER-on-dev/#update-" + (failed + 1));
        through(By.id("do-rollback"), "Roll back");
        assertThat(ended(failed + 3).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("dev").state().project("STEER").activeBundleId()).isEqualTo("v1");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void deployments_bundles_and_projects_are_deleted_and_rights_are_changed() {
        publish("GOES", "v1", "v2");
        world.deployer().administration().create("alice", "GOES-on-dev", "GOES", "dev", "v1", null, SettingsChange.NONE);

        browser.go("project/GOES/").reads("GOES-on-dev");
        browser.press("grants");
        browser.see(By.id("dialog-grants")).sendKeys("\ngroup testers -> read");
        confirm("Save");
        browser.reads("group testers");
        assertThat(records().project("GOES").orElseThrow().grants()).contains(Grant.toGroup("testers", ProjectRight.READ));
        through(By.cssSelector("[aria-label='Delete bundle v2']"), "Delete");
        assertThat(records().bundlesInBrief("GOES")).singleElement().matches(bundle -> bundle.bundleId().equals("v1"));

        browser.go("deployment/GOES-on-dev/");
        through(By.id("do-delete"), "Delete");
        browser.until("return !location.pathname.includes('GOES')");
        assertThat(records().deployment("GOES-on-dev")).isEmpty();
        browser.go("project/GOES/").reads("Nothing that you may see.");
        through(By.id("delete"), "Delete");
        browser.until("return location.pathname.endsWith('/projects/')");
        assertThat(records().project("GOES")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void variables_are_typed_as_json_and_what_is_none_is_said() {
        publish("VARS", "v1");
        world.deployer().administration().create("alice", "VARS-on-dev", "VARS", "dev", "v1", null, SettingsChange.NONE);
        browser.go("deployment/VARS-on-dev/").reads("What is where");

        browser.press("do-settings");
        assertThat(browser.see(By.id("dialog-localVariables")).getDomProperty("value")).isEqualTo("{}");
        assertThat(browser.barriers("dialog")).isEmpty();
        type("{limit: 7}");
        browser.see(By.xpath("//dialog//button[. = 'Save']")).click();
        browser.reads("The variables are not JSON");
        type("{\"limit\": 7}");
        confirm("Save");
        assertThat(settings().variables().get("limit").asInt()).isEqualTo(7);

        browser.until("return document.body.textContent.includes('\"limit\": 7')");
        browser.press("do-settings");
        type("");
        confirm("Save");
        assertThat(settings().variables()).as("left to the node").isNull();
    }

    private static void type(String variables) {
        browser.see(By.id("dialog-localVariables")).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, variables);
    }

    private static DeploymentSettings settings() {
        return records().deployment("VARS-on-dev").orElseThrow().settings();
    }

    @Test
    void a_request_and_the_answer_to_may_i_are_no_barriers() {
        publish("ASKS", "v1");
        world.gate("Production", World.approvals(1, Principal.ofUser("admin")));
        long waiting = world.submit(World.request("ASKS", "v1", "prod").build()).number();
        Awaitility.await().until(() -> records().gates().request(waiting).isPresent());

        browser.go("approval/" + waiting + "/");
        browser.see(By.id("approve"));
        noBarriers();
        browser.press("approve");
        browser.see(By.id("decided"));
        assertThat(ended(waiting).status()).isEqualTo(UpdateStatus.SUCCESS);

        browser.go("access/").reads("data-team");
        browser.see(By.id("may-project")).sendKeys("ASKS");
        browser.see(By.id("may-infrastructure")).sendKeys("prod" + Keys.ENTER);
        browser.reads("Approvals");
        browser.reads("admin may deploy ASKS to prod");
        noBarriers();
        announces("Yes.");
    }

    private static void noBarriers() {
        for (String scheme : List.of("dark", "light")) {
            assertThat(browser.scheme(scheme).barriers()).as(scheme).isEmpty();
        }
        browser.width(420);
        assertThat(browser.tooWide()).isEmpty();
        browser.width(1280);
    }

    @Test
    void of_another_deployers_deployments_each_says_what_became_of_it() {
        world.key("deployer", "admin:token");
        try (World other = new World(directory.resolve("other")).infrastructure(world.configuration().infrastructure("dev").orElseThrow())
                        .infrastructure("lab", "Development");
                ApiServer theirs = serving(other)) {
            for (String project : List.of("FIRST", "SECOND")) {
                other.publish(BundleZip.of(project, "v1"));
            }
            other.deployer().administration().create("alice", "FIRST-on-dev", "FIRST", "dev", "v1", null, SettingsChange.NONE);
            other.deployer().administration().create("alice", "SECOND-on-lab", "SECOND", "lab", "v1", null, SettingsChange.NONE);

            browser.go("take-over/");
            browser.see(By.id("url")).sendKeys(theirs.url());
            browser.see(By.id("credentials-id")).sendKeys("deployer-key");
            browser.press("read");
            browser.press("adopt");

            announces("1 could not be adopted.");
            browser.reads("Adopted");
            assertThat(browser.see(By.xpath("//tr[contains(., 'SECOND-on-lab')]")).getText()).contains("\"lab\" is not configured here");
            assertThat(records().deployment("FIRST-on-dev")).isPresent();
            assertThat(records().deployment("SECOND-on-lab")).isEmpty();
        }
    }
}

package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
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
    void updates_are_aborted_and_each_that_is_under_way_is_announced() {
        publish("STOPS", "v1");
        world.node("dev").faults().on("POST", "*/STOPS/*/v1/actions/activate").always(new Fault.Hang());
        long first = world.submit(World.request("STOPS", "v1", "dev").build()).number();
        activates(1);
        long second = world.submit(World.request("STOPS", "v1", "dev").queue(true).build()).number();

        browser.go("deployment/STOPS-on-dev/#update-" + first);
        announces("Update " + first + " is under way.");
        through(By.id("do-abort"), "Abort");
        assertThat(ended(first).status()).isEqualTo(UpdateStatus.ABORTED);
        activates(2);
        announces("Update " + second + " is under way.");
        world.deployer().steering().abort("admin", records().update(second).orElseThrow().request().key());
        ended(second);
        announces("No update is under way.");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void activates(int times) {
        Awaitility.await().until(() -> world.node("dev").calls().stream()
                .filter(call -> call.path().contains("/STOPS/") && call.path().endsWith("/actions/activate")).count() == times);
    }

    @Test
    void bundles_and_projects_are_deleted_and_rights_are_changed() {
        publish("GOES", "v1", "v2");

        browser.go("project/GOES/").reads("Nothing that you may see.");
        browser.press("grants");
        browser.see(By.id("dialog-grants")).sendKeys("\ngroup testers -> read\ngroup testers -> deploy");
        confirm("Save");
        browser.until("return [...document.querySelectorAll('tr')].some(({textContent: row}) => row.includes('group testers') && row.includes('Read, Deploy'))");
        assertThat(records().project("GOES").orElseThrow().grants()).contains(Grant.toGroup("testers", ProjectRight.READ));
        through(By.cssSelector("[aria-label='Delete bundle v2']"), "Delete");
        assertThat(records().bundlesInBrief("GOES")).singleElement().matches(bundle -> bundle.bundleId().equals("v1"));

        through(By.id("delete"), "Delete");
        browser.until("return location.pathname.endsWith('/projects/')");
        assertThat(records().project("GOES")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_project_says_what_is_active_where_what_is_kept_and_gives_its_bundles_out() {
        publish("KEEPS", "v1", "v2");
        world.deploy(World.request("KEEPS", "v1", "dev"));
        world.deployer().administration().change("alice", "KEEPS-on-dev", "v2", SettingsChange.NONE);

        browser.go("project/KEEPS/").reads("None is ever removed by itself.");
        assertThat(browser.see(By.xpath("//tr[td/a = 'KEEPS-on-dev']")).getText()).contains("v2 to come, v1 is active");
        assertThat(activeOn("v1")).isEqualTo("dev");
        assertThat(activeOn("v2")).isEmpty();

        browser.run("HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }");
        browser.see(By.cssSelector("[aria-label='Download bundle v2']")).click();
        browser.until("return window.saved === 'KEEPS v2.zip'");
        try {
            world.bundleStorage(new BundleStorage(null, 0, 5L << 20, 7, 3, 0));
            browser.go("project/KEEPS/").reads("of 5.0 MiB. The newest 7 are kept, those that a deployment has, and the last 3 of each stage.");
        } finally {
            world.bundleStorage(new BundleStorage(null, 0, 0, 0, 2, 0));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static String activeOn(String bundle) {
        return browser.see(By.xpath("//tr[.//*[@aria-label='Download bundle " + bundle + "']]/td[2]")).getText();
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

    @Test
    void tests_of_a_deployment_are_named_once_and_offered_for_each_update() {
        publish("TESTED", "v1");
        world.deployer().administration().create("alice", "TESTED-on-dev", "TESTED", "dev", "v1", null, SettingsChange.NONE);
        browser.go("deployment/TESTED-on-dev/").reads("What is where");

        browser.press("do-settings");
        browser.see(By.id("dialog-testScenarios")).sendKeys("SMOKE, SCORE");
        browser.see(By.cssSelector("label[for=dialog-rollBackOnFailure]")).click();
        confirm("Save");
        DeploymentSettings saved = records().deployment("TESTED-on-dev").orElseThrow().settings();
        assertThat(saved.testScenarios()).containsExactly("SMOKE", "SCORE");
        assertThat(saved.onFailure()).isEqualTo(OnFailure.ROLLBACK);

        browser.until("return document.querySelector('details[data-key=settings]').textContent.includes('it goes back by itself')");
        browser.press("do-update");
        assertThat(browser.see(By.id("dialog-testScenarios")).getDomProperty("value")).isEqualTo("SMOKE, SCORE");
        assertThat((Boolean) browser.run("return document.getElementById('dialog-rollBackOnFailure').checked")).isTrue();
        browser.keys(Keys.ESCAPE);
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
        browser.reads("Nobody is left who could approve it.");
        noBarriers();
        announces("Yes.");
    }

    @Test
    void bundles_are_offered_of_the_project_that_is_named_last() {
        publish("OFFERS", "v1", "v2");
        browser.go("access/").reads("data-team");
        names("OFFERS");
        offers("v1", "v2");
        names("");
        offers();

        browser.run("""
                const real = window.fetch;
                const late = {ok: true, headers: new Headers(), json: async () => {
                  setTimeout(() => window.arrived = true);
                  return {published: [{id: "late"}]};
                }};
                window.fetch = (at, how) => at.endsWith("/SLOW") ? new Promise(done => window.release = () => done(late)) : real(at, how);
                """);
        names("SLOW");
        names("OFFERS");
        offers("v1", "v2");
        browser.run("window.release()");
        browser.until("return window.arrived === true");
        offers("v1", "v2");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_there_is_none_of_is_said_to_be_so_and_what_was_sought_in_vain_too() {
        browser.go("access/").reads("data-team");
        browser.run("""
                const real = window.fetch;
                window.fetch = async (at, how) => {
                  const answer = await real(at, how);
                  return String(at).includes("/access?") ? Response.json({...await answer.json(), rows: [], lookedUp: null}) : answer;
                };
                """);
        browser.see(By.cssSelector("#by option[value=user]")).click();
        browser.reads("No user is named yet where a right is granted.");
        browser.see(By.cssSelector("#kind option[value=cluster]")).click();
        browser.reads("Nothing here is like that.");
    }

    @Test
    void long_facts_of_the_audit_are_folded_and_stay_as_somebody_left_them() {
        publish("TELLS", "v1");
        world.deploy(World.request("TELLS", "v1", "dev"));

        browser.go("audit/").reads("update.ended");
        assertThat((Boolean) browser.run("return [...document.querySelectorAll('tbody tr')].every(row => row.offsetHeight < 200)")).isTrue();
        assertThat(browser.barriers()).isEmpty();
        browser.see(By.cssSelector("details[data-key^='facts'] > summary")).click();
        browser.until("return document.querySelector(\"details[data-key^='facts']\").innerText.includes('\\n')");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void names(String project) {
        browser.see(By.id("may-project"));
        browser.run("const field = document.getElementById('may-project'); field.value = '" + project + "'; field.dispatchEvent(new Event('change'));");
    }

    private static void offers(String... bundles) {
        browser.until("return [...document.querySelectorAll('#may-bundle-names option')].map(each => each.value).sort().join(' ') === '"
                + String.join(" ", bundles) + "'");
    }

    private static void noBarriers() {
        for (String scheme : List.of("dark", "light")) {
            assertThat(browser.scheme(scheme).barriers()).as(scheme).isEmpty();
        }
        browser.width(375);
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

package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The pages in a real browser, in the plain shell: under Jenkins' rule for scripts, and with one browser for all tests. */
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere",
        disabledReason = "there is no Chromium with its driver here (Debian: chromium, chromium-driver)")
class PagesBrowserTest {

    private static final String MARKUP = "<b onclick=alert(1)>bold</b>";

    @TempDir
    private static Path directory;

    private static World world;
    private static ApiServer server;
    private static Browser browser;

    @BeforeAll
    static void open() {
        world = new World(directory.resolve("home")).infrastructure("dev", "Development").infrastructure("prod", "Production");
        world.hooks("prod", World.hook("notify", HookPhase.POST,
                "def execute(**kwargs):\n    print('printed by the hook')\n    return HookResult.success('told')"));
        for (String bundle : List.of("v1", "v2")) {
            world.publish(BundleZip.of("CHURN", bundle).scenario("TRAIN"));
        }
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.deploy(World.request("CHURN", "v2", "prod"));
        world.deployer().administration().create("alice", "CHURN-on-dev", "CHURN", "dev", "v1", null,
                new SettingsChange(null, null, null, null, null, null, null, null, List.of(MARKUP)));
        PlainShell shell = new PlainShell(Path.of("src/main/webapp"));
        server = new ApiServer(world.deployer(), key -> key.token().equals("token")
                ? Optional.of(world.people().person(key.userId())) : Optional.empty(), shell::at);
        browser = new Browser(server.url() + "/", directory.resolve("profile"));
    }

    @AfterAll
    static void close() {
        browser.close();
        server.close();
        world.close();
    }

    @BeforeEach
    void asAlice() {
        browser.width(1280).scheme("light");
        signIn("alice");
    }

    /** As the field for the key would; one test types into it. */
    private static void signIn(String user) {
        browser.go("static/css/project-deployer.css");
        browser.run("sessionStorage.setItem('project-deployer-key', '" + user + ":token')");
    }

    @ParameterizedTest
    @CsvSource({
        "'', CHURN-on-prod",
        "approvals/, Nothing waits for your decision.",
        "infrastructures/, administer it",
        "projects/, CHURN",
        "project/CHURN/, SHA-256",
        "access/, data-team",
        "hooks/, told",
        "audit/, update.ended",
        "take-over/, Read it",
        "deployment/CHURN-on-prod/#update-2, pre-hooks",
    })
    void nothing_on_a_page_is_a_barrier_or_breaks_out_of_a_narrow_window(String page, String shown) {
        signIn("admin");
        browser.go(page).reads(shown);
        for (String scheme : List.of("light", "dark")) {
            assertThat(browser.scheme(scheme).barriers()).as(scheme).isEmpty();
        }
        for (int width : List.of(1920, 1024, 375)) {
            assertThat(browser.width(width).run("return innerWidth")).isEqualTo((long) width);
            assertThat(browser.tooWide()).as("%s wide", width).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void each_deployment_stands_in_the_column_of_its_stage_and_filters_narrow_them() {
        browser.go("").reads("CHURN-on-prod");
        assertThat(browser.see(By.xpath("//section[h2[starts-with(., 'Production')]]")).getText()).contains("CHURN-on-prod", "Healthy", "v2", "alice");
        assertThat(browser.see(By.xpath("//section[h2[starts-with(., 'Development')]]")).getText()).contains("CHURN-on-dev", "Unknown");

        browser.see(By.id("filter-text")).sendKeys("prod");
        browser.until("return !document.body.textContent.includes('CHURN-on-dev')");
        assertThat((String) browser.run("return location.search")).isEqualTo("?text=prod");
        browser.see(By.id("filter-text")).sendKeys("uction-of-nothing");
        browser.reads("No deployment is like that.");
        browser.press("all");
        browser.reads("CHURN-on-dev");
    }

    @Test
    void text_from_outside_is_never_markup() {
        browser.go("").reads(MARKUP);
        assertThat((Long) browser.run("return document.querySelectorAll('b').length")).isZero();
    }

    @Test
    void whoever_may_see_nothing_is_told_whom_to_ask() {
        signIn("carol");
        browser.go("").reads("There is no infrastructure that you may see.");
        browser.go("projects").reads("There is no published project that you may see.");
        browser.go("access").reads("None of your groups gives you a right that you may see.");
        browser.go("deployment/CHURN-on-prod/").reads("There is no such thing, or none that you may see.");
        browser.go("audit").reads("There is no such thing, or none that you may see.");
    }

    @Test
    void whether_somebody_may_deploy_is_answered_with_the_reason() {
        browser.go("access/").reads("data-team");
        assertThat((Boolean) browser.run("return document.getElementById('may-user').readOnly")).isTrue();
        browser.see(By.id("may-project")).sendKeys("CHURN");
        browser.see(By.id("may-infrastructure")).sendKeys("prod" + Keys.ENTER);
        browser.reads("Yes, alice may deploy CHURN to prod.");
        browser.reads("group data-team has Deploy on infrastructure prod");

        browser.see(By.id("may-infrastructure")).sendKeys("-of-nobody" + Keys.ENTER);
        browser.reads("No, alice may not deploy CHURN to prod-of-nobody.");
        browser.reads("or you may not see it");
    }

    @Test
    void permissions_on_the_nodes_are_compared_with_the_design_project_in_words() {
        browser.go("deployment/CHURN-on-prod/").reads("What is where");
        browser.see(By.cssSelector("#permissions > summary")).click();
        browser.reads("differences from the design project.");
        browser.reads("on the node only");
        browser.until("return document.body.textContent.includes('more than design')");
        assertThat(browser.barriers()).isEmpty();
        browser.width(375);
        assertThat(browser.tooWide()).isEmpty();
        browser.see(By.cssSelector("details[data-key=automatically] > summary")).click();
        browser.reads("Run scenarios");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_matrix_shows_administrators_who_is_named_and_looks_up_others() {
        signIn("admin");
        browser.go("access/").reads("release");
        browser.see(By.cssSelector("#by option[value=user]")).click();
        browser.reads("by name alone");
        browser.see(By.cssSelector("#by option[value=group]")).click();
        browser.see(By.id("look-up")).sendKeys("bob" + Keys.ENTER);
        browser.reads("bob is in release");
        assertThat((String) browser.run("return document.getElementById('by').value")).isEqualTo("user");

        browser.see(By.cssSelector("details[data-key=nodes] summary")).click();
        browser.reads("never since Jenkins was started");
        browser.press("read-prod");
        browser.reads("k8s-main");
        browser.see(By.cssSelector("#kind option[value=cluster]")).click();
        browser.until("return document.querySelectorAll('.project-deployer-matrix th[scope=col]').length === 2");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void hooks_that_wait_for_a_permit_are_shown_with_when_they_would_be_refused() {
        signIn("admin");
        browser.go("hooks/").reads("0 of 3 permits are held; 0 hooks wait for one.");
        browser.run("""
                const real = window.fetch;
                window.fetch = (at, how) => String(at).endsWith("/hooks") ? Promise.resolve(Response.json({permits: 3,
                  holders: [{who: "update 7, hook notify", phase: "POST", since: new Date()}],
                  waiters: [{who: null, phase: "PRE", since: new Date(), deadline: new Date(Date.now() + 600_000)}]})) : real(at, how);
                """);
        browser.reads("1 of 3 permits are held; 1 hook waits for one.");
        String rows = "return [...document.querySelectorAll('tr')].some(({textContent: row}) => ";
        browser.until(rows + "row.includes('update 7, hook notify') && row.includes('after') && row.includes('just now'))");
        browser.until(rows + "row.includes('a hook of another infrastructure') && row.includes('before') && row.includes('in 10 minutes'))");
    }

    @Test
    void a_key_that_does_not_hold_is_asked_for_again() {
        browser.run("sessionStorage.clear()");
        browser.go("");
        browser.see(By.id("key")).sendKeys("alice:nope" + Keys.ENTER);
        browser.reads("This takes a key");
        browser.see(By.id("key")).sendKeys("alice:token" + Keys.ENTER);
        browser.reads("CHURN-on-prod");
    }

    @Test
    void the_keyboard_alone_leads_from_the_list_through_a_dialog_and_back() {
        browser.go("").reads("CHURN-on-prod");
        tabTo("CHURN-on-prod");
        browser.keys(Keys.ENTER).reads("What is where");
        tabTo("Update");
        browser.keys(Keys.ENTER);
        browser.see(By.tagName("dialog"));
        assertThat((Boolean) browser.run("return document.querySelector('dialog').contains(document.activeElement)")).isTrue();
        browser.keys(Keys.ESCAPE);
        browser.until("return document.querySelector('dialog') === null");
        assertThat((String) browser.run("return document.activeElement.textContent")).isEqualTo("Update");
    }

    private static void tabTo(String text) {
        for (int i = 0; i < 40; i++) {
            browser.keys(Keys.TAB);
            if (text.equals(browser.run("return document.activeElement.textContent"))) {
                return;
            }
        }
        throw new AssertionError("The key Tab does not lead to " + text);
    }

    @Test
    void an_update_can_be_tried_again_until_a_newer_one_has_come_to_the_node() {
        world.publish(BundleZip.of("AGAIN", "v1"));
        world.publish(BundleZip.of("AGAIN", "v2"));
        world.node("dev").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        long failed = world.deploy(World.request("AGAIN", "v1", "dev")).number();
        browser.go("deployment/AGAIN-on-dev/#update-" + failed).reads("Update " + failed);
        browser.see(By.id("do-retry"));

        long newer = world.deploy(World.request("AGAIN", "v2", "dev")).number();

        browser.reads("Update " + newer + " of deployment AGAIN-on-dev is newer than update " + failed);
        browser.until("return document.getElementById('do-retry') === null");
    }

    @Test
    void what_another_deployer_has_is_shown_as_a_file_and_its_deployments_below() {
        world.key("deployer", "admin:token");
        signIn("admin");
        browser.go("take-over/").reads("Read it");
        browser.press("read");
        browser.reads("url");
        browser.see(By.id("url")).sendKeys(server.url());
        browser.see(By.id("credentials-id")).sendKeys("deployer-key");
        browser.press("read");

        browser.reads("unclassified:");
        assertThat(browser.text()).contains("dev-key: infrastructure dev", "Here already", "1 thing could not be carried over");
        assertThat((String) browser.run("return document.querySelector('a[download]').href")).startsWith("blob:");
        browser.press("adopt");
        browser.until("return document.querySelector('[aria-live]').textContent === 'All of them are adopted.'");
        assertThat(browser.barriers()).isEmpty();
    }

    @Test
    void a_bundle_says_how_far_it_is_while_it_is_published_and_cancel_ends_it() {
        try {
            browser.sends(500_000);
            choose("v8");
            browser.reads("of 4.0 MiB");
            browser.until("const bar = document.querySelector('dialog progress'); return bar !== null && bar.value > 0 && bar.value < 1");
            browser.see(By.xpath("//dialog//button[. = 'Cancel']")).click();
            browser.until("return document.querySelector('dialog') === null");
        } finally {
            browser.sends(0);
        }

        choose("v9");
        browser.until("return document.querySelector('dialog') === null");

        assertThat(world.deployer().records().bundle("CHURN", "v9")).isPresent();
        assertThat(world.deployer().records().bundle("CHURN", "v8")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    private static void choose(String bundle) {
        Path file = BundleZip.of("CHURN", bundle).filler(4 << 20).writeTo(directory.resolve(bundle + ".zip"));
        browser.go("project/CHURN/");
        browser.press("publish");
        browser.see(By.id("dialog-file")).sendKeys(file.toString());
        browser.see(By.xpath("//dialog//button[. = 'Publish']")).click();
    }

    @Test
    void an_update_is_started_and_followed_without_a_reload() {
        browser.go("deployment/CHURN-on-dev/").reads("No update has come to a node yet.");
        browser.press("do-update");
        browser.see(By.xpath("//dialog//button[. = 'Update']")).click();
        browser.reads("Came as far as");
        browser.until("return document.body.textContent.includes('verify') && document.querySelectorAll('#update .project-deployer-bar').length > 10");
        assertThat(world.node("dev").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void two_updates_are_compared() {
        browser.go("deployment/CHURN-on-prod/").reads("Compare the two chosen");
        browser.see(By.id("compare-1")).click();
        browser.see(By.id("compare-2")).click();
        browser.press("compare");
        browser.reads("From update 1 to update 2");
        browser.reads("bundle SHA-256");
    }

    @Test
    void a_save_leaves_alone_what_was_not_changed_and_what_the_form_cannot_hold() {
        Deployment made = world.deployer().administration().create("alice", "CHURN-elsewhere", "CHURN", "dev", "v1", "ELSEWHERE",
                new SettingsChange(null, List.of(new Remap("sql->dev", "sql")), null, null, null, null, null, null, List.of("a, b", "c")));
        browser.go("deployment/CHURN-elsewhere/").reads("What is where");
        browser.press("do-settings");
        browser.see(By.id("dialog-tags")).sendKeys(", d");
        browser.see(By.xpath("//dialog//button[. = 'Save']")).click();
        browser.reads("cannot hold");
        browser.keys(Keys.ESCAPE);
        browser.until("return document.querySelector('dialog') === null");

        browser.press("do-settings");
        browser.see(By.id("dialog-disableAutomaticTriggers")).click();
        browser.see(By.xpath("//dialog//button[. = 'Save']")).click();
        browser.until("return document.querySelector('dialog') === null");

        DeploymentSettings saved = world.deployer().records().deployment(made.id()).orElseThrow().settings();
        assertThat(saved.disableAutomaticTriggers()).isTrue();
        assertThat(saved.tags()).containsExactly("a, b", "c");
        assertThat(saved.remapping().connections()).isEqualTo(made.settings().remapping().connections()).isNotEmpty();
    }

    @Test
    void settings_that_cannot_be_read_are_said_to_be_so() {
        browser.go("deployment/CHURN-on-prod/").reads("What is where");
        browser.run("""
                const real = window.fetch;
                window.fetch = (address, ...more) => String(address).endsWith("/settings")
                  ? Promise.resolve(new Response(JSON.stringify({errorType: "UNAVAILABLE", message: "The directory is asleep."}), {status: 503}))
                  : real(address, ...more);
                """);
        browser.press("do-settings");
        browser.reads("The directory is asleep.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_refused_stays_in_the_dialog_with_its_reason() {
        browser.go("deployment/CHURN-on-prod/").reads("What is where");
        browser.press("do-settings");
        browser.see(By.id("dialog-connections")).sendKeys("sql-dev = sql-prod");
        browser.see(By.xpath("//dialog//button[. = 'Save']")).click();
        browser.reads("has no -> in it");
        browser.keys(Keys.ESCAPE);
    }
}

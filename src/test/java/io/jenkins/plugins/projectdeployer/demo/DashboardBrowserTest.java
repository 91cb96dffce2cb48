package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What the dashboard shows while it changes, when nothing is there, and when nobody answers. */
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere",
        disabledReason = "there is no Chromium with its driver here (Debian: chromium, chromium-driver)")
class DashboardBrowserTest {

    @TempDir
    private static Path directory;

    private static World world;
    private static ApiServer server;
    private static Browser browser;

    @BeforeAll
    static void open() {
        world = new World(directory.resolve("home")).infrastructure("dev", "Development").infrastructure("prod", "Production");
        world.change("prod", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(),
                Stream.concat(i.grants().stream(), Stream.of(Grant.toUser("carol", InfrastructureRight.READ))).toList(),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
        world.publish(BundleZip.of("FRAUD", "v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        for (String infrastructure : List.of("dev", "prod")) {
            world.deployer().administration().create("alice", "FRAUD-on-" + infrastructure, "FRAUD", infrastructure, "v1", null, SettingsChange.NONE);
        }
        PlainShell shell = new PlainShell(Path.of("src/main/webapp"));
        server = new ApiServer(world.deployer(), key -> Optional.of(world.people().person(key.userId())), shell::at);
        browser = new Browser(server.url() + "/", directory.resolve("profile"));
    }

    @AfterAll
    static void close() {
        browser.close();
        server.close();
        world.close();
    }

    private static void openAs(String user) {
        browser.go("static/css/project-deployer.css");
        browser.run("sessionStorage.setItem('project-deployer-key', '" + user + ":token')");
        browser.go("");
    }

    private static void shows(String... deployments) {
        String wanted = "'" + String.join(" ", deployments) + "'";
        browser.until("return [...document.querySelectorAll('.project-deployer-card h3')].map(each => each.textContent).sort().join(' ') === " + wanted);
    }

    private static void choose(String filter, String value) {
        browser.see(By.cssSelector("#filter-" + filter + " option[value='" + value + "']")).click();
    }

    @Test
    void each_filter_narrows_it_by_itself() {
        openAs("alice");
        shows("CHURN-on-prod", "FRAUD-on-dev", "FRAUD-on-prod");
        choose("infrastructure", "prod");
        shows("CHURN-on-prod", "FRAUD-on-prod");
        choose("project", "FRAUD");
        shows("FRAUD-on-prod");
        choose("infrastructure", "");
        shows("FRAUD-on-dev", "FRAUD-on-prod");
        choose("project", "");
        shows("CHURN-on-prod", "FRAUD-on-dev", "FRAUD-on-prod");
        choose("health", "UNKNOWN");
        shows("FRAUD-on-dev", "FRAUD-on-prod");
        assertThat((String) browser.run("return location.search")).isEqualTo("?health=UNKNOWN");
    }

    @Test
    void what_happens_shows_without_a_reload_with_the_phase_and_is_said_to_those_who_do_not_see_it() {
        openAs("alice");
        shows("CHURN-on-prod", "FRAUD-on-dev", "FRAUD-on-prod");
        browser.run("window.here = true");
        world.node("prod").faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());

        browser.reads("update " + update.number() + " by alice, phase preload");
        browser.until("return document.querySelector('[aria-live]').textContent === '3 deployments shown, 1 with an update under way.'");
        world.node("prod").faults().clear();
        world.await(update);
        browser.until("return !document.querySelector('.project-deployer-under-way')");
        assertThat((Boolean) browser.run("return window.here")).as("not loaded anew").isTrue();
        assertThat(browser.see(By.xpath("//article[h3 = 'CHURN-on-prod']")).getText()).contains("alice");
    }

    @Test
    void one_page_follows_another_and_the_first_is_found_again() {
        openAs("alice");
        shows("CHURN-on-prod", "FRAUD-on-dev", "FRAUD-on-prod");
        browser.run("""
                const real = window.fetch;
                window.fetch = (at, how) => real(String(at).includes("/api/deployments") ? at + (at.includes("?") ? "&" : "?") + "limit=2" : at, how);
                document.dispatchEvent(new Event("visibilitychange"));
                """);
        choose("health", "UNKNOWN");
        shows("FRAUD-on-dev", "FRAUD-on-prod");
        choose("health", "");
        shows("CHURN-on-prod", "FRAUD-on-dev");
        browser.press("next");
        shows("FRAUD-on-prod");
        assertThat((String) browser.run("return location.search")).isEqualTo("?after=FRAUD-on-dev");
        browser.press("first");
        shows("CHURN-on-prod", "FRAUD-on-dev");
        assertThat((Boolean) browser.run("return document.getElementById('first') === null")).isTrue();
    }

    @Test
    void nothing_that_somebody_may_see_is_no_empty_page() {
        openAs("carol");
        browser.reads("Nothing is deployed that you may see.");
    }

    @Test
    void while_nobody_answers_what_was_seen_stays_and_is_said_to_be_old() {
        openAs("alice");
        browser.reads("CHURN-on-prod");
        browser.run("""
                window.real = window.fetch;
                window.fetch = () => Promise.reject(new TypeError("gone"));
                window.pauses = [];
                window.setTimeout = (what, pause) => window.pauses.push(pause);
                document.dispatchEvent(new Event("visibilitychange"));
                """);
        browser.reads("What you see may be out of date. Jenkins does not answer.");
        browser.reads("CHURN-on-prod");
        choose("project", "FRAUD");
        assertThat(browser.see(By.cssSelector("#project-deployer [role=alert]")).getText()).as("nothing is known of what is asked for now")
                .isEqualTo("Jenkins does not answer. Nothing is known of what was asked last.");
        choose("project", "");
        browser.until("return pauses.length === 3");
        for (int asked = 4; asked <= 5; asked++) {
            browser.run("document.dispatchEvent(new Event('visibilitychange'))");
            browser.until("return pauses.length === " + asked);
        }
        assertThat(browser.run("return pauses.join(' ')")).as("less and less often").isEqualTo("10000 20000 40000 60000 60000");

        browser.run("window.fetch = window.real; document.dispatchEvent(new Event('visibilitychange'));");
        browser.until("return !document.body.innerText.includes('out of date')");
        assertThat(browser.complaints()).isEmpty();
    }
}

package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The pages of those who decide, in the plain shell: for everybody's eyes and windows, and where they lead from there. */
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere",
        disabledReason = "there is no Chromium with its driver here (Debian: chromium, chromium-driver)")
class ApprovalPageTest {

    private World world;
    private ApiServer server;
    private Browser browser;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = new World(directory.resolve("home")).infrastructure("prod", "Production").person("dave", false, "data-team").breaksGlass("bob")
                .gate("Production", World.approvals(2, Principal.ofUser("bob"), Principal.ofUser("dave")));
        world.publish(BundleZip.of("CHURN", "v1"));
        PlainShell shell = new PlainShell(Path.of("src/main/webapp"));
        server = new ApiServer(world.deployer(), key -> Optional.of(world.people().person(key.userId())), shell::at);
        browser = new Browser(server.url() + "/", directory.resolve("profile"));
        signIn("bob");
    }

    @AfterEach
    void close() {
        browser.close();
        server.close();
        world.close();
    }

    private void signIn(String user) {
        browser.go("static/css/project-deployer.css");
        browser.run("sessionStorage.setItem('project-deployer-key', '" + user + ":token')");
    }

    private void accessible() {
        for (String scheme : new String[] {"light", "dark"}) {
            assertThat(browser.scheme(scheme).barriers()).as(scheme).isEmpty();
        }
        browser.width(375);
        assertThat(browser.tooWide()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        browser.width(1280);
    }

    @Test
    void who_has_decided_is_led_on_to_what_comes_of_it_and_who_only_looks_is_told_that_it_is_over() {
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().update(update.number()).orElseThrow().status() == UpdateStatus.WAITING);
        browser.go("approvals/").until("return document.querySelector('[aria-live]').textContent === '1 request is shown.'");
        browser.go("approval/" + update.number() + "/").reads("What it changes");
        accessible();
        browser.press("approve");
        browser.reads("You have approved it.");
        browser.see(By.linkText("See what else waits"));
        browser.until("return !document.getElementById('approve') && !!document.getElementById('reject')");
        assertThat(browser.console()).as("the deployment that is not there yet is not asked for").isEmpty();
        assertThat(browser.text()).as("there is no deployment yet").doesNotContain("Follow update");
        browser.go("approval/" + update.number() + "/").reads("You have approved it.");
        browser.see(By.linkText("See what else waits"));
        assertThat((Boolean) browser.run("return !document.getElementById('approve') && !!document.getElementById('reject')")).isTrue();

        world.deployer().approvals().approve("dave", update.number(), null, new Approvals.Seen(1, null));
        assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        browser.see(By.linkText("Follow update " + update.number()));
        assertThat(browser.text()).contains("You have approved it.").doesNotContain("too late");
        browser.reads("Update " + update.number() + " has ended as SUCCESS; nothing is left to decide.");
        accessible();

        signIn("alice");
        browser.go("approval/" + update.number() + "/").reads("has ended as SUCCESS; nothing is left to decide.");
        browser.see(By.linkText("See what else waits"));
    }

    @Test
    void who_lets_an_update_through_a_freeze_is_told_what_comes_of_it_and_not_that_they_come_too_late() {
        world.gate("Production", new StageGate(0, null, null, null, null, null, null, List.of(new Freeze("calm",
                LocalDateTime.of(2020, 1, 1, 0, 0), LocalDateTime.of(2020, 12, 31, 0, 0), "FREQ=MONTHLY", null, null, null)), null));
        world.overridesFreezes("bob");
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().update(update.number()).orElseThrow().status() == UpdateStatus.WAITING);
        browser.go("approval/" + update.number() + "/").press("override");
        browser.see(By.id("dialog-reason")).sendKeys("a customer waits");
        browser.see(By.cssSelector("dialog .jenkins-button--primary")).click();

        browser.reads("You have overridden the freeze.");
        assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        browser.reads("has ended as SUCCESS; nothing is left to decide.");
        browser.see(By.linkText("Follow update " + update.number()));
        assertThat(browser.text()).contains("You have overridden the freeze.").doesNotContain("too late").doesNotContain("Loading");
    }

    @Test
    void what_is_named_in_advance_and_in_an_emergency_is_offered() {
        browser.go("approvals/").reads("Nothing waits for your decision.");
        browser.see(By.cssSelector("#in-advance summary")).click();
        browser.until("return document.querySelector('#advance-infrastructure-names option')?.value === 'prod'");
        browser.see(By.id("advance-project")).sendKeys("CHURN" + Keys.TAB);
        browser.until("return document.querySelector('#advance-bundle-names option')?.value === 'v1'");
        accessible();

        browser.press("break-glass");
        browser.until("return document.querySelector('#dialog-project-names option')?.value === 'CHURN'");
        assertThat(browser.barriers()).isEmpty();
    }
}

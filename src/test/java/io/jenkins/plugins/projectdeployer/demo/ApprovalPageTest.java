package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
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
        browser.width(420);
        assertThat(browser.tooWide()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        browser.width(1280);
    }

    @Test
    void who_has_decided_is_led_on_to_what_comes_of_it_and_who_only_looks_is_told_that_it_is_over() {
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().update(update.number()).orElseThrow().status() == UpdateStatus.WAITING);
        browser.go("approval/" + update.number() + "/").reads("What it changes");
        accessible();
        browser.press("approve");
        browser.reads("You have approved it.");
        browser.see(By.linkText("See what else waits"));
        assertThat(browser.text()).as("there is no deployment yet").doesNotContain("Follow update");
        browser.go("approval/" + update.number() + "/").reads("You have approved it.");
        browser.see(By.linkText("See what else waits"));
        assertThat((Boolean) browser.run("return !document.getElementById('approve') && !!document.getElementById('reject')")).isTrue();

        world.deployer().approvals().approve("dave", update.number(), null, new Approvals.Seen(1, null));
        assertThat(world.await(update).status()).isEqualTo(UpdateStatus.SUCCESS);
        browser.see(By.linkText("Follow update " + update.number()));
        assertThat(browser.text()).contains("You have approved it.").doesNotContain("too late");
        browser.reads("Update " + update.number() + " has ended as SUCCESS.");
        accessible();

        signIn("alice");
        browser.go("approval/" + update.number() + "/").reads("has ended as SUCCESS; your decision comes too late");
        browser.see(By.linkText("See what else waits"));
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

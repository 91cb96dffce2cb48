package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What somebody does about an update that failed, with the buttons of its page alone. */
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere",
        disabledReason = "there is no Chromium with its driver here (Debian: chromium, chromium-driver)")
class UpdateButtonsTest {

    /** All phases are there, and none is under way. */
    private static final String ENDED = " && document.querySelectorAll('#update .project-deployer-bar').length > 10"
            + " && !document.getElementById('update').textContent.includes('Under way')";

    private World world;
    private ApiServer server;
    private Browser browser;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = new World(directory.resolve("home")).infrastructure("prod", "Production");
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        assertThat(world.deploy(World.request("CHURN", "v2", "prod")).status()).isEqualTo(UpdateStatus.FAILED);
        PlainShell shell = new PlainShell(Path.of("src/main/webapp"));
        server = new ApiServer(world.deployer(), key -> Optional.of(world.people().person(key.userId())), shell::at);
        browser = new Browser(server.url() + "/", directory.resolve("profile"));
        browser.go("static/css/project-deployer.css");
        browser.run("sessionStorage.setItem('project-deployer-key', 'alice:token')");
    }

    @AfterEach
    void close() {
        browser.close();
        server.close();
        world.close();
    }

    private void confirm(String action) {
        browser.see(By.xpath("//dialog//button[. = '" + action + "']")).click();
    }

    private String active() {
        return world.node("prod").state().project("CHURN").activeBundleId();
    }

    /** Once, and no more. */
    private void says(String text) {
        browser.until("return document.getElementById('project-deployer').innerText.split('" + text + "').length === 2");
    }

    @Test
    void it_is_tried_again_rolled_back_and_its_deployment_deleted() {
        browser.go("deployment/CHURN-on-prod/#update-2").reads("No more disk");
        browser.reads("What update 2 says stands below.");
        says("No more disk");
        says("Error");
        browser.press("do-retry");
        browser.reads("Retry from phase activate");
        confirm("Retry");
        browser.until("return location.hash === '#update-3' && document.getElementById('update-title')?.textContent === 'Update 3'"
                + ENDED);
        assertThat(active()).isEqualTo("v2");
        assertThat((Boolean) browser.run("""
                const shares = [...document.querySelectorAll(".project-deployer-bar")].map(bar => Number(bar.style.getPropertyValue("--share")));
                return shares.length > 10 && Math.max(...shares) === 1 && shares.every(share => share >= 0)
                  && [...document.querySelectorAll(".project-deployer-phases li")].every(phase => /[0-9.]+ s$/.test(phase.textContent));
                """)).as("the longest phase has the longest bar, and each says how long it took").isTrue();

        browser.press("do-rollback");
        browser.reads("It passes the same gate.");
        confirm("Roll back");
        browser.until("return document.getElementById('update-title')?.textContent === 'Update 4'"
                + ENDED);
        assertThat(active()).isEqualTo("v1");

        browser.press("do-delete");
        confirm("Delete");
        browser.reads("Nothing is deployed that you may see.");
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isEmpty();
        assertThat(active()).as("its project stays").isEqualTo("v1");
        assertThat(browser.complaints()).isEmpty();
    }
}

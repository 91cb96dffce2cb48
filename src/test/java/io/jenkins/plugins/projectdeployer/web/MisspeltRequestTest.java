package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request says and nobody understands is refused by its name: a misspelt dry run must not become an update. */
class MisspeltRequestTest {

    private static final String DEPLOYMENTS = "/project-deployer/deployments";
    private static final String ONE = DEPLOYMENTS + "/CHURN-on-prod";
    private static final String PROD = "/project-deployer/infras/prod/settings";

    private World world;
    private Caller admin;
    private Caller page;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        admin = new Caller(world, "admin");
        page = admin.onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void refused(Caller caller, String method, String path, String body, String named) {
        long before = world.deployer().records().head().seq();
        Caller.Answer answer = caller.ask(method, path, body);
        assertThat(answer.status()).as("%s %s %s: %s", method, path, body, answer.json()).isEqualTo(400);
        assertThat(answer.error()).contains(named).doesNotContain("se-cret");
        assertThat(world.deployer().records().head().seq()).as("%s %s", method, path).isEqualTo(before);
    }

    @Test
    void an_update_is_not_started_by_what_is_not_understood() {
        for (String query : new String[] {"dryRun=1", "dryRun=", "dryRun", "dryRun=yes", "ignoreWarnings=0"}) {
            refused(admin, "POST", ONE + "/actions/update?" + query, null, "must be true or false");
        }
        refused(admin, "POST", ONE + "/actions/update?dryrun=true", null,
                "\"dryrun\" is no parameter here; there is adopt, dryRun, ignoreWarnings, queue.");
        refused(admin, "POST", ONE + "/actions/update", "{\"dryRun\": true}", "No document is looked at here");
        refused(page, "POST", "/deployments/CHURN-on-prod/updates/1/retry", "{\"dryRun\": true}", "No document is looked at here");
        refused(page, "POST", "/deployments/CHURN-on-prod/updates/1/rollback", "{\"dryRun\": true}", "No document is looked at here");
        refused(page, "POST", "/deployments/CHURN-on-prod/updates", "{\"dryrun\": true}",
                "\"dryrun\" is no field of the document here; there is adopt, dryRun, ignoreWarnings, ");
    }

    @Test
    void a_change_that_would_change_nothing_is_refused() {
        refused(admin, "PUT", ONE + "/settings", "{\"localVariable\": {}}", "\"localVariable\"");
        refused(admin, "PUT", ONE + "/settings", "{\"projectFolderId\": \"abc\"}", "\"projectFolderId\"");
        refused(admin, "PUT", ONE + "/settings", "{\"bundleContainerSettings\": {\"connections\": []}}", "\"connections\" is no field of bundleContainerSettings");
        refused(admin, "PUT", ONE + "/settings", "{\"bundleContainerSettings\": {\"remapping\": {\"connection\": []}}}", "\"connection\" is no field of remapping");
        refused(admin, "PUT", ONE + "/settings", "{\"bundleContainerSettings\": {\"codeEnvsBehavior\": {\"mode\": \"x\"}}}", "\"mode\"");
        refused(page, "PUT", "/deployments/CHURN-on-prod/settings", "{\"variables\": {}}", "\"variables\"");
        refused(admin, "POST", DEPLOYMENTS, "{\"deploymentId\": \"x\", \"publishedProjectKey\": \"CHURN\", \"infraId\": \"prod\", \"bundleId\": \"v1\","
                + " \"targetProject\": \"OTHER\"}", "\"targetProject\"");
        refused(admin, "PUT", PROD, "{\"adminApiKey\": \"se-cret\"}", "\"adminApiKey\"");
        refused(admin, "PUT", PROD, "{\"permissions\": [{\"group\": \"release\", \"write\": true}]}", "\"write\" is no field of a line of permissions");
        refused(admin, "PUT", "/project-deployer/projects/CHURN/settings", "{\"grants\": []}", "\"grants\"");
        refused(admin, "PUT", "/project-deployer/projects/CHURN/settings", "{\"name\": \"Churn\"}", "name cannot be changed here");
        refused(page, "POST", "/audit/verification", "{\"expected\": \"1:abc\"}", "\"expected\"");

        assertThat(admin.ask("PUT", ONE + "/settings", "{\"projectFolderId\": null, \"enableContainerExecRemapping\": false}").status())
                .as("what says nothing").isEqualTo(200);
    }

    @Test
    void a_question_that_is_not_understood_is_not_answered_with_nothing() {
        refused(page, "GET", "/deployments?health=EROR", null, "health \"EROR\" is none of [UNKNOWN, ERROR, ");
        assertThat(page.get("/deployments?health=unknown").path("deployments")).hasSize(1);
        refused(admin, "GET", "/futures?allUsers=yes", null, "allUsers");
        assertThat(page.get("/deployments?health=").path("deployments")).hasSize(1);
    }
}

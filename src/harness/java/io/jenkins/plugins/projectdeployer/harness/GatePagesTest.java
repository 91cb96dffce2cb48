package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.GateWebhook;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A stage's gate in the form of the shared settings, and what becomes of it there. */
@WithOneJenkins
class GatePagesTest {

    private static final String GATE = "approvals: 2, approvers: [{group: release}, {user: carol}], excludeEditorsWithin: 7d, timeLimit: 36h,"
            + " promoteFrom: Development, promoteAfter: 24h, promoteHealth: HEALTHY,"
            + " freezes: [{name: calm, start: \"2026-12-20T00:00\", end: \"2027-01-04T06:00\", rrule: FREQ=YEARLY, zone: Europe/Paris,"
            + " infrastructures: [prod], projects: [\"CHURN*\"]}],"
            + " webhooks: [{url: \"https://chat.example.com/in\", credentialsId: prod-key}]";

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        GateScene.people(jenkins);
        GateScene.configure("http://127.0.0.1:19999", GATE);
    }

    private HtmlForm form() throws Exception {
        HtmlPage page = jenkins.createWebClient().withBasicCredentials("admin").goTo("manage/project-deployer-configuration/shared");
        return page.getForms().stream().filter(form -> form.getActionAttribute().endsWith("configure")).findFirst().orElseThrow();
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    private static StageGate gate() {
        return configuration().stages().get(1).gate();
    }

    @Test
    void a_gate_saved_untouched_is_the_same_gate() throws Exception {
        Configuration before = configuration();
        jenkins.submit(form());

        assertThat(configuration()).isEqualTo(before);
        assertThat(gate().approvers()).containsExactly(Principal.ofGroup("release"), Principal.ofUser("carol"));
        assertThat(gate().freezes()).extracting(Freeze::rrule).containsExactly("FREQ=YEARLY");
        assertThat(gate().webhooks()).extracting(GateWebhook::url).containsExactly("https://chat.example.com/in");
    }

    @Test
    void what_is_typed_into_a_gate_is_saved() throws Exception {
        HtmlForm form = form();
        type(form, "_.timeLimit", "36h", "48h");
        type(form, "_.rrule", "FREQ=YEARLY", "FREQ=WEEKLY");
        type(form, "_.approvals", "2", "3");
        jenkins.submit(form);

        assertThat(gate().timeLimit()).hasToString("2d");
        assertThat(gate().freezes()).extracting(Freeze::rrule).containsExactly("FREQ=WEEKLY");
        assertThat(gate().approvals()).isEqualTo(3);
    }

    /** Each stage has a field of this name; meant is the one with this value. */
    private static void type(HtmlForm form, String field, String now, String then) {
        form.getInputsByName(field).stream().filter(input -> input.getValue().equals(now)).findFirst().orElseThrow().setValue(then);
    }
}

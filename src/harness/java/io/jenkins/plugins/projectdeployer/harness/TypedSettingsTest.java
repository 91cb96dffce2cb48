package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.TechnicalUser;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Every setting of the forms, typed by somebody who adds each part with its button, and taken away again. */
@WithOneJenkins
class TypedSettingsTest {

    private static final String SETTINGS = "project-deployer/infrastructure/dev/settings/";
    private static final String SHARED = "manage/project-deployer-configuration/shared";

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
    }

    @Test
    void who_administers_an_infrastructure_types_all_of_its_settings() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - {id: dev, seed: true, stage: Test, nodes: [{url: "http://127.0.0.1:19999", credentialsId: k}], grants: [{user: alice, right: ADMIN}]}
                """);
        HtmlForm form = form("alice", SETTINGS);
        type(form, "externalUrl", "https://dss.example.com");
        HtmlElement grant = add(form, "Add a grant");
        type(grant, "group", "release");
        type(grant, "right", "DEPLOY");
        remap(form, "Add a connection", "sql-dev", "sql-prod");
        remap(form, "Add a code env", "py39", "py311");
        remap(form, "Add a configuration", "small", "large");
        type(form, "importTimeMode", "FAIL_IF_MISS");
        type(form, "envImportSpecificationMode", "ACTUAL");
        type(form, "permissionsPropagation", "READ_ONLY");
        type(form, "deployAsUser", "svc_deploy");
        type(form, "scenariosRunAsUser", "svc_run");
        type(form, "webAppsRunAsUser", "svc_web");
        form.getTextAreaByName("allowedJobs").setText("team/*\n");
        HtmlElement hook = add(form, "Add a hook");
        type(hook, "name", "look");
        type(hook, "phase", "PRE");
        type(hook, "user", "carol");
        type(hook, "text", "# look");
        jenkins.submit(form);

        Infrastructure typed = infrastructure();
        assertThat(typed.externalUrl()).isEqualTo("https://dss.example.com");
        assertThat(typed.grants()).containsExactly(
                Grant.toUser("alice", InfrastructureRight.ADMIN), Grant.toGroup("release", InfrastructureRight.DEPLOY));
        assertThat(typed.connections()).containsExactly(new Remap("sql-dev", "sql-prod"));
        assertThat(typed.codeEnvs()).containsExactly(new Remap("py39", "py311"));
        assertThat(typed.containerExecs()).containsExactly(new Remap("small", "large"));
        assertThat(typed.codeEnvsBehavior()).isEqualTo(
                new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, CodeEnvsBehavior.SpecificationMode.ACTUAL));
        assertThat(typed.policies()).isEqualTo(new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", "svc_web"));
        assertThat(typed.hooks()).containsExactly(new Hook("look", HookPhase.PRE, "# look", null, "carol", List.of()));
        assertThat(typed.allowedJobs()).containsExactly("team/*");

        HtmlForm emptied = form("admin", SETTINGS);
        for (HtmlElement chunk : chunks(emptied)) {
            if (!chunk.getAttribute("name").equals("nodes")) {
                button(chunk, "repeatable-delete").click();
            }
        }
        jenkins.submit(emptied);
        Infrastructure left = infrastructure();
        assertThat(List.of(left.grants(), left.connections(), left.codeEnvs(), left.containerExecs(), left.hooks()))
                .allSatisfy(list -> assertThat(list).isEmpty());
        assertThat(left.nodes()).isEqualTo(typed.nodes());
    }

    @Test
    void an_administrator_types_all_that_is_shared() throws Exception {
        HtmlForm form = form("admin", SHARED);
        type(form, "pattern", "{user}@example.com");
        HtmlElement stage = add(form, "Add a stage");
        type(stage, "name", "Staging");
        type(stage, "description", "Nearly there");
        HtmlElement rule = add(form, "Add a rule");
        type(rule, "pattern", "CHURN*");
        HtmlElement grant = add(rule, "Add a grant");
        type(grant, "group", "churn");
        type(grant, "right", "WRITE");
        type(add(rule, "Add somebody"), "user", "bob");
        HtmlElement design = add(form, "Add a design node");
        type(design, "id", "design");
        type(design, "url", "http://127.0.0.1:19998");
        type(design, "newKey", "key-of-the-design-node-0cc175b9");
        HtmlElement login = add(form, "Add a login");
        type(login, "user", "alice");
        type(login, "login", "a.smith");
        HtmlElement technical = add(form, "Add a technical user");
        type(technical, "jobs", "team/nightly/*");
        type(technical, "user", "carol");
        HtmlElement codeEnv = add(form, "Add a code env");
        type(codeEnv, "name", "py311");
        type(codeEnv, "interpreter", "/usr/bin/python3");
        type(codeEnv, "owner", "alice");
        ((HtmlCheckBoxInput) field(codeEnv, "usableByAll")).setChecked(false);
        HtmlElement use = add(codeEnv, "Add a grant");
        type(use, "group", "churn");
        type(use, "right", "USE");
        type(form, "permits", "5");
        type(form, "preWaitSeconds", "1");
        type(form, "postWaitSeconds", "2");
        type(form, "timeLimitSeconds", "30");
        form.getTextAreaByName("launcher").setText("/usr/bin/nice\n-n\n5\n");
        type(form, "directory", "/var/bundles");
        type(form, "freeSpaceFloor", "6");
        type(form, "quotaPerProject", "7");
        type(form, "keepPerProject", "8");
        type(form, "keepPerStage", "9");
        type(form, "keepDetailsDays", "10");
        ((HtmlCheckBoxInput) field(form, "nodesInHealth")).setChecked(true);
        jenkins.submit(form);

        Configuration typed = ProjectDeployerConfiguration.get().configuration();
        assertThat(typed.stages()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("Staging");
            assertThat(one.description()).isEqualTo("Nearly there");
        });
        assertThat(typed.projects()).containsExactly(
                new ProjectRule("CHURN*", List.of(Grant.toGroup("churn", ProjectRight.WRITE)), List.of(Principal.ofUser("bob"))));
        assertThat(typed.designNodes()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("design");
            assertThat(one.node().url()).isEqualTo("http://127.0.0.1:19998");
            assertThat(one.node().credentialsId()).as("the key has become a credential").isNotEmpty();
        });
        assertThat(typed.loginMapping()).isEqualTo(
                new LoginMapping(List.of(new LoginMapping.Entry("alice", "a.smith")), "{user}@example.com"));
        assertThat(typed.technicalUsers()).containsExactly(new TechnicalUser("team/nightly/*", "carol"));
        assertThat(typed.codeEnvs()).containsExactly(
                new CodeEnv("py311", "/usr/bin/python3", "alice", false, List.of(Grant.toGroup("churn", ResourceRight.USE))));
        assertThat(typed.hookLimits()).isEqualTo(new HookLimits(5, 1, 2, 30, List.of("/usr/bin/nice", "-n", "5")));
        assertThat(typed.bundleStorage()).isEqualTo(new BundleStorage("/var/bundles", 6, 7, 8, 9, 10));
        assertThat(typed.nodesInHealth()).isTrue();
    }

    private HtmlForm form(String user, String page) throws Exception {
        return jenkins.createWebClient().withBasicCredentials(user).<HtmlPage>goTo(page).getFormByName("config");
    }

    private static Infrastructure infrastructure() {
        return ProjectDeployerConfiguration.get().configuration().infrastructure("dev").orElseThrow();
    }

    private static void remap(HtmlElement within, String caption, String source, String target) throws Exception {
        HtmlElement remap = add(within, caption);
        type(remap, "source", source);
        type(remap, "target", target);
    }

    /** Presses the button that adds a part; a part of the same kind inside another one has a button of its own. */
    private static HtmlElement add(HtmlElement within, String caption) throws Exception {
        HtmlElement add = within.getElementsByTagName("button").stream()
                .filter(button -> button.getTextContent().strip().equals(caption))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No button \"" + caption + "\""));
        DomElement parts = (DomElement) add.getParentNode();
        add.click();
        List<HtmlElement> there = chunks(parts).stream().filter(chunk -> chunk.getParentNode() == parts).toList();
        return there.get(there.size() - 1);
    }

    private static List<HtmlElement> chunks(DomElement within) {
        return within.getByXPath(".//div[contains(concat(' ', @class, ' '), ' repeated-chunk ')]");
    }

    private static HtmlElement button(HtmlElement within, String style) {
        return within.getFirstByXPath(".//button[contains(@class, '" + style + "')]");
    }

    /** The first of this name; those of parts that were added inside come after. */
    private static HtmlElement field(HtmlElement within, String name) {
        HtmlElement field = within.getFirstByXPath(".//*[@name='_." + name + "']");
        assertThat(field).as(name).isNotNull();
        return field;
    }

    private static void type(HtmlElement within, String name, String value) {
        HtmlElement field = field(within, name);
        if (field instanceof HtmlSelect drop) {
            await().until(() -> drop.getOptions().stream().anyMatch(choice -> choice.getValueAttribute().equals(value)));
            drop.getOptionByValue(value).setSelected(true);
        } else if (field instanceof HtmlTextArea text) {
            text.setText(value);
        } else {
            ((HtmlInput) field).setValue(value);
        }
    }
}

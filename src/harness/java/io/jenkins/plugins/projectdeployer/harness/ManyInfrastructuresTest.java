package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Pages where there is much already, and where all of it goes. */
@WithOneJenkins
class ManyInfrastructuresTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
    }

    private HtmlForm form(String page) throws Exception {
        return jenkins.createWebClient().withBasicCredentials("admin").<HtmlPage>goTo("manage/project-deployer-configuration/" + page).getFormByName("config");
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }

    @Test
    void the_fiftieth_begins_as_a_copy_of_another() throws Exception {
        Scene.code("unclassified: {projectDeployer: {stages: [{name: Test}, {name: Production}], infrastructures: ["
                + IntStream.rangeClosed(1, 49).mapToObj("""
                        {id: i%1$02d, stage: Production, nodes: [{url: "http://127.0.0.1:%1$d", credentialsId: k}], grants: [{group: g%1$d, right: DEPLOY}],
                         connections: [{source: a, target: b%1$d}], policies: {deployAsUser: svc_deploy},
                         hooks: [{name: look, phase: PRE, text: "# look"}]}
                        """::formatted).collect(Collectors.joining(",")) + "]}}");
        HtmlForm form = form("new?copy=i07");
        assertThat(form.getInputByName("_.id").getValue()).isEmpty();
        assertThat(form.getInputByName("_.url").getValue()).as("a node belongs to one infrastructure").isEmpty();
        form.getInputByName("_.id").setValue("i50");
        form.getInputByName("_.url").setValue("http://127.0.0.1:50");
        form.getInputByName("_.newKey").setValue("key-of-the-fiftieth");
        jenkins.submit(form);

        assertThat(configuration().infrastructures()).hasSize(50);
        Infrastructure other = configuration().infrastructure("i07").orElseThrow();
        assertThat(configuration().infrastructure("i50").orElseThrow()).satisfies(made -> {
            assertThat(made.nodes()).singleElement().satisfies(node -> assertThat(node.url()).isEqualTo("http://127.0.0.1:50"));
            assertThat(made.stage()).isEqualTo("Production");
            assertThat(made.grants()).isEqualTo(other.grants());
            assertThat(made.connections()).isEqualTo(other.connections());
            assertThat(made.policies()).isEqualTo(other.policies());
            assertThat(made.hooks()).isEqualTo(other.hooks());
        });
        HtmlPage list = jenkins.createWebClient().withBasicCredentials("admin").goTo("manage/project-deployer-configuration/");
        assertThat(list.asNormalizedText()).contains("i01", "i49", "i50");
    }

    @Test
    void lists_that_are_emptied_stay_empty() throws Exception {
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}, {name: Production}]
                    projects: [{pattern: "CHURN*", grants: [{group: g, right: WRITE}]}]
                    designNodes: [{id: design, node: {url: "http://127.0.0.1:19998", credentialsId: k}}]
                    technicalUsers: [{jobs: nightly, user: alice}]
                    codeEnvs: [{name: py311, interpreter: /usr/bin/python3}]
                    loginMapping: {table: [{user: alice, login: a.smith}]}
                    hookLimits: {launcher: [/usr/bin/nice]}
                """);
        HtmlForm form = form("shared");
        form.getTextAreaByName("launcher").setText("");
        for (HtmlElement delete = delete(form); delete != null; delete = delete(form)) {
            delete.click();
        }
        jenkins.submit(form);

        Configuration emptied = configuration();
        assertThat(List.of(emptied.projects(), emptied.designNodes(), emptied.technicalUsers(), emptied.codeEnvs(),
                emptied.loginMapping().table(), emptied.hookLimits().launcher())).allSatisfy(list -> assertThat(list).isEmpty());
        assertThat(emptied.hookLimits()).isEqualTo(HookLimits.DEFAULT);
        assertThat(emptied.stages()).isEqualTo(Configuration.EMPTY.stages());
    }

    private static HtmlElement delete(HtmlForm form) {
        return form.getElementsByTagName("button").stream()
                .filter(button -> button.getAttribute("class").contains("repeatable-delete"))
                .filter(HtmlElement::isDisplayed)
                .findFirst()
                .orElse(null);
    }
}

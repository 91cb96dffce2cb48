package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What is deployed on an infrastructure, page by page, for whoever may see it. */
@WithOneJenkins
class InfrastructureViewTest {

    private static final String VIEW = "project-deployer/infrastructure/dev/";

    private JenkinsRule jenkins;

    @Test
    void deployments_are_shown_page_by_page_those_that_one_may_see(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Development}]
                    infrastructures:
                      - id: dev
                        stage: Development
                        nodes: [{url: "http://127.0.0.1:19999", credentialsId: dev-key}]
                        grants: [{group: data-team, right: DEPLOY}, {user: bob, right: READ}]
                    projects:
                      - {pattern: "B*", grants: [{group: data-team, right: DEPLOY}, {user: bob, right: READ}], creators: [{group: data-team}]}
                      - {pattern: "*", grants: [{group: data-team, right: DEPLOY}], creators: [{group: data-team}]}
                """);
        for (String project : List.of("A1", "B1", "B2", "C1")) {
            Path zip = BundleZip.of(project, "v1").owner("alice").writeTo(directory.resolve(project + ".zip"));
            try (InputStream archive = Files.newInputStream(zip)) {
                Engine.get().publish("alice", project, "v1", archive, project + ".zip", null);
            }
            Engine.get().administration().create("alice", project + "-on-dev", project, "dev", "v1", null, SettingsChange.NONE);
        }

        assertThat(shown("alice", "")).contains("A1-on-dev", "B1-on-dev", "B2-on-dev", "C1-on-dev").doesNotContain("Next page", "First page");
        assertThat(shown("bob", "")).as("whose projects are others").contains("B1-on-dev", "B2-on-dev").doesNotContain("A1", "C1");
        assertThat(shown("bob", "?limit=1")).contains("B1-on-dev", "Next page").doesNotContain("B2-on-dev", "First page");
        assertThat(shown("bob", "?limit=1&after=b1-on-dev")).as("C1 is nothing to come").contains("B2-on-dev", "First page").doesNotContain("B1-on-dev", "Next page");
        assertThat(shown("bob", "?after=zzz")).contains("No more deployments", "First page").doesNotContain("on-dev");
        assertThat(shown("bob", "?limit=all&after=%20")).contains("B1-on-dev", "B2-on-dev");

        HtmlPage first = page("bob", "?limit=1");
        assertThat(first.getAnchorByText("Next page").getHrefAttribute()).isEqualTo("?after=B1-on-dev");
        assertThat(first.getAnchorByText("B1-on-dev").<HtmlPage>click().getUrl().getPath()).endsWith("/project-deployer/deployment/B1-on-dev/");
    }

    private HtmlPage page(String user, String query) throws Exception {
        return jenkins.createWebClient().withBasicCredentials(user).goTo(VIEW + query);
    }

    private String shown(String user, String query) throws Exception {
        return page(user, query).asNormalizedText();
    }
}

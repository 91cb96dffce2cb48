package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.jenkins.step.DeployProjectStep;
import io.jenkins.plugins.projectdeployer.jenkins.step.PublishBundleStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.DataBoundSetter;

/** The forms of the snippet generator. */
@WithOneJenkins
class StepFormsTest {

    @Test
    void a_form_gives_back_all_that_is_set(JenkinsRule jenkins) throws Exception {
        DeployProjectStep most = new DeployProjectStep("CHURN", "dev");
        most.setBundle("v1");
        most.setArchive("v1.zip");
        most.setDesignNode("design");
        most.setReleaseNotes("It knows more.");
        most.setDeploymentId("churn-eu");
        most.setTargetProject("CHURN_EU");
        most.setProjectFolder("/eu");
        most.setConnections(Map.of("sql-dev", "sql-prod", "a=b", "10"));
        most.setCodeEnvs(Map.of("py39", "py311"));
        most.setContainerExecs(Map.of("small", "large"));
        most.setVariables(Map.of("limit", 10, "name", "eu", "zip", "75001", "flag", "true", "list", List.of(1, "2")));
        most.setScenarios(Map.of("TRAIN", true, "SCORE", false));
        most.setDisableAutomaticTriggers(false);
        most.setTestScenarios(List.of("SMOKE", "FULL"));
        most.setOnFailure("rollback");
        most.setDryRun(true);
        most.setQueue(true);
        most.setAdopt(true);
        most.setIgnoreWarnings(true);
        assertAllAreSet(most);
        jenkins.assertEqualDataBoundBeans(most, new StepConfigTester(jenkins).configRoundTrip(most));

        PublishBundleStep publish = new PublishBundleStep("CHURN");
        publish.setArchive("v1.zip");
        publish.setDesignNode("design");
        publish.setBundle("v1");
        publish.setReleaseNotes("It knows more.");
        assertAllAreSet(publish);
        jenkins.assertEqualDataBoundBeans(publish, new StepConfigTester(jenkins).configRoundTrip(publish));
    }

    private static void assertAllAreSet(Object step) {
        assertThat(Arrays.stream(step.getClass().getMethods()).filter(method -> method.isAnnotationPresent(DataBoundSetter.class)))
                .isNotEmpty()
                .allSatisfy(setter -> {
                    String name = setter.getName().substring("set".length());
                    boolean is = setter.getParameterTypes()[0] == boolean.class;
                    Object value = step.getClass().getMethod((is ? "is" : "get") + name).invoke(step);
                    assertThat(value).as(name).isNotNull().isNotEqualTo(is ? Boolean.FALSE : null);
                });
    }

    @Test
    void the_least_that_is_set_makes_a_short_line(JenkinsRule jenkins) throws Exception {
        assertThat(Snippetizer.object2Groovy(new StepConfigTester(jenkins).configRoundTrip(new DeployProjectStep("CHURN", "dev"))))
                .isEqualTo("deployProject infrastructure: 'dev', project: 'CHURN'");
        assertThat(Snippetizer.object2Groovy(new StepConfigTester(jenkins).configRoundTrip(new DeployProjectStep(null, "dev"))))
                .as("in a folder that names the project").isEqualTo("deployProject infrastructure: 'dev'");
        PublishBundleStep publish = new PublishBundleStep("CHURN");
        publish.setArchive("v1.zip");
        assertThat(Snippetizer.object2Groovy(new StepConfigTester(jenkins).configRoundTrip(publish)))
                .isEqualTo("publishBundle archive: 'v1.zip', project: 'CHURN'");
    }
}

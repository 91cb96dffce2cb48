package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.BulkChange;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.jenkins.config.InfrastructureConfig;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.config.StageConfig;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A page is saved while somebody else, code for instance, is in the middle of setting one thing after the other. */
@WithOneJenkins
class TwoChangesAtOnceTest {

    private JenkinsRule jenkins;
    private HtmlForm page;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    stages: [{name: Test}]
                    infrastructures: [{id: dev, seed: true, stage: Test, nodes: [{url: "http://127.0.0.1:19999", credentialsId: k}]}]
                """);
        page = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/dev/settings/").getFormByName("config");
        page.getInputByName("_.deployAsUser").setValue("svc_deploy");
    }

    @Test
    void neither_takes_the_other_in_half() throws Exception {
        CompletableFuture<Void> saved;
        try (BulkChange code = new BulkChange(ProjectDeployerConfiguration.get())) {
            ProjectDeployerConfiguration.get().setStages(stages("Test", "Later"));
            saved = CompletableFuture.runAsync(this::save);
            await().atMost(Duration.ofMinutes(1)).until(() -> saved.isDone() || Thread.getAllStackTraces().values().stream()
                    .anyMatch(stack -> Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("awaitOthers"))));
            ProjectDeployerConfiguration.get().setNodesInHealth(true);
            code.commit();
        }
        saved.get(1, TimeUnit.MINUTES);

        assertThat(configuration().stages()).extracting(Stage::name).containsExactly("Test", "Later");
        assertThat(configuration().nodesInHealth()).isTrue();
        assertThat(configuration().infrastructures().get(0).policies().deployAsUser()).isEqualTo("svc_deploy");
    }

    @Test
    void what_nobody_finishes_is_not_saved_with_a_page() throws Exception {
        Thread code = new Thread(() -> {
            try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2); BulkChange never = new BulkChange(ProjectDeployerConfiguration.get())) {
                ProjectDeployerConfiguration.get().setStages(stages("Test", "Later"));
                ProjectDeployerConfiguration.get().setInfrastructures(List.of(new InfrastructureConfig("half")));
            }
        });
        code.start();
        code.join();
        save();

        assertThat(configuration().stages()).extracting(Stage::name).containsExactly("Test");
        assertThat(configuration().infrastructures()).singleElement()
                .satisfies(dev -> assertThat(dev.policies().deployAsUser()).isEqualTo("svc_deploy"));
    }

    @Test
    void what_has_taken_too_long_does_not_go_on_with_its_second_half() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch overtaken = new CountDownLatch(1);
        CompletableFuture<Void> code = CompletableFuture.runAsync(() -> {
            try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2); BulkChange change = new BulkChange(ProjectDeployerConfiguration.get())) {
                ProjectDeployerConfiguration.get().setStages(stages("Test", "Later"));
                begun.countDown();
                overtaken.await();
                ProjectDeployerConfiguration.get().setNodesInHealth(true);
                change.commit();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        save();
        overtaken.countDown();

        assertThatThrownBy(() -> code.get(1, TimeUnit.MINUTES)).hasMessageContaining("Nothing of this change is saved");
        assertThat(configuration().stages()).extracting(Stage::name).containsExactly("Test");
        assertThat(configuration().nodesInHealth()).isFalse();
        assertThat(configuration().infrastructures().get(0).policies().deployAsUser()).isEqualTo("svc_deploy");
    }

    private void save() {
        try {
            jenkins.submit(page);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<StageConfig> stages(String... names) {
        return Arrays.stream(names).map(StageConfig::new).toList();
    }

    private static Configuration configuration() {
        return ProjectDeployerConfiguration.get().configuration();
    }
}

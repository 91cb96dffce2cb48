package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPipelineTest {

    private final List<Object> seen = new ArrayList<>();

    @TempDir
    private Path workspace;

    @BeforeEach
    void copyTheDemosJenkinsfile() throws IOException {
        Files.copy(Path.of("demo", "Jenkinsfile"), workspace.resolve("Jenkinsfile"));
    }

    @Test
    void stages_and_steps_run_in_their_order() {
        pipeline().run("Jenkinsfile");

        assertThat(seen).filteredOn(String.class::isInstance).startsWith("Bundle").endsWith("Production").hasSize(5);
        assertThat(seen).contains(Map.of("project", "CHURN", "bundle", "v12", "infrastructure", "dev"));
    }

    @Test
    void what_a_step_throws_ends_the_run_as_it_is() {
        DemoPipeline pipeline = pipeline().step("deployProject", parameters -> {
            throw new IllegalStateException("refused");
        });

        assertThatThrownBy(() -> pipeline.run("Jenkinsfile")).isInstanceOf(IllegalStateException.class).hasMessage("refused");
        assertThat(seen).contains("Development").doesNotContain("Test");
    }

    @Test
    void an_unknown_step_ends_the_run() throws IOException {
        Files.writeString(workspace.resolve("Other"), "pipeline { stages { stage('A') { steps { deployProjekt project: 'A' } } } }");

        assertThatThrownBy(() -> pipeline().run("Other")).hasMessageContaining("deployProjekt");
    }

    private DemoPipeline pipeline() {
        return new DemoPipeline(workspace, seen::add)
                .textStep("sh", seen::add)
                .step("publishBundle", this::see)
                .step("deployProject", this::see);
    }

    private Object see(Map<String, Object> parameters) {
        seen.add(parameters);
        return null;
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Jenkins with the {@link Scene}'s people and infrastructure {@code dev}, which is a node that answers. */
@WithOneJenkins
abstract class DeployingTest {

    @TempDir
    Path directory;

    JenkinsRule jenkins;
    EmbeddedNode node;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        node = Scene.node();
        Scene.people(jenkins);
        Scene.configure(node.url());
    }

    @AfterEach
    void close() {
        node.faults().clear();
        node.close();
    }
}

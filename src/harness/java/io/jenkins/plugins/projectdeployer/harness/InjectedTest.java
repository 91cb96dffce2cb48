package io.jenkins.plugins.projectdeployer.harness;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.injected.InjectedTestBase;

/** What Jenkins asks of every plugin, and no script within a page. */
@ExtendWith(OneJenkins.Ends.class)
@Tag("smoke")
class InjectedTest extends InjectedTestBase {

    InjectedTest() {
        super("io.jenkins.plugins", "project-deployer", "0.1.0", "target/jenkins/target/classes", true, true);
    }
}

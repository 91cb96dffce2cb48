package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.concurrent.atomic.AtomicReference;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are typed on a page in the place of others. */
class RotatedKeysTest extends DeployingTest {

    @BeforeEach
    void start() throws Exception {
        Scene.code("unclassified: {projectDeployer: {infrastructures: [{id: dev, seed: true}]}}");
        Scene.publish(directory, "v1");
    }

    /** Types the node's key anew. */
    private NodeAddress typed() throws Exception {
        HtmlForm form = jenkins.createWebClient().withBasicCredentials("admin")
                .goTo("project-deployer/infrastructure/dev/settings/").getFormByName("config");
        form.getInputByName("_.newKey").setValue(Scene.KEY);
        jenkins.submit(form);
        return ProjectDeployerConfiguration.get().configuration().infrastructure("dev").orElseThrow().nodes().get(0);
    }

    @Test
    void an_update_under_way_keeps_the_key_that_it_was_planned_with() throws Exception {
        NodeAddress first = typed();
        AtomicReference<NodeAddress> second = new AtomicReference<>();
        node.faults().on("*", "*preload*").once(new Fault.Meanwhile(() -> {
            try {
                second.set(typed());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));

        jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "deploy", "v1"));
        assertThat(second.get().credentialsId()).isNotEqualTo(first.credentialsId());

        Engine.close();
        Engine.open();
        assertGone(first);
        assertThat(NodeKeys.key(second.get())).isEqualTo(Scene.KEY);
    }

    @Test
    void a_key_that_no_update_needs_is_gone_when_another_is_typed() throws Exception {
        NodeAddress first = typed();
        NodeAddress second = typed();
        assertGone(first);
        assertThat(NodeKeys.key(second)).isEqualTo(Scene.KEY);
    }

    private static void assertGone(NodeAddress node) {
        assertThatThrownBy(() -> NodeKeys.key(node)).isInstanceOf(Refused.class);
    }
}

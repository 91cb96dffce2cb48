package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose certificate nobody knows but who configured it: what is trusted there is trusted for hooks too. */
class HookOverTlsTest {

    @TempDir
    Path home;

    @ParameterizedTest(name = "trust all: {0}")
    @ValueSource(booleans = {false, true})
    void a_hooks_client_reaches_the_node_that_the_infrastructure_trusts(boolean trustAll) {
        HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
        try (World world = new World(home)) {
            EmbeddedNode node = EmbeddedNode.builder().nodeId("prod").https(certificate).world(DemoWorld::standard).start();
            NodeAddress known = world.address("prod", node);
            NodeAddress trusted =
                    new NodeAddress(known.url(), known.credentialsId(), trustAll ? null : certificate.certificatePem(), trustAll);
            world.infrastructure(World.infrastructure("prod", "Production", List.of(trusted)));
            HooksOnProd.python3().ifPresent(python -> world.codeEnv(new CodeEnv("py3", python.toString(), "admin", true, null)));
            world.hooks("prod", HooksOnProd.hook(
                    "look", HookPhase.POST, "return HookResult.success(','.join(automation_client.list_project_keys()))"));
            world.publish(BundleZip.of("CHURN", "v1"));
            Update update = world.deploy(World.request("CHURN", "v1", "prod"));

            assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(HooksOnProd.run(update, "look").message()).isEqualTo("CHURN");
            assertThat(node.url()).startsWith("https://");
        }
    }
}

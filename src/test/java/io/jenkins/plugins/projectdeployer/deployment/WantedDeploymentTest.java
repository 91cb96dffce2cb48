package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedDeploymentTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Remap COPIED = new Remap("sql-dev", "sql-prod");
    private static final Remap OWN = new Remap("s3-dev", "s3-own");

    @Test
    void a_new_deployment_takes_its_key_and_owner_from_the_request_and_its_remaps_from_the_infrastructure() {
        Deployment wanted = WantedDeployment.of(request(null), "CHURN-on-prod", Optional.empty(), infrastructure(COPIED), "v1", NOW);

        assertThat(wanted.targetProject()).isEqualTo("CHURN");
        assertThat(wanted.createdBy()).isEqualTo("alice");
        assertThat(wanted.createdAt()).isEqualTo(NOW);
        assertThat(wanted.bundleId()).isEqualTo("v1");
        assertThat(wanted.adopted()).isFalse();
        assertThat(wanted.settings().connections()).containsExactly(COPIED);
    }

    @Test
    void asking_for_the_same_thing_twice_gives_the_same_twice() {
        Deployment first = WantedDeployment.of(request(List.of(OWN)), "CHURN-on-prod", Optional.empty(), infrastructure(COPIED), "v1", NOW);
        Deployment second = WantedDeployment.of(request(List.of(OWN)), "CHURN-on-prod", Optional.of(first), infrastructure(COPIED), "v1", NOW);

        assertThat(first.settings().connections()).containsExactly(COPIED, OWN);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void an_existing_deployment_keeps_its_copy_when_the_infrastructure_changes() {
        Deployment first = WantedDeployment.of(request(null), "CHURN-on-prod", Optional.empty(), infrastructure(COPIED), "v1", NOW);

        Deployment second = WantedDeployment.of(request(null), "CHURN-on-prod", Optional.of(first),
                infrastructure(new Remap("sql-dev", "sql-new")), "v2", NOW.plusSeconds(1));

        assertThat(second).isEqualTo(first.with("v2", first.settings()));
    }

    private static DeployRequest request(List<Remap> connections) {
        return DeployRequest.of("key", "alice", "CHURN", "prod")
                .settings(new SettingsChange(null, connections, null, null, null, null, null, null, null))
                .build();
    }

    private static Infrastructure infrastructure(Remap... connections) {
        return new Infrastructure("prod", "Production", List.of(new NodeAddress("https://prod.example.com:10000", "key")), null, null,
                List.of(connections), null, null, null, null, null, null);
    }
}

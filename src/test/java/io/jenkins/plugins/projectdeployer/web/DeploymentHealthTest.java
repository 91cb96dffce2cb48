package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentHealthTest {

    /** Newest first. */
    private final List<Update> history = new ArrayList<>();

    private String health() {
        Configuration configuration = new Configuration(null, List.of(new Infrastructure("prod", "Production",
                List.of(new NodeAddress("https://prod.example.com", "key")), null, null, null, null, null, null, null, null, null)),
                null, null, null, null, null, null);
        Person root = new Person("bob", Set.of(), true);
        return new DeployerResources(() -> configuration, new Access(new Everybody()), records())
                .get(root, List.of("deployments", "CHURN-on-prod", "status")).path("health").asText();
    }

    private Records records() {
        Deployment deployment = new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", DeploymentSettings.DEFAULT, false,
                "alice", Instant.EPOCH);
        return (Records) Proxy.newProxyInstance(Records.class.getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "deployment" -> Optional.of(deployment);
                    case "project" -> Optional.of(new PublishedProject("CHURN", "alice", Instant.EPOCH, List.of()));
                    case "history" -> history.stream().limit((Integer) arguments[1]).toList();
                    default -> throw new AssertionError(method.getName());
                });
    }

    private static Update ended(UpdateStatus status, Phase... phases) {
        Update update = Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "prod").build(), Instant.EPOCH);
        for (Phase phase : phases) {
            update = update.after(new UpdateEvent.PhaseStarted(phase), Instant.EPOCH);
        }
        return update.after(new UpdateEvent.Ended(status), Instant.EPOCH);
    }

    @Test
    void refused_and_dry_runs_leave_health_as_it_is_however_many_they_are() {
        for (int i = 0; i < 20; i++) {
            history.add(ended(UpdateStatus.FAILED, Phase.AUTHORIZE));
            history.add(ended(UpdateStatus.PLANNED, Phase.AUTHORIZE, Phase.PLAN));
        }
        assertThat(health()).isEqualTo("UNKNOWN");

        history.add(ended(UpdateStatus.SUCCESS, Phase.PLAN, Phase.SEND));
        assertThat(health()).isEqualTo("HEALTHY");
    }

    @Test
    void an_update_that_failed_after_it_began_to_send_is_an_error() {
        history.add(ended(UpdateStatus.FAILED, Phase.PLAN, Phase.SEND));
        history.add(ended(UpdateStatus.SUCCESS, Phase.PLAN, Phase.SEND));

        assertThat(health()).isEqualTo("ERROR");
    }

    /** Whom the tests ask for. */
    private static final class Everybody implements People {

        @Override
        public Person person(String userId) {
            return new Person(userId, Set.of(), false);
        }

        @Override
        public String userKey(String userId) {
            return userId;
        }

        @Override
        public String groupKey(String groupName) {
            return groupName;
        }
    }
}

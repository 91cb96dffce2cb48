package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that name what is not there, or somebody whom the node does not understand. */
class BadRequestTest extends NothingLeftBehind {

    @ParameterizedTest
    @CsvSource({"NOWHERE, v1, 'There is no published project \"NOWHERE\"'", "CHURN, v9, 'There is no bundle of project CHURN \"v9\"'"})
    void an_unknown_project_or_bundle_is_not_found(String project, String bundle, String sentence) {
        world.publish(churn("v1"));
        Update update = world.deploy(World.request(project, bundle, "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).hasSize(1);
        assertThat(update.messages().get(0).text()).startsWith(sentence);
        assertOneSentence(update.messages().get(0).text());
        assertThat(node().calls()).isEmpty();
    }

    @Test
    void a_login_that_is_not_ascii_is_understood_or_refused_before_anything_is_touched() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("alice", "алиса")), null));
        Update unknown = deploy("v1");
        assertThat(unknown.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(unknown, "USER_MISSING", "алиса", "login mapping");

        node().state().directory().user("алиса", "data-team");
        // A node that reads headers in another way than they were written sees somebody else.
        node().faults().on("GET", "/auth/info").once(new Fault.Answer(200, "application/json", "{\"authIdentifier\":\"????\"}"));
        Update misread = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(misread.status()).isEqualTo(UpdateStatus.FAILED);
        assertSays(misread, "INVALID", "алиса", "not ASCII", "deployAsUser");
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));

        Update understood = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(understood.status()).as("%s", understood.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(node().state().project("CHURN").owner()).isEqualTo("алиса");
    }
}

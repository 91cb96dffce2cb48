package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project made by hand keeps its owner and permissions, however often its adoption is tried. */
class AdoptionTest extends OnProd {

    @BeforeEach
    void made_by_hand() {
        world.publish(churn("v1"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
        world.node("prod").state().addProject("CHURN", "svc_deploy").grant("release", ProjectFlag.readProjectContent);
    }

    @Test
    void after_an_adoption_that_failed_on_its_way() {
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "Oops", "no"));
        assertThat(adopt().status()).isIn(UpdateStatus.FAILED, UpdateStatus.ROLLED_BACK);

        assertOwnerAndPermissionsKept(deploy());
    }

    @Test
    void to_go_back_to_what_was_never_published_here_it_is_to_be_published() {
        project().activeBundleId("v0");
        Update adopted = adopt();
        Update back = world.deploy(new DeployRequest.Builder("back", List.of("alice"), "CHURN", "prod").rollBackOf(adopted.number()));

        assertThat(back.messages()).extracting(Message::text).contains("Bundle v0 was active before update " + adopted.number()
                + " and is not here: publish it, or deploy another one.");
    }

    @Test
    void after_an_adoption_that_was_rolled_back() {
        world.node("prod").faults().on("PUT", "*/variables/").once(new Fault.DataikuError(500, "Oops", "no"));
        assertThat(adopt().status()).isEqualTo(UpdateStatus.ROLLED_BACK);

        assertOwnerAndPermissionsKept(deploy());
    }

    private Update adopt() {
        return world.deploy(new DeployRequest.Builder("bob", List.of("bob"), "CHURN", "prod").bundle("v1").adopt(true)
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, null, null, null, null, Map.of("region", TextNode.valueOf("eu")), null, null, null)));
    }

    private Update deploy() {
        return world.deploy(World.request("CHURN", "v1", "prod"));
    }

    private void assertOwnerAndPermissionsKept(Update update) {
        assertThat(update.status()).as("%s", update.messages()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().owner()).isEqualTo("svc_deploy");
        assertThat(project().permissions()).singleElement().satisfies(line -> assertThat(line.path("group").asText()).isEqualTo("release"));
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().adopted()).isTrue();
    }
}

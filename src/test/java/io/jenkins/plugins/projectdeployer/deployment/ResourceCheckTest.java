package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.Resources;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever deploys and whom the project runs as may use what it uses. */
class ResourceCheckTest {

    private final Planning planning = new Planning();

    /** The project uses one thing of this kind, which is on the node. */
    private void uses(ResourceKind kind, ResourceGrants grants) {
        Planning.Node node = planning.node();
        switch (kind) {
            case CODE_ENV -> {
                planning.codeEnvs.add("thing");
                node.codeEnvs.put("thing", true);
            }
            case CLUSTER -> {
                planning.clusters.add("thing");
                node.clusters.add("thing");
            }
            case CONTAINER_EXEC -> {
                planning.containerExecs.add("thing");
                node.containerExecs.add("thing");
            }
        }
        node.grants.clear();
        node.grants.add(new NodeResource(kind, "thing", grants));
    }

    @SafeVarargs
    private static ResourceGrants to(Grant<ResourceRight>... grants) {
        return new ResourceGrants("owner", false, List.of(grants));
    }

    @ParameterizedTest
    @EnumSource(ResourceKind.class)
    void everybody_who_acts_must_be_let_use_it(ResourceKind kind) {
        planning.policies = new Policies(null, "svc_deploy", "svc_run", "alice");
        Grant<ResourceRight> deploys = Grant.toGroup("deployers", ResourceRight.USE);
        Grant<ResourceRight> runs = Grant.toUser("svc_run", ResourceRight.UPDATE);
        Grant<ResourceRight> serves = Grant.toGroup("churn-team", ResourceRight.ADMIN);

        uses(kind, to(deploys, runs, serves));
        assertThat(planning.plan().messages()).isEmpty();
        uses(kind, to(runs, serves));
        only(kind, "the deploying user \"svc_deploy\"", "svc_run", "alice");
        uses(kind, to(deploys, serves));
        only(kind, "the run-as user of scenarios \"svc_run\"", "svc_deploy", "alice");
        uses(kind, to(deploys, runs));
        only(kind, "the run-as user of web apps \"alice\"", "svc_deploy", "svc_run");
        uses(kind, to());
        assertThat(message(kind).text()).contains("the deploying user \"svc_deploy\", nor by the run-as user of scenarios \"svc_run\","
                + " nor by the run-as user of web apps \"alice\"");
    }

    @ParameterizedTest
    @EnumSource(ResourceKind.class)
    void what_everybody_may_use_or_administers_or_owns_is_fine(ResourceKind kind) {
        uses(kind, new ResourceGrants(null, true, List.of()));
        assertThat(planning.plan().messages()).isEmpty();

        planning.policies = new Policies(null, "svc_deploy", null, null);
        uses(kind, new ResourceGrants("svc_deploy", false, List.of()));
        assertThat(planning.plan().messages()).isEmpty();

        planning.node().users.put("svc_deploy", new NodeFacts.User(true, Set.of("administrators")));
        uses(kind, to());
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void somebody_who_is_several_things_is_named_once() {
        uses(ResourceKind.CLUSTER, to(Grant.toGroup("deployers", ResourceRight.USE)));

        assertThat(message(ResourceKind.CLUSTER).text())
                .contains("the run-as user of scenarios and the run-as user of web apps \"svc_run\"");
    }

    @Test
    void whoever_is_not_on_the_node_is_missing_and_not_without_rights() {
        uses(ResourceKind.CODE_ENV, to(Grant.toGroup("deployers", ResourceRight.USE)));
        planning.node().users.remove("svc_run");

        assertThat(planning.plan().messages()).extracting(Message::code).containsOnly("USER_MISSING");
    }

    @Test
    void where_nobody_is_set_to_run_things_nobody_is_checked_for_it() {
        planning.policies = new Policies(null, "svc_deploy", null, null);
        uses(ResourceKind.CONTAINER_EXEC, to(Grant.toGroup("deployers", ResourceRight.USE)));

        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void what_the_node_does_not_say_is_said() {
        planning.node().unread.add("The node does not say who may use cluster \"thing\"");

        assertThat(planning.plan().messages()).extracting(Message::code).containsExactly("RESOURCE_GRANTS_UNREAD");
        assertThat(planning.plan().messages()).extracting(Message::severity).containsExactly(Message.Severity.INFO);
    }

    private Message message(ResourceKind kind) {
        List<Message> messages = planning.plan().messages();
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).code()).isEqualTo(kind + "_NOT_ALLOWED");
        assertThat(messages.get(0).severity()).isEqualTo(Message.Severity.WARNING);
        return messages.get(0);
    }

    private void only(ResourceKind kind, String named, String... others) {
        assertThat(message(kind).text()).contains("\"thing\"", named).doesNotContain(others);
    }

    @Test
    void an_update_warns_of_what_its_users_may_not_use_on_the_node(@TempDir Path home) {
        try (World world = new World(home).infrastructure("prod", "Production")) {
            world.node("prod").state().resources().clusterFor("k8s-main", "admin", new Resources.Shared("release", true, false, false))
                    .codeEnvFor("PYTHON", "py311", "admin", new Resources.Shared("deployers", true, false, false));
            world.publish(BundleZip.of("CHURN", "v1").codeEnv("py311").cluster("k8s-main"));

            Update update = world.deploy(World.request("CHURN", "v1", "prod"));

            assertThat(update.status()).isEqualTo(UpdateStatus.WARNING);
            assertThat(update.plan().messages()).extracting(Message::code).contains("CLUSTER_NOT_ALLOWED").doesNotContain("CODE_ENV_NOT_ALLOWED");
        }
    }

    @Test
    void a_hook_whose_user_may_not_use_its_code_env_stops_the_update_before_anything_is_touched(@TempDir Path home) {
        CodeEnv codeEnv = new CodeEnv("py311", "/opt/envs/py311/bin/python", "carol", false, List.of(Grant.toGroup("release", ResourceRight.USE)));
        try (World world = new World(home).infrastructure("prod", "Production").codeEnv(codeEnv)) {
            world.publish(BundleZip.of("CHURN", "v1"));
            for (String user : new String[] {"alice", null}) {
                world.hooks("prod", new Hook("notify", HookPhase.PRE, "x = 1", "py311", user, null));

                Update update = world.deploy(World.request("CHURN", "v1", "prod"));

                assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
                assertThat(update.messages()).extracting(Message::code).containsOnly("HOOK_CODE_ENV");
            }
            assertThat(world.node("prod").calls()).extracting(Call::method).containsOnly("GET");
            for (String user : List.of("bob", "carol", "admin")) {
                world.hooks("prod", new Hook("notify", HookPhase.PRE, "x = 1", "py311", user, null));
                assertThat(world.deploy(World.request("CHURN", "v1", "prod").dryRun(true)).status()).as(user).isEqualTo(UpdateStatus.PLANNED);
            }
        }
    }
}

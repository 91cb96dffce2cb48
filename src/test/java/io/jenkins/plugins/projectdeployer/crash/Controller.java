package io.jenkins.plugins.projectdeployer.crash;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A controller to be killed: deploys one bundle with one key, however often it is started. Arguments: home, URLs of nodes
 * and their keys, all joined by commas, tracker's URL or {@code -} for no hooks, barrier to stop at or {@code -}, bundle, test
 * scenario whose failure leads back or {@code -}.
 */
final class Controller {

    private Controller() {}

    public static void main(String[] args) throws Exception {
        World world = new World(Path.of(args[0]));
        world.infrastructure(World.infrastructure("prod", "Production", nodes(world, args[1].split(","))))
                .connections("prod", new Remap("sql-dev", "sql-prod"))
                .policies("prod", PermissionsPropagation.ALL, "svc_deploy", "svc_run", "svc_run");
        if (!args[2].equals("-")) {
            world.hooks("prod", tell("pre", HookPhase.PRE, args[2]), tell("post", HookPhase.POST, args[2]));
        }
        if (!args[3].equals("-")) {
            world.barrier(place -> stopAt(args[3], place));
        }
        DeployRequest.Builder request = DeployRequest.of("the step that deploys " + args[4], "alice", "CHURN", "prod").bundle(args[4]);
        if (!args[5].equals("-")) {
            request.testScenarios(List.of(args[5])).onFailure(OnFailure.ROLLBACK);
        }
        Update end = world.await(world.submit(request.build()));
        System.out.println("END " + end.status() + " " + end.messages());
        world.close();
        System.exit(0);
    }

    private static List<NodeAddress> nodes(World world, String[] urlsAndKeys) {
        List<NodeAddress> nodes = new ArrayList<>();
        for (int i = 0; i < urlsAndKeys.length; i += 2) {
            nodes.add(world.address("prod-" + (i / 2 + 1), urlsAndKeys[i], urlsAndKeys[i + 1]));
        }
        return nodes;
    }

    private static void stopAt(String barrier, String place) {
        if (place.equals(barrier)) {
            System.out.println("AT " + place);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Hook tell(String name, HookPhase phase, String tracker) {
        return World.hook(name, phase, """
                import urllib2
                def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
                            deploying_user, deployed_project_key, **kwargs):
                    urllib2.urlopen('%s/%s', data='x').read()
                    return HookResult.success('told')
                """.formatted(tracker, name));
    }
}

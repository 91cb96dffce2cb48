package io.jenkins.plugins.projectdeployer.crash;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A controller to be killed: deploys one bundle with one key, however often it is started. Arguments: home, node's URL and
 * key, tracker's URL or {@code -} for no hooks, barrier to stop at or {@code -}, bundle.
 */
final class Controller {

    static final String KEY = "the-step-of-a-build";

    private Controller() {}

    public static void main(String[] args) throws Exception {
        World world = new World(Path.of(args[0]));
        world.infrastructure(World.infrastructure("prod", "Production", List.of(world.address("prod", args[1], args[2]))))
                .connections("prod", new Remap("sql-dev", "sql-prod"))
                .policies("prod", PermissionsPropagation.ALL, "svc_deploy", "svc_run", "svc_run");
        if (!args[3].equals("-")) {
            world.hooks("prod", tell("pre", HookPhase.PRE, args[3]), tell("post", HookPhase.POST, args[3]));
        }
        if (!args[4].equals("-")) {
            world.barrier(place -> stopAt(args[4], place));
        }
        DeployRequest request = DeployRequest.of(KEY, "alice", "CHURN", "prod").bundle(args[5]).build();
        Update end = world.await(world.submit(request));
        System.out.println("END " + end.status() + " " + end.messages());
        world.close();
        System.exit(0);
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

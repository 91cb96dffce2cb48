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

/**
 * A controller to be killed: deploys one bundle with one key, however often it is started. Arguments: home, URLs of nodes
 * and their keys, all joined by commas, tracker's URL or {@code -} for no hooks, barrier to stop at or {@code -}, bundle, test
 * scenario whose failure leads back or {@code -}, update to take back or {@code -}, URL and key of the design node that makes the
 * bundle or {@code -}. Eight more for each further controller in the same JVM.
 */
final class Controller {

    private static final int ARGUMENTS = 8;

    private final Path home;
    private final String[] urlsAndKeys;
    private final String tracker;
    private final String barrier;
    private final String bundle;
    private final String test;
    private final String rollBackOf;
    private final String design;

    Controller(List<String> arguments) {
        home = Path.of(arguments.get(0));
        urlsAndKeys = arguments.get(1).split(",");
        tracker = arguments.get(2);
        barrier = arguments.get(3);
        bundle = arguments.get(4);
        test = arguments.get(5);
        rollBackOf = arguments.get(6);
        design = arguments.get(7);
    }

    public static void main(String[] args) {
        List<String> all = List.of(args);
        for (int first = 0; first < args.length; first += ARGUMENTS) {
            Controller controller = new Controller(all.subList(first, first + ARGUMENTS));
            new Thread(() -> controller.say("END " + controller.run().status())).start();
        }
    }

    /** The update's end. */
    Update run() {
        try (World world = new World(home)) {
            world.infrastructure(World.infrastructure("prod", "Production", nodes(world)))
                    .connections("prod", new Remap("sql-dev", "sql-prod"))
                    .policies("prod", PermissionsPropagation.ALL, "svc_deploy", "svc_run", "svc_run")
                    .barrier(this::stopAt);
            if (!tracker.equals(Site.NONE)) {
                world.hooks("prod", tell("pre", HookPhase.PRE), tell("post", HookPhase.POST));
            }
            DeployRequest.Builder request = request();
            if (!test.equals(Site.NONE)) {
                request.testScenarios(List.of(test)).onFailure(OnFailure.ROLLBACK);
            }
            if (!design.equals(Site.NONE)) {
                String[] urlAndKey = design.split(",");
                world.designNode("design", world.address("design", urlAndKey[0], urlAndKey[1]));
                request.designNode("design");
            }
            return world.await(world.submit(request.build()));
        }
    }

    private DeployRequest.Builder request() {
        return rollBackOf.equals(Site.NONE)
                ? DeployRequest.of("the step that deploys " + bundle, "alice", "CHURN", "prod").bundle(bundle)
                : DeployRequest.of("who goes back", "alice", "CHURN", "prod").rollBackOf(Long.parseLong(rollBackOf));
    }

    private void say(String line) {
        System.out.println(home.getFileName() + " " + line);
    }

    private List<NodeAddress> nodes(World world) {
        List<NodeAddress> nodes = new ArrayList<>();
        for (int i = 0; i < urlsAndKeys.length; i += 2) {
            nodes.add(world.address("prod-" + (i / 2 + 1), urlsAndKeys[i], urlsAndKeys[i + 1]));
        }
        return nodes;
    }

    private void stopAt(String place) {
        if (place.equals(barrier)) {
            say("AT " + place);
            DoomedJvm.forEver();
        }
    }

    private Hook tell(String name, HookPhase phase) {
        return World.hook(name, phase, """
                import urllib2
                def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
                            deploying_user, deployed_project_key, **kwargs):
                    urllib2.urlopen('%s/%s', data='x').read()
                    return HookResult.success('told')
                """.formatted(tracker, name));
    }
}

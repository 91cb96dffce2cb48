package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * 500 scenarios and 100 web apps on a node at 20 ms latency that all run as the right user already, against reading them
 * one by one in the same run. Must reach: no PUT at all, at most a quarter of the time.
 */
public final class ManyScenariosBench {

    private static final int SCENARIOS = 500;
    private static final int WEB_APPS = 100;

    private ManyScenariosBench() {}

    public static void main(String[] args) throws IOException {
        try (BenchHome home = BenchHome.create(); World world = new World(home.path())) {
            EmbeddedNode node = EmbeddedNode.builder().nodeId("prod").latency(Duration.ofMillis(20))
                    .world(DemoWorld::standard).start();
            world.infrastructure(World.infrastructure("prod", "Production", List.of(world.address("prod", node))))
                    .policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
            BundleZip bundle = BundleZip.of("CHURN", "v1");
            for (int i = 0; i < SCENARIOS; i++) {
                bundle.scenario("S" + i, scenario -> scenario.put("runAsUser", "svc_run"));
            }
            for (int i = 0; i < WEB_APPS; i++) {
                bundle.webapp("w" + i, webApp -> webApp.put("runAsUser", "svc_run"));
            }
            world.publish(bundle);
            world.deploy(World.request("CHURN", "v1", "prod"));
            node.forgetCalls();
            Update update = world.deploy(World.request("CHURN", "v1", "prod"));
            if (update.status() != UpdateStatus.SUCCESS) {
                throw new IllegalStateException(update.status() + " " + update.messages());
            }
            long puts = node.calls().stream().filter(call -> call.method().equals("PUT")).count();
            double secure = update.phases().stream().filter(run -> run.phase() == Phase.SECURE)
                    .mapToDouble(run -> Duration.between(run.startedAt(), run.endedAt()).toMillis()).findFirst().orElseThrow();
            double oneByOne = oneByOne(node);
            System.out.printf(Locale.ROOT, "many scenarios: secure %.0f ms, one by one %.0f ms%n", secure, oneByOne);
            Limit.atMost(0, "many scenarios, PUT", puts);
            Limit.atMost(0.25, "many scenarios, ratio to one by one", secure / oneByOne);
        }
    }

    private static double oneByOne(EmbeddedNode node) throws IOException {
        OkHttpClient client = new OkHttpClient();
        long start = System.nanoTime();
        for (int i = 0; i < SCENARIOS; i++) {
            get(client, node, "/projects/CHURN/scenarios/S" + i);
        }
        for (int i = 0; i < WEB_APPS; i++) {
            get(client, node, "/projects/CHURN/webapps/w" + i);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void get(OkHttpClient client, EmbeddedNode node, String path) throws IOException {
        Request request = new Request.Builder().url(node.url() + "/public/api" + path)
                .header("Authorization", Credentials.basic(node.key(), "")).build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IllegalStateException(path + " answered " + response.code());
            }
            response.body().bytes();
        }
    }
}

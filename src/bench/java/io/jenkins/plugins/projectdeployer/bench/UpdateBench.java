package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * What an update adds to the HTTP calls that it makes: node without latency, 20 scenarios, 5 web apps, no hooks. The peer
 * issues the same calls one after the other with the same HTTP library, in turns in the same run; the journal's records
 * are allowed one fsync each, measured beside. Must reach: at most 1.5 times the bare calls, plus records times fsync.
 */
public final class UpdateBench {

    /** Until both are compiled: a controller runs for weeks, and so has the peer by then. */
    private static final int WARM_UP = 200;

    private static final int ROUNDS = 51;
    private static final int SCENARIOS = 20;
    private static final int WEB_APPS = 5;

    private UpdateBench() {}

    public static void main(String[] args) throws IOException {
        try (BenchHome home = BenchHome.create(); World world = new World(home.path()).infrastructure("prod", "Production")
                .policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run")) {
            BundleZip bundle = BundleZip.of("CHURN", "v1");
            for (int i = 0; i < SCENARIOS; i++) {
                bundle.scenario("S" + i, scenario -> scenario.put("runAsUser", "svc_run"));
            }
            for (int i = 0; i < WEB_APPS; i++) {
                bundle.webapp("w" + i, webApp -> webApp.put("runAsUser", "svc_run"));
            }
            world.publish(bundle);
            // The first update makes the project; those that are measured find it there.
            world.deploy(World.request("CHURN", "v1", "prod"));
            measure(world, home.path());
        }
    }

    private static void measure(World world, Path home) throws IOException {
        EmbeddedNode node = world.node("prod");
        OkHttpClient client = new OkHttpClient();
        long[] updates = new long[ROUNDS];
        long[] bare = new long[ROUNDS];
        int records = 0;
        int calls = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            node.forgetCalls();
            long before = records(home);
            long start = System.nanoTime();
            Update update = world.deploy(World.request("CHURN", "v1", "prod"));
            long took = System.nanoTime() - start;
            if (update.status() != UpdateStatus.SUCCESS) {
                throw new IllegalStateException(update.status() + " " + update.messages());
            }
            List<Call> made = List.copyOf(node.calls());
            records = (int) (records(home) - before);
            calls = made.size();
            start = System.nanoTime();
            for (Call call : made) {
                issue(client, node, call);
            }
            long bareTook = System.nanoTime() - start;
            if (round >= 0) {
                updates[round] = took;
                bare[round] = bareTook;
            }
        }
        double fsync = fsync(home);
        double update = median(updates);
        double calledBare = median(bare);
        double allowed = calledBare * 1.5 + records * fsync;
        System.out.printf(Locale.ROOT, "update: %.1f ms; its %d calls bare: %.1f ms; %d journal records, fsync %.2f ms; allowed %.1f ms;"
                + " ratio to allowed %.2f (must be at most 1)%n", update, calls, calledBare, records, fsync, allowed, update / allowed);
    }

    private static void issue(OkHttpClient client, EmbeddedNode node, Call call) throws IOException {
        String query = call.query() == null || call.query().isEmpty() ? "" : "?" + call.query();
        Request.Builder request = new Request.Builder()
                .url(node.url() + "/public/api" + call.path() + query)
                .header("Authorization", Credentials.basic(node.key(), ""))
                .method(call.method(), call.method().equals("GET") ? null : RequestBody.create("{}", null));
        if (call.proxyUser() != null) {
            request.header("X-DKU-ProxyUser", call.proxyUser());
        }
        try (Response response = client.newCall(request.build()).execute()) {
            response.body().bytes();
            if (!response.isSuccessful()) {
                throw new IllegalStateException(call + " answered " + response.code());
            }
        }
    }

    private static long records(Path home) throws IOException {
        long lines = 0;
        try (Stream<Path> segments = Files.list(home.resolve("journal"))) {
            for (Path segment : segments.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                try (Stream<String> all = Files.lines(segment)) {
                    lines += all.count();
                }
            }
        }
        return lines;
    }

    private static double fsync(Path home) throws IOException {
        long[] times = new long[100];
        try (FileChannel file = FileChannel.open(home.resolve("fsync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(400));
                file.force(false);
                times[i] = System.nanoTime() - start;
            }
        }
        return median(times);
    }

    /** Milliseconds. */
    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }
}

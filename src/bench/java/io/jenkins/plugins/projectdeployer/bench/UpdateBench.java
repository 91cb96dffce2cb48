package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * What an update adds to the HTTP calls that it makes: node without latency, 20 scenarios, 5 web apps, no hooks. The peer
 * issues the same calls one after the other with the same HTTP library, in turns in the same run; then it adds as many
 * bytes to a file as the journal got, record by record, each with its fsync, as far apart as the update's own, because a
 * disk that was asked a moment ago answers sooner than one that rests. Must reach: at most 1.5 times the bare calls, plus
 * records times fsync.
 */
public final class UpdateBench {

    /**
     * Until both are compiled: a controller runs for weeks. The peer's few lines are after a hundred rounds; what an update
     * does once in each phase is not before a thousand.
     */
    private static final int WARM_UP = 1000;

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
        long[] fsyncs = new long[ROUNDS];
        Path segment = segment(home);
        int records = 0;
        int calls = 0;
        try (RandomAccessFile file = new RandomAccessFile(home.resolve("peer").toFile(), "rw")) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                node.forgetCalls();
                long before = Files.size(segment);
                long start = System.nanoTime();
                Update update = world.deploy(World.request("CHURN", "v1", "prod"));
                long took = System.nanoTime() - start;
                if (update.status() != UpdateStatus.SUCCESS) {
                    throw new IllegalStateException(update.status() + " " + update.messages());
                }
                List<Call> made = List.copyOf(node.calls());
                List<byte[]> written = journal(segment, before);
                records = written.size();
                calls = made.size();
                start = System.nanoTime();
                for (Call call : made) {
                    issue(client, node, call);
                }
                long calling = System.nanoTime() - start;
                long syncing = 0;
                long apart = took / records;
                for (byte[] record : written) {
                    LockSupport.parkNanos(apart);
                    start = System.nanoTime();
                    file.write(record);
                    file.getFD().sync();
                    syncing += System.nanoTime() - start;
                }
                if (round >= 0) {
                    updates[round] = took;
                    bare[round] = calling;
                    fsyncs[round] = syncing;
                }
            }
        }
        double update = median(updates);
        double calledBare = median(bare);
        double synced = median(fsyncs);
        double allowed = calledBare * 1.5 + synced;
        System.out.printf(Locale.ROOT, "update: %.1f ms; its %d calls bare: %.1f ms; its %d journal records, fsync %.2f ms each: %.1f ms;"
                + " allowed %.1f ms%n", update, calls, calledBare, records, synced / records, synced, allowed);
        Limit.atMost(1, "update, ratio to what is allowed", update / allowed);
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

    /** The lines after the first {@code from} octets. */
    private static List<byte[]> journal(Path segment, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "r")) {
            byte[] octets = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(octets);
            return new String(octets, StandardCharsets.UTF_8).lines()
                    .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static Path segment(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().reduce((first, last) -> last).orElseThrow();
        }
    }

    /** Milliseconds. */
    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }
}

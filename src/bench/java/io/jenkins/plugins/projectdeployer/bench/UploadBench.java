package io.jenkins.plugins.projectdeployer.bench;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * A 2 GiB bundle from file to node: the memory it needs, and its rate against {@code curl -F} to the same server, in turns
 * in the same run.
 *
 * <p>Must reach: a forked JVM with the serial collector finishes with {@code -Xmx} = heap used after start and a
 * collection + 16 MiB; at least 0.8 times curl's rate. The server reads and forgets; the file is sparse, so that disks do
 * not count.
 */
public final class UploadBench {

    private static final long SIZE = 2L << 30;
    private static final int MIB = 1 << 20;
    private static final int ROUNDS = 5;
    private static final ApiPath IMPORT =
            ApiPath.of("projects", "CHURN", "bundles", "imported", "actions", "importFromStream");

    private UploadBench() {}

    /** Without arguments the benchmark; with arguments one of its forked clients. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            client(args[0], Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        Path file = Files.createTempFile("upload-bench", ".zip");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
            Thread serving = new Thread(() -> serve(server), "draining server");
            serving.setDaemon(true);
            serving.start();
            measure("http://127.0.0.1:" + server.getLocalPort(), file);
        } finally {
            Files.delete(file);
        }
    }

    private static void measure(String url, Path file) throws Exception {
        long used = Long.parseLong(fork("-Xmx256m", url, file, 0).get(0));
        long xmx = (used + 16L * MIB) / MIB;
        System.out.printf("heap used after start and collection %.1f MiB, so -Xmx%dm%n", used / (double) MIB, xmx);
        fork("-Xmx" + xmx + "m", url, file, 1);
        System.out.println("2 GiB sent with that heap: yes");

        List<Long> ours = new ArrayList<>();
        List<Long> curls = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            curls.add(curl(url, file));
            ours.add(Long.parseLong(fork("-Xmx64m", url, file, 2).get(1)));
        }
        double our = median(ours);
        double curl = median(curls);
        System.out.printf(
                "median of %d: %.0f MiB/s, curl -F %.0f MiB/s%n", ROUNDS, SIZE / MIB / our * 1e9, SIZE / MIB / curl * 1e9);
        Limit.atLeast(0.8, "upload against curl -F, ratio", curl / our);
    }

    /** Prints the heap used after a small call and a collection, then the nanoseconds of the last upload. */
    private static void client(String url, Path file, int uploads) throws NodeException {
        NodeHttp http = NodeHttp.to(
                NodeEndpoint.of("bench", new NodeAddress(url, "key")),
                () -> "key",
                new OkHttpClient(),
                NodeTimeouts.DEFAULT);
        http.send(NodeRequest.post(IMPORT));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(runtime.totalMemory() - runtime.freeMemory());
        long nanos = 0;
        for (int i = 0; i < uploads; i++) {
            long begin = System.nanoTime();
            http.send(NodeRequest.post(IMPORT)
                    .longCall()
                    .sending(new NodeRequest.Upload(file, "bundle.zip", TransferProgress.NONE)));
            nanos = System.nanoTime() - begin;
        }
        System.out.println(nanos);
    }

    private static List<String> fork(String heap, String url, Path file, int uploads) throws Exception {
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                classPath(),
                UploadBench.class.getName(),
                url,
                file.toString(),
                String.valueOf(uploads));
    }

    /** Not java.class.path: benchmarks run inside Maven. */
    private static String classPath() throws URISyntaxException {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(
                UploadBench.class, NodeHttp.class, OkHttpClient.class, okio.Buffer.class, kotlin.Unit.class,
                JsonMapper.class, JsonFactory.class, JsonCreator.class)) {
            places.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private static long curl(String url, Path file) throws Exception {
        long begin = System.nanoTime();
        run("curl", "-sS", "-f", "-o", "/dev/null", "-F", "file=@" + file, url + "/public/api" + IMPORT);
        return System.nanoTime() - begin;
    }

    private static List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " ended with " + process.exitValue() + ": " + Arrays.toString(command));
        }
        return lines;
    }

    private static void serve(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> drain(socket), "draining connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void drain(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] chunk = new byte[1 << 18];
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.contains("Expect: 100-continue")) {
                    answer(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                }
                for (long left = length(head); left > 0; ) {
                    int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                    if (read < 0) {
                        return;
                    }
                    left -= read;
                }
                answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        } catch (IOException e) {
            System.err.println("draining server: " + e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static long length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToLong(line -> Long.parseLong(line.substring(16)))
                .findFirst()
                .orElse(0);
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static double median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A Dataiku automation (or design) node in this JVM: a real HTTP server with the public API as facts/dataiku.md part B gives it,
 * under {@code /public/api} and {@code /dip/publicapi}. What nobody could verify on a real node it answers in the way that is
 * harder on its client, and says so where it does.
 *
 * <pre>{@code
 * try (EmbeddedNode node = EmbeddedNode.builder().nodeId("prod").world(DemoWorld::standard).start()) {
 *     // node.url(), node.key(); node.state() to set the scene and to look; node.faults(); node.calls()
 * }
 * }</pre>
 */
public final class EmbeddedNode implements AutoCloseable {
    static {
        // Read once by the JDK's server, when its classes load: without it every small answer waits for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Builder settings;
    private final NodeState state;
    private final Faults faults = new Faults();
    private final CallLog log;
    private final Path directory;
    private final Uploads uploads;
    private final Front front;
    private final ExecutorService threads;
    private HttpServer server;
    private int port;

    private EmbeddedNode(Builder settings) throws IOException {
        this.settings = settings;
        state = new NodeState(settings.nodeId, settings.type);
        state.key(settings.key, "api-key-of-the-deployer", true);
        settings.world.accept(state);
        log = new CallLog(settings.keepCalls);
        directory = Files.createTempDirectory("embedded-node-");
        uploads = new Uploads(
                directory, settings.discard, settings.takesChunked, settings.uploadRate > 0 ? new RateLimit(settings.uploadRate) : null);
        front = new Front(state, routes(), faults, log, uploads, settings.latency, settings.everyErrorIs500);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "embedded-node-" + settings.nodeId + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        port = settings.port;
        up();
    }

    private Router routes() {
        Router router = new Router();
        new InstanceRoutes(state).register(router);
        new ProjectRoutes(state).register(router);
        new ProjectSettingsRoutes(state).register(router);
        new ImportedBundleRoutes(state, uploads).register(router);
        new ExportedBundleRoutes(state, directory).register(router);
        new ScenarioRoutes(state).register(router);
        new ScenarioRunRoutes(state).register(router);
        new WebappRoutes(state).register(router);
        new FolderRoutes(state).register(router);
        new DirectoryRoutes(state).register(router);
        new ResourceRoutes(state).register(router);
        new ContentRoutes(state).register(router);
        return router;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** An automation node with the standard world. */
    public static EmbeddedNode start(String nodeId) {
        return builder().nodeId(nodeId).world(DemoWorld::standard).start();
    }

    /** Base URL, without a path. */
    public String url() {
        return (settings.certificate == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** A key with global administrator's rights. */
    public String key() {
        return settings.key;
    }

    /** The certificate to trust, or null over plain HTTP. */
    public X509Certificate certificate() {
        return settings.certificate == null ? null : settings.certificate.certificate();
    }

    public NodeState state() {
        return state;
    }

    public Faults faults() {
        return faults;
    }

    /** All requests so far, in the order in which they came. */
    public List<Call> calls() {
        return log.all();
    }

    public void forgetCalls() {
        log.clear();
    }

    /** Bytes of bundles received so far. */
    public long bytesUploaded() {
        return uploads.received();
    }

    /** Stops listening: connections are refused, running ones end. */
    public synchronized void down() {
        if (server != null) {
            faults.release();
            server.stop(0);
            server = null;
        }
    }

    /** Listens again, on the same port. */
    public synchronized void up() {
        if (server != null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            server = settings.certificate == null ? HttpServer.create(address, 0) : secure(HttpsServer.create(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", front);
        server.start();
    }

    private HttpsServer secure(HttpsServer https) {
        HandshakeCertificates certificates =
                new HandshakeCertificates.Builder().heldCertificate(settings.certificate).build();
        https.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
        return https;
    }

    @Override
    public synchronized void close() {
        down();
        threads.shutdownNow();
        state.futures().close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return state.nodeType() + " node " + state.nodeId() + " at " + url();
    }

    /** What a node is like; each has a default. */
    public static final class Builder {
        private String nodeId = "automation-1";
        private NodeType type = NodeType.AUTOMATION;
        private int port;
        private String key = "embedded-" + UUID.randomUUID();
        private HeldCertificate certificate;
        private Duration latency = Duration.ZERO;
        private long uploadRate;
        private boolean discard;
        private boolean takesChunked;
        private boolean keepCalls = true;
        private boolean everyErrorIs500;
        private Consumer<NodeState> world = state -> {};

        public Builder nodeId(String id) {
            nodeId = id;
            return this;
        }

        public Builder type(NodeType nodeType) {
            type = nodeType;
            return this;
        }

        /** A fixed port; any free one by default. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The administrator's key; a random one by default. */
        public Builder key(String secret) {
            key = secret;
            return this;
        }

        /** HTTPS with a certificate of its own that nobody knows. */
        public Builder https() {
            return https(new HeldCertificate.Builder()
                    .commonName("embedded node")
                    .addSubjectAlternativeName("127.0.0.1")
                    .addSubjectAlternativeName("localhost")
                    .build());
        }

        public Builder https(HeldCertificate held) {
            certificate = held;
            return this;
        }

        /** How long each request waits before it is looked at. */
        public Builder latency(Duration perRequest) {
            latency = perRequest;
            return this;
        }

        /** How many bytes per second the node takes in, over all connections together. */
        public Builder uploadRate(long bytesPerSecond) {
            uploadRate = bytesPerSecond;
            return this;
        }

        /** Keeps only the first 2 MiB of an upload and counts the rest: {@link BundleZip} puts what matters there. */
        public Builder discardUploads() {
            discard = true;
            return this;
        }

        /** Takes uploads without a length too; whether real nodes do is not known, so by default they get a 411. */
        public Builder takesChunkedUploads() {
            takesChunked = true;
            return this;
        }

        /** For benchmarks: keeps no list of calls. */
        public Builder forgetCalls() {
            keepCalls = false;
            return this;
        }

        /** Answers every error with 500, as Dataiku does for many. */
        public Builder everyErrorIs500() {
            everyErrorIs500 = true;
            return this;
        }

        /** Sets the scene; may be called several times. */
        public Builder world(Consumer<NodeState> scene) {
            world = world.andThen(scene);
            return this;
        }

        public EmbeddedNode start() {
            try {
                return new EmbeddedNode(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.jenkins.plugins.projectdeployer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.store.LargeJournal;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the dashboard and the history of one deployment ask for, from the path to the bytes of the answer, with 50
 * infrastructures on each of which 1,000 groups have rights, 10,000 deployments and 1,000,000 updates; the peers have 1,000
 * updates: of the deployments that are on the first page, and, for the history, of so few that each has more than a page of
 * them. In turns in the same run. Must reach: at most twice the peer's time, for the first request after the start
 * too; with an ETag at most a tenth of the time without; less than 100 MiB of heap for all of it: records and configuration,
 * both pages and the matrix answered, and a look at each deployment kept.
 * {@code -Ddashboard.updates=300000} is the least that it works with, {@code -Ddashboard.directory=...} keeps the journals
 * for the next run.
 */
public final class DashboardBench {

    private static final int DEPLOYMENTS = 10_000;
    private static final int FEW_UPDATES = 1_000;
    /** They are the first page: a hundred deployments and a bit, with ten updates each. */
    private static final int BUSY = 34;
    /** Projects whose deployments have more than a page of updates each. */
    private static final int BUSIEST = 12;
    private static final Person ADMIN = new Person("admin", Set.of(), true);
    private static final String HISTORY = "/deployments/" + LargeJournal.firstDeployment() + "/updates";
    private static final int ROUNDS = 21;

    private DashboardBench() {}

    /** @param peer directory of the journal that it is held against */
    private record Asked(String name, String path, String query, String list, int rows, String peer) {}

    private static final List<Asked> PAGES = List.of(
            new Asked("first page of the dashboard", "/deployments", "limit=100", "deployments", 100, "few"),
            new Asked("history of a deployment", HISTORY, "", "updates", 25, "fewest"));

    public static void main(String[] args) throws IOException {
        int updates = Integer.getInteger("dashboard.updates", 1_000_000);
        String kept = System.getProperty("dashboard.directory");
        Path directory = kept == null ? Files.createTempDirectory("dashboard-bench") : Path.of(kept);
        try {
            Map<String, Path> peers = Map.of("few", journal(directory.resolve("few"), FEW_UPDATES, BUSY),
                    "fewest", journal(directory.resolve("fewest"), FEW_UPDATES, BUSIEST));
            Path many = journal(directory.resolve("many"), updates, (DEPLOYMENTS + 2) / 3);
            // Compiled by a third one, so that the first request to each of the two meets the same.
            for (Asked page : PAGES) {
                try (World warm = world(journal(directory.resolve("warm " + page.peer()), FEW_UPDATES, page.peer().equals("few") ? BUSY : BUSIEST))) {
                    warmUp(warm, page);
                }
            }
            measure(peers, many, updates);
        } finally {
            if (kept == null) {
                try (Stream<Path> files = Files.walk(directory)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }
    }

    private static void measure(Map<String, Path> peers, Path many, int updates) {
        try (World few = world(peers.get("few")); World fewest = world(peers.get("fewest"))) {
            few.deployer();
            fewest.deployer();
            long before = OpenBench.heap();
            measure(Map.of("few", few, "fewest", fewest), many, updates, before);
        }
    }

    private static void measure(Map<String, World> peers, Path many, int updates, long before) {
        try (World large = world(many)) {
            large.deployer();
            PAGES.forEach(page -> measure(page, peers.get(page.peer()), large, updates));
            lookAtAll(large);
            long octets = octets(large.deployer().ownApi().answer("GET", "/access", "limit=1000", name -> null, null, ADMIN)).length;
            require(octets > 100_000, "the matrix has " + octets + " bytes");
            Limit.atMost(100, "MiB of heap with " + updates + " updates, open, asked and looked at", (OpenBench.heap() - before) / 1048576.0);
        }
    }

    private static void measure(Asked page, World small, World large, int updates) {
        double firstSmall = nanos(small, page, null);
        double firstLarge = nanos(large, page, null);
        double[] ofSmall = new double[ROUNDS];
        double[] ofLarge = new double[ROUNDS];
        double[] tagged = new double[ROUNDS];
        String tag = answer(large, page, null).headers().get("ETag");
        for (int round = 0; round < ROUNDS; round++) {
            ofSmall[round] = nanos(small, page, null);
            ofLarge[round] = nanos(large, page, null);
            tagged[round] = nanos(large, page, tag);
        }
        System.out.printf(Locale.ROOT, "%s: %.2f ms with %d updates, %.2f ms with %d; first request %.2f and %.2f ms; with an ETag %.3f ms%n",
                page.name(), median(ofSmall) / 1e6, FEW_UPDATES, median(ofLarge) / 1e6, updates, firstSmall / 1e6, firstLarge / 1e6,
                median(tagged) / 1e6);
        Limit.atMost(2, page.name() + ", against " + FEW_UPDATES + " updates", median(ofLarge) / median(ofSmall));
        Limit.atMost(2, page.name() + ", first request after the start", firstLarge / firstSmall);
        Limit.atMost(0.1, page.name() + " with an ETag, against without", median(tagged) / median(ofLarge));
    }

    /** Nobody answers there; the deployment that was updated last comes first, so that each node is asked once. */
    private static void lookAtAll(World large) {
        List<Deployment> all = large.deployer().records().deployments().stream()
                .sorted(Comparator.comparing((Deployment each) -> large.deployer().records().past(each.id()).lastAtWork()).reversed()).toList();
        require(all.size() >= DEPLOYMENTS, "there are " + all.size() + " deployments");
        for (Deployment each : all) {
            WebReply reply = large.deployer().ownApi().answer("GET", "/deployments/" + each.id() + "/health", null, name -> null, null, ADMIN);
            require(reply.status() == 200, "a look was answered with " + reply.status());
        }
    }

    private static void warmUp(World world, Asked page) {
        String tag = answer(world, page, null).headers().get("ETag");
        for (int i = 0; i < 300; i++) {
            nanos(world, page, null);
            nanos(world, page, tag);
        }
    }

    /** A home directory with such a journal. */
    private static Path journal(Path home, int updates, int busy) throws IOException {
        Path directory = home.resolve("journal");
        if (!Files.exists(directory.resolve("journal-000001.jsonl"))) {
            Files.createDirectories(home);
            LargeJournal.write(directory, DEPLOYMENTS, updates, busy);
        }
        return home;
    }

    private static World world(Path home) {
        World world = new World(home).person("dave", false, "release");
        List<Grant<InfrastructureRight>> grants = Stream.concat(
                Stream.of(Grant.toGroup("release", InfrastructureRight.READ)), AccessBench.grants().stream()).toList();
        for (int i = 0; i < LargeJournal.INFRASTRUCTURES; i++) {
            world.infrastructure(new Infrastructure("infra-" + i, List.of("Development", "Test", "Production").get(i % 3),
                    List.of(new NodeAddress("https://127.0.0.1:" + (1 + i), "key")), null,
                    grants, null, null, null, null, null, null, null));
        }
        return world;
    }

    private static double nanos(World world, Asked page, String tag) {
        long start = System.nanoTime();
        WebReply reply = answer(world, page, tag);
        byte[] octets = octets(reply);
        long nanos = System.nanoTime() - start;
        if (tag != null) {
            require(reply.status() == 304, "it was changed meanwhile: " + reply.status());
        } else {
            JsonNode rows = Json.read(new String(octets, StandardCharsets.UTF_8), JsonNode.class).path(page.list());
            require(rows.size() == page.rows(), "there were " + rows.size() + " rows");
        }
        return nanos;
    }

    private static WebReply answer(World world, Asked page, String tag) {
        Person dave = world.people().person("dave");
        return world.deployer().ownApi().answer("GET", page.path(), page.query(),
                name -> name.equalsIgnoreCase("If-None-Match") ? tag : null, null, dave);
    }

    private static byte[] octets(WebReply reply) {
        try (WebReply.Opened opened = reply.opened()) {
            return opened.content().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("the benchmark measures something else: " + otherwise);
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}

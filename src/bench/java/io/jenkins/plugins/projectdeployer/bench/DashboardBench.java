package io.jenkins.plugins.projectdeployer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
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
import java.util.stream.Stream;

/**
 * What the dashboard and the history of one deployment ask for, from the path to the bytes of the answer, with 50
 * infrastructures, 10,000 deployments and 1,000,000 updates; the peer has 1,000 updates, of the deployments that are on the
 * first page. In turns in the same run. Must reach: at most twice the peer's time, for the first request after the start
 * too; with an ETag at most a tenth of the time without; less than 100 MiB of heap for all of it.
 * {@code -Ddashboard.updates=100000} is the least that it works with, {@code -Ddashboard.directory=...} keeps the journals
 * for the next run.
 */
public final class DashboardBench {

    private static final int DEPLOYMENTS = 10_000;
    private static final int FEW_UPDATES = 1_000;
    /** They are the first page: a hundred deployments and a bit, with ten updates each. */
    private static final int BUSY = 34;
    private static final String HISTORY = "/deployments/" + LargeJournal.firstDeployment() + "/updates";
    private static final int ROUNDS = 21;

    private DashboardBench() {}

    private record Asked(String name, String path, String query, String list, int rows) {}

    private static final List<Asked> PAGES = List.of(
            new Asked("first page of the dashboard", "/deployments", "limit=100", "deployments", 100),
            new Asked("history of a deployment", HISTORY, "limit=9", "updates", 9));

    public static void main(String[] args) throws IOException {
        int updates = Integer.getInteger("dashboard.updates", 1_000_000);
        String kept = System.getProperty("dashboard.directory");
        Path directory = kept == null ? Files.createTempDirectory("dashboard-bench") : Path.of(kept);
        try {
            Path few = journal(directory.resolve("few"), FEW_UPDATES, BUSY);
            Path many = journal(directory.resolve("many"), updates, (DEPLOYMENTS + 2) / 3);
            // Compiled by a third one, so that the first request to each of the two meets the same.
            try (World warm = world(journal(directory.resolve("warm"), FEW_UPDATES, BUSY))) {
                PAGES.forEach(page -> warmUp(warm, page));
            }
            measure(few, many, updates);
        } finally {
            if (kept == null) {
                try (Stream<Path> files = Files.walk(directory)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }
    }

    private static void measure(Path few, Path many, int updates) {
        try (World small = world(few)) {
            small.deployer();
            long before = OpenBench.heap();
            measure(small, many, updates, before);
        }
    }

    private static void measure(World small, Path many, int updates, long before) {
        try (World large = world(many)) {
            large.deployer();
            for (Asked page : PAGES) {
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
                System.out.printf(Locale.ROOT, "%s: %.2f ms with %d updates, %.2f ms with %d; ratio %.2f (must be at most 2);"
                                + " first request %.2f and %.2f ms, ratio %.2f (must be at most 2); with an ETag %.3f ms,"
                                + " ratio %.3f (must be at most 0.1)%n",
                        page.name(), median(ofSmall) / 1e6, FEW_UPDATES, median(ofLarge) / 1e6, updates,
                        median(ofLarge) / median(ofSmall), firstSmall / 1e6, firstLarge / 1e6, firstLarge / firstSmall,
                        median(tagged) / 1e6, median(tagged) / median(ofLarge));
            }
            System.out.printf(Locale.ROOT, "heap with %d updates, open and asked: %.0f MiB (must be below 100)%n",
                    updates, (OpenBench.heap() - before) / 1048576.0);
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
        for (int i = 0; i < LargeJournal.INFRASTRUCTURES; i++) {
            world.infrastructure(new Infrastructure("infra-" + i, List.of("Development", "Test", "Production").get(i % 3),
                    List.of(new NodeAddress("https://node-" + i + ".example.com:10000", "key")), null,
                    List.of(Grant.toGroup("release", InfrastructureRight.READ)), null, null, null, null, null, null, null));
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

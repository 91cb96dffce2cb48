package io.jenkins.plugins.projectdeployer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the page of rights asks for, from the path to the bytes of the answer: 50 infrastructures, and 1,000 groups that have
 * rights on each of them, in one part of 1,000 rows. Against writing a JSON document of the same content with Jackson, in
 * turns in the same run. Must reach: no question to the directory of people.
 */
public final class AccessBench {

    private static final int THINGS = 50;
    private static final int GROUPS = 1_000;
    private static final int ROUNDS = 21;
    private static final int CALLS = 10;
    private static final Person ADMIN = new Person("admin", Set.of(), true);

    private AccessBench() {}

    /** What is measured. */
    @FunctionalInterface
    private interface Work {
        long octets() throws IOException;
    }

    public static void main(String[] args) throws IOException {
        try (BenchHome home = BenchHome.create(); World world = world(home)) {
            JsonNode document = document(world);
            int lookUps = world.lookUps();
            Work matrix = () -> answer(world).length();
            Work jackson = () -> Json.MAPPER.writeValueAsBytes(document).length;
            for (int warmUp = 0; warmUp < 10; warmUp++) {
                nanosPerCall(matrix);
                nanosPerCall(jackson);
            }
            double[][] rounds = new double[2][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                rounds[0][round] = nanosPerCall(matrix);
                rounds[1][round] = nanosPerCall(jackson);
            }
            System.out.printf(Locale.ROOT, "GET /access?limit=1000: %.1f ms, the same document by Jackson %.1f ms (medians of %d rounds)%n",
                    median(rounds[0]) / 1e6, median(rounds[1]) / 1e6, ROUNDS);
            System.out.printf(Locale.ROOT, "ratio %.2f for %d rows, %d columns, %d bytes%n", median(rounds[0]) / median(rounds[1]),
                    document.path("rows").size(), document.path("columns").size(), jackson.octets());
            Limit.atMost(0, "questions of the matrix to the directory of people", world.lookUps() - lookUps);
        }
    }

    private static World world(BenchHome home) {
        World world = new World(home.path());
        List<Grant<InfrastructureRight>> grants = grants();
        for (int i = 0; i < THINGS; i++) {
            world.infrastructure(new Infrastructure("infra-" + i, "Production", List.of(new NodeAddress("https://node-" + i + ".example.com", "key")),
                    null, grants, null, null, null, null, null, null, null));
        }
        return world.global("team-0", GlobalRight.READ_AUDIT);
    }

    /** Of each infrastructure. */
    static List<Grant<InfrastructureRight>> grants() {
        return IntStream.range(0, GROUPS).mapToObj(i -> Grant.toGroup("team-" + i, InfrastructureRight.values()[i % 3])).toList();
    }

    private static JsonNode document(World world) throws IOException {
        try (InputStream body = answer(world).body().open()) {
            JsonNode document = Json.MAPPER.readTree(body);
            if (document.path("rows").size() < GROUPS || document.path("columns").size() < THINGS) {
                throw new IllegalStateException("the matrix is smaller than it is to be: the benchmark measures something else");
            }
            return document;
        }
    }

    private static WebReply answer(World world) {
        return world.deployer().ownApi().answer("GET", "/access", "limit=1000", name -> null, null, ADMIN);
    }

    private static double nanosPerCall(Work work) throws IOException {
        long start = System.nanoTime();
        long octets = 0;
        for (int i = 0; i < CALLS; i++) {
            octets += work.octets();
        }
        long nanos = System.nanoTime() - start;
        if (octets < CALLS * 100_000L) {
            throw new IllegalStateException("an answer was too short: the benchmark measures something else");
        }
        return (double) nanos / CALLS;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}

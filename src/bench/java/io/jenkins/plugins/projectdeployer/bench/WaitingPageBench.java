package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the page of approvals asks for, from the path to the bytes of the answer: a page of 10 with 1,000 requests open against
 * one with 10, in turns in the same run. Must reach: at most twice the time.
 */
public final class WaitingPageBench {

    private static final int FEW = 10;
    private static final int MANY = 1_000;
    private static final int ROUNDS = 21;
    private static final int CALLS = 200;

    private WaitingPageBench() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("waiting-page");
        try (World few = world(directory.resolve("few"), FEW); World many = world(directory.resolve("many"), MANY)) {
            for (int warmUp = 0; warmUp < 10; warmUp++) {
                nanosPerCall(few);
                nanosPerCall(many);
            }
            double[][] rounds = new double[2][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                rounds[0][round] = nanosPerCall(few);
                rounds[1][round] = nanosPerCall(many);
            }
            double base = Arrays.stream(rounds[0]).sorted().toArray()[ROUNDS / 2];
            double thousand = Arrays.stream(rounds[1]).sorted().toArray()[ROUNDS / 2];
            System.out.printf(Locale.ROOT, "GET /approvals?limit=10: %.1f us with 10 open, %.1f us with 1000 open (medians of %d rounds)%n",
                    base / 1000, thousand / 1000, ROUNDS);
            Limit.atMost(2, "the page with 1000 open against 10, ratio", thousand / base);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static World world(Path home, int count) {
        World world = new World(home).person("dave", false, "release");
        world.infrastructure(new Infrastructure("prod", "Production", List.of(new NodeAddress("https://prod.example.com:10000", "key")), null,
                List.of(Grant.toGroup("release", InfrastructureRight.READ)), null, null, null, null, null, null, null));
        world.publish(BundleZip.of("CHURN", "v1"));
        StageGate gate = new StageGate(2, List.of(Principal.ofGroup("release")), Span.of("7d"), null, null, null, null, null, null);
        for (int number = 1; number <= count; number++) {
            ApprovalRequest request = new ApprovalRequest(number, 1, ApprovalRequest.State.WAITING, "d" + number, "CHURN", "prod",
                    "Production", "v1", List.of("alice"), gate, List.of("bob"), false, Map.of(), Instant.EPOCH, null, List.of(), null, null,
                    null, null);
            world.deployer().records().gates().change(number, "requested", null, before -> request);
        }
        return world;
    }

    private static double nanosPerCall(World world) {
        Person dave = world.people().person("dave");
        long start = System.nanoTime();
        long size = 0;
        for (int i = 0; i < CALLS; i++) {
            WebReply reply = world.deployer().ownApi().answer("GET", "/approvals", "limit=10", name -> null, null, dave);
            size += reply.status() == 200 ? reply.length() : 0;
        }
        long nanos = System.nanoTime() - start;
        if (size < CALLS * 10L * 100) {
            throw new IllegalStateException("a page had not 10 requests: the benchmark measures something else");
        }
        return (double) nanos / CALLS;
    }
}

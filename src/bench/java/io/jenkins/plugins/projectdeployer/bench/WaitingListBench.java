package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.Gates;
import io.jenkins.plugins.projectdeployer.gate.Waiting;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.JournalRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * One page of what waits for an approver, with 1,000 requests open against 10, in turns in the same run: once where all of
 * them wait for this approver, once where only the last 10 do. Must reach: at most twice the time.
 */
public final class WaitingListBench {

    private static final int FEW = 10;
    private static final int MANY = 1_000;
    private static final int PAGE = 10;
    private static final int ROUNDS = 21;
    private static final int CALLS = 2_000;

    private WaitingListBench() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("waiting-list");
        try (FileJournal few = FileJournal.open(directory.resolve("few"), Clock.systemUTC());
                FileJournal many = FileJournal.open(directory.resolve("many"), Clock.systemUTC());
                FileJournal others = FileJournal.open(directory.resolve("others"), Clock.systemUTC())) {
            IntSupplier ten = page(few, FEW, 0);
            IntSupplier thousand = page(many, MANY, 0);
            IntSupplier lastTen = page(others, MANY, MANY - FEW);
            for (int warmUp = 0; warmUp < 10; warmUp++) {
                Stream.of(ten, thousand, lastTen).forEach(WaitingListBench::nanosPerCall);
            }
            double[][] rounds = new double[3][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                rounds[0][round] = nanosPerCall(ten);
                rounds[1][round] = nanosPerCall(thousand);
                rounds[2][round] = nanosPerCall(lastTen);
            }
            double base = median(rounds[0]);
            System.out.printf(Locale.ROOT, "a page of %d: %.1f us with 10 open, %.1f us with 1000 open, %.1f us with 1000 open of which 10"
                    + " are one's own (medians of %d rounds)%n", PAGE, base / 1000, median(rounds[1]) / 1000, median(rounds[2]) / 1000, ROUNDS);
            Limit.atMost(2, "1000 open against 10, ratio", median(rounds[1]) / base);
            Limit.atMost(2, "1000 open of which 10 are one's own against 10, ratio", median(rounds[2]) / base);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** @param ofOthers so many of the first requests ask another group */
    private static IntSupplier page(FileJournal journal, int count, int ofOthers) {
        JournalRecords records = JournalRecords.open(journal);
        records.create(new PublishedProject("CHURN", "alice", Instant.EPOCH, List.of(Grant.toGroup("release", ProjectRight.READ))));
        for (int number = 1; number <= count; number++) {
            String group = number <= ofOthers ? "security" : "release";
            StageGate gate = new StageGate(2, List.of(Principal.ofGroup(group)), Span.of("7d"), null, null, null, null, null, null);
            ApprovalRequest request = new ApprovalRequest(number, 1, ApprovalRequest.State.WAITING, "d" + number, "CHURN", "prod",
                    "Production", "v1", List.of("alice"), gate, List.of("bob"), false, Map.of(), Instant.EPOCH, null, List.of(), null, null,
                    null, null);
            records.gates().change(number, "requested", null, before -> request);
        }
        Infrastructure infrastructure = new Infrastructure("prod", "Production",
                List.of(new NodeAddress("https://prod.example.com:10000", "key")), null,
                List.of(Grant.toGroup("release", InfrastructureRight.READ)), null, null, null, null, null, null, null);
        Configuration configuration = new Configuration(null, List.of(infrastructure), null, null, null, null, null, null);
        People people = new OneApprover();
        Approvals approvals = Gates.of(new Gates.Parts(() -> configuration, people, new Access(people), records, user -> false, user -> false,
                List.of(), number -> null, (deployment, asked) -> Optional.empty(), (deployment, asked) -> Optional.empty(), Clock.systemUTC())).approvals(new Nobody());
        return () -> approvals.waitingFor(people.person("dave"), 0, PAGE).requests().size();
    }

    private static double nanosPerCall(IntSupplier call) {
        long start = System.nanoTime();
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += call.getAsInt();
        }
        long nanos = System.nanoTime() - start;
        if (sum != CALLS * PAGE) {
            throw new IllegalStateException("a page had not " + PAGE + " requests: the benchmark measures something else");
        }
        return (double) nanos / CALLS;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static final class OneApprover implements People {

        private final Person dave = new Person("dave", Set.of("release", "staff", "authenticated"), false);

        @Override
        public Person person(String userId) {
            return dave;
        }

        @Override
        public String userKey(String userId) {
            return userId.toLowerCase(Locale.ENGLISH);
        }

        @Override
        public String groupKey(String groupName) {
            return groupName.toLowerCase(Locale.ENGLISH);
        }
    }

    private static final class Nobody implements Waiting {

        @Override
        public void wake(long update) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tell(long update, String line) {
            throw new UnsupportedOperationException();
        }
    }
}

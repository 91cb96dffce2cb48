package io.jenkins.plugins.projectdeployer.bench;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One rights decision for a person in 50 groups on an infrastructure with 200 grants, against a bare loop of
 * {@code HashMap.get} over the same groups, in turns in the same run. The person's last group is the one that has the
 * right, so that both look at all 50. Must reach: at most 5 times the loop, at most 256 bytes.
 */
public final class RightsBench {

    private static final int GROUPS = 50;
    private static final int GRANTS = 200;
    private static final int ROUNDS = 21;
    private static final int CALLS = 200_000;

    private RightsBench() {}

    public static void main(String[] args) {
        People people = new IgnoringCase();
        Set<String> groups = IntStream.range(0, GROUPS).mapToObj(i -> "Team-" + i).collect(Collectors.toCollection(LinkedHashSet::new));
        Person person = new Person("alice", groups, false);
        String last = new ArrayList<>(person.groups()).get(GROUPS - 1);
        List<Grant<InfrastructureRight>> grants = new ArrayList<>();
        IntStream.range(0, GRANTS - 1).forEach(i -> grants.add(Grant.toGroup("Other-" + i, InfrastructureRight.ADMIN)));
        grants.add(Grant.toGroup(last, InfrastructureRight.DEPLOY));
        Infrastructure infrastructure = new Infrastructure("prod", "Production",
                List.of(new NodeAddress("https://prod.example.com:10000", "key")), null, grants, null, null, null, null, null, null, null);

        Access access = new Access(people);
        IntSupplier decision = () -> access.may(person, infrastructure, InfrastructureRight.DEPLOY).granted() ? 1 : 0;

        Map<String, InfrastructureRight> byGroup = new HashMap<>();
        grants.forEach(grant -> byGroup.put(people.groupKey(grant.group()), grant.right()));
        String[] keys = person.groups().stream().map(people::groupKey).toArray(String[]::new);
        IntSupplier loop = () -> {
            int found = 0;
            for (String key : keys) {
                InfrastructureRight right = byGroup.get(key);
                if (right != null) {
                    found += right.ordinal();
                }
            }
            return found;
        };

        double[] decisions = new double[ROUNDS];
        double[] loops = new double[ROUNDS];
        for (int warmUp = 0; warmUp < 10; warmUp++) {
            nanosPerCall(decision);
            nanosPerCall(loop);
        }
        for (int round = 0; round < ROUNDS; round++) {
            decisions[round] = nanosPerCall(decision);
            loops[round] = nanosPerCall(loop);
        }
        System.out.printf(Locale.ROOT, "decision %.0f ns, loop of HashMap.get %.0f ns (medians of %d rounds)%n",
                median(decisions), median(loops), ROUNDS);
        Limit.atMost(5, "decision against loop, ratio", median(decisions) / median(loops));
        Limit.atMost(256, "bytes for each decision", bytesPerCall(decision));
        System.out.printf(Locale.ROOT, "%.0f bytes for the loop%n", bytesPerCall(loop));
    }

    private static double nanosPerCall(IntSupplier call) {
        long start = System.nanoTime();
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += call.getAsInt();
        }
        long nanos = System.nanoTime() - start;
        if (sum == 0) {
            throw new IllegalStateException("nothing was found: the benchmark measures nothing");
        }
        return (double) nanos / CALLS;
    }

    private static double bytesPerCall(IntSupplier call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        nanosPerCall(call);
        return (double) (threads.getThreadAllocatedBytes(self) - before) / CALLS;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static final class IgnoringCase implements People {

        @Override
        public Person person(String userId) {
            throw new UnsupportedOperationException();
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
}

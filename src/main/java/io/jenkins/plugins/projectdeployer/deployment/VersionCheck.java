package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import java.util.Arrays;
import java.util.regex.Pattern;

/** A node older than the DSS that made the bundle may not take it. */
final class VersionCheck implements PlanCheck {

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,6}(\\.\\d{1,6})*");

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        String made = intent.contents().dssVersion();
        if (isOlder(node.version(), made)) {
            findings.warning("NODE_OLDER_THAN_BUNDLE", "The node runs DSS " + quoted(node.version()) + ", older than the "
                    + quoted(made) + " that made the bundle, and may refuse it; update the node first.");
        }
    }

    /** Compares the leading numbers, as in {@code 13.3.1-beta2}; what has none is not judged. */
    static boolean isOlder(String version, String than) {
        int[] left = numbers(version);
        int[] right = numbers(than);
        return left.length > 0 && right.length > 0 && Arrays.compare(left, right) < 0 && !isPrefix(left, right);
    }

    /** {@code 13.3} says too little to be older than {@code 13.3.1}. */
    private static boolean isPrefix(int[] shorter, int[] longer) {
        return shorter.length < longer.length && Arrays.equals(shorter, Arrays.copyOf(longer, shorter.length));
    }

    private static int[] numbers(String version) {
        var found = NUMBERS.matcher(version == null ? "" : version);
        return found.lookingAt() ? Pattern.compile("\\.").splitAsStream(found.group()).mapToInt(Integer::parseInt).toArray() : new int[0];
    }
}

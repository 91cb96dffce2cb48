package io.jenkins.plugins.projectdeployer.embedded;

import java.util.Arrays;

/** A version of DSS. Real manifests also carry texts such as {@code dev/doesnotmatter}: those are newer than nothing. */
final class DssVersion {
    private DssVersion() {}

    static boolean isNewer(String version, String than) {
        return version.matches("\\d+(\\.\\d+)*") && than.matches("\\d+(\\.\\d+)*") && Arrays.compare(numbers(version), numbers(than)) > 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}

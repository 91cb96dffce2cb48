package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.Locale;

/**
 * How much room an archive may take.
 *
 * @param freeSpaceFloor bytes that stay free on the file system
 * @param quota bytes that the project's bundles may take together; 0: no limit
 * @param used bytes that they take already
 * @param projectKey whose quota it is; null while it is not known
 */
public record BundleLimits(long freeSpaceFloor, long quota, long used, String projectKey) {

    /** Of an archive whose project is not known yet: it fits into no project when it alone exceeds the quota. */
    public static BundleLimits ofAnyProject(long freeSpaceFloor, long quota) {
        return new BundleLimits(freeSpaceFloor, quota, 0, null);
    }

    /**
     * Checks an archive of which {@code size} bytes are known.
     *
     * @throws Refused when it exceeds the quota
     */
    public void checkQuota(long size) {
        if (quota > 0 && used + size > quota) {
            throw new Refused(Refused.Reason.NO_SPACE, "The bundle does not fit: "
                    + (projectKey == null ? "a project" : "project \"" + Ids.printable(projectKey) + "\"") + " may keep " + shown(quota) + " of bundles and has " + shown(used)
                    + " already; delete bundles that are no longer needed, or ask an administrator for a larger quota.");
        }
    }

    void checkFreeSpace(long free) {
        if (free < freeSpaceFloor) {
            throw new Refused(Refused.Reason.NO_SPACE, "The bundle does not fit: the controller's directory for bundles has " + shown(free)
                    + " free and " + shown(freeSpaceFloor) + " must stay free; make room there, or delete bundles that are"
                    + " no longer needed.");
        }
    }

    private static String shown(long bytes) {
        if (bytes < 1 << 20) {
            return bytes + " bytes";
        }
        return bytes < 1 << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}

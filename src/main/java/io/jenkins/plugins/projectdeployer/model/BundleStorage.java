package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where bundles are kept on the controller, and how many; and how long details of what was done with them.
 *
 * @param directory absolute path; null: beside the journal
 * @param freeSpaceFloor bytes that stay free on that file system: a bundle that would take them is refused
 * @param quotaPerProject bytes that one project's bundles may take; 0: no limit
 * @param keepPerProject newest bundles of a project that retention keeps, deployed ones always; 0: all
 * @param keepPerStage bundles last deployed on each stage that retention keeps besides, to roll back to
 * @param keepDetailsDays days after an update's end from which the journal keeps only the digests of its plan, way back and
 *     output, beside who, what, where, when and the outcome; 0: never
 */
public record BundleStorage(
        String directory, long freeSpaceFloor, long quotaPerProject, int keepPerProject, int keepPerStage, int keepDetailsDays) {

    /** Beside the journal, 1 GiB stays free, no bundle is ever deleted by itself, details of updates stay for a year. */
    public static final BundleStorage DEFAULT = new BundleStorage(null, 1L << 30, 0, 0, 2, 365);

    public BundleStorage {
        directory = Text.trimmed(directory);
    }

    @JsonCreator
    static BundleStorage of(
            @JsonProperty("directory") String directory,
            @JsonProperty("freeSpaceFloor") Long freeSpaceFloor,
            @JsonProperty("quotaPerProject") Long quotaPerProject,
            @JsonProperty("keepPerProject") Integer keepPerProject,
            @JsonProperty("keepPerStage") Integer keepPerStage,
            @JsonProperty("keepDetailsDays") Integer keepDetailsDays) {
        return new BundleStorage(
                directory,
                Text.orElse(freeSpaceFloor, DEFAULT.freeSpaceFloor),
                Text.orElse(quotaPerProject, DEFAULT.quotaPerProject),
                Text.orElse(keepPerProject, DEFAULT.keepPerProject),
                Text.orElse(keepPerStage, DEFAULT.keepPerStage),
                Text.orElse(keepDetailsDays, DEFAULT.keepDetailsDays));
    }
}

package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where bundles are kept on the controller, and how many.
 *
 * @param directory absolute path; null: beside the journal
 * @param freeSpaceFloor bytes that stay free on that file system: a bundle that would take them is refused
 * @param quotaPerProject bytes that one project's bundles may take; 0: no limit
 * @param keepPerProject newest bundles of a project that retention keeps, deployed ones always; 0: all
 * @param keepPerStage bundles last deployed on each stage that retention keeps besides, to roll back to
 */
public record BundleStorage(String directory, long freeSpaceFloor, long quotaPerProject, int keepPerProject, int keepPerStage) {

    /** Beside the journal, 1 GiB stays free, nothing is ever deleted by itself. */
    public static final BundleStorage DEFAULT = new BundleStorage(null, 1L << 30, 0, 0, 2);

    public BundleStorage {
        directory = Text.trimmed(directory);
    }

    @JsonCreator
    static BundleStorage of(
            @JsonProperty("directory") String directory,
            @JsonProperty("freeSpaceFloor") Long freeSpaceFloor,
            @JsonProperty("quotaPerProject") Long quotaPerProject,
            @JsonProperty("keepPerProject") Integer keepPerProject,
            @JsonProperty("keepPerStage") Integer keepPerStage) {
        return new BundleStorage(
                directory,
                Text.orElse(freeSpaceFloor, DEFAULT.freeSpaceFloor),
                Text.orElse(quotaPerProject, DEFAULT.quotaPerProject),
                Text.orElse(keepPerProject, DEFAULT.keepPerProject),
                Text.orElse(keepPerStage, DEFAULT.keepPerStage));
    }
}

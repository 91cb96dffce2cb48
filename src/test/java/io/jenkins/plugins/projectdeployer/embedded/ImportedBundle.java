package io.jenkins.plugins.projectdeployer.embedded;

import java.time.Instant;

/**
 * A bundle that a node has taken in.
 *
 * @param contents what is in it
 * @param size bytes received
 * @param sha256 digest of the bytes received, in hex; null where uploads are discarded
 * @param importedBy who sent it
 * @param importedOn when
 */
public record ImportedBundle(BundleContents contents, long size, String sha256, String importedBy, Instant importedOn) {

    public String bundleId() {
        return contents.bundleId();
    }
}

package io.jenkins.plugins.projectdeployer.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in the form that this package writes it: lower-case hexadecimal. */
final class Digests {

    /** Never used itself: looking for the algorithm takes longer than hashing a short text. */
    private static final MessageDigest FRESH = fresh();

    private Digests() {}

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return fresh();
        }
    }

    static String sha256(byte[] bytes, int from, int length) {
        MessageDigest digest = sha256();
        digest.update(bytes, from, length);
        return HexFormat.of().formatHex(digest.digest());
    }
}

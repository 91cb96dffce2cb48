package io.jenkins.plugins.projectdeployer.jenkins.config;

import io.jenkins.plugins.projectdeployer.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells a form that somebody else has overtaken: equal settings have equal revisions. */
final class Revision {

    private Revision() {}

    static String of(Record settings) {
        try {
            byte[] json = Json.text(settings).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}

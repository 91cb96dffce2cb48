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
        return digest(Json.text(settings)).substring(0, 16);
    }

    /** SHA-256 of a text, in hexadecimal. */
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}

package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An ETag over what is answered: for answers that depend on more than what is recorded, such as the time and other people's
 * groups, and are small. It spares sending them and drawing the page anew, not making them. And what somebody has seen of a
 * thing that they change: equal content has equal tags, other content another one, also after a restart.
 */
final class ContentTag {

    private ContentTag() {}

    static WebReply reply(Routes.Call call, JsonNode json) {
        String tag = of(json);
        return tag.equals(call.request().ifNoneMatch()) ? WebReply.notModified(tag) : WebReply.json(json).with("ETag", tag);
    }

    static String of(JsonNode json) {
        return "\"" + digest(json) + "\"";
    }

    /** The same for what has a field for it, and needs no quotes. */
    static String digest(JsonNode json) {
        try {
            byte[] octets = Json.text(json).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

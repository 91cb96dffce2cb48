package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Takes the key of the call at hand out of text that a node, a proxy or a library wrote. */
final class Redaction {

    private static final int MAX_MESSAGE = 1000;
    private static final String MARK = "[API key]";

    private final String key;

    private Redaction(String key) {
        this.key = key;
    }

    /** Null or empty: there is no key to take out. */
    static Redaction of(String key) {
        return new Redaction(key);
    }

    private List<String> forms() {
        if (key == null || key.isEmpty()) {
            return List.of();
        }
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        return List.of(key, basic, URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    String clean(CharSequence text) {
        String cleaned = text.toString();
        for (String form : forms()) {
            cleaned = cleaned.replace(form, MARK);
        }
        return cleaned;
    }

    /** An exception for the stack trace, or null where a message in its chain could show the key or disturb a log. */
    Throwable cause(Throwable e) {
        int depth = 0;
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (!harmless(t.getMessage()) || depth++ > 20) {
                return null;
            }
            for (Throwable s : t.getSuppressed()) {
                if (!harmless(s.getMessage()) || s.getCause() != null) {
                    return null;
                }
            }
        }
        return e;
    }

    private boolean harmless(String message) {
        return message == null
                || message.equals(clean(message)) && message.equals(Ids.printable(message, MAX_MESSAGE));
    }
}

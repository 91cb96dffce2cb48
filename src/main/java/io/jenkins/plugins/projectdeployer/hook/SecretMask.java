package io.jenkins.plugins.projectdeployer.hook;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hides secrets in what a hook says: each as a whole, each of its lines, and the forms in which they usually travel
 * (escaped in JSON or a Python literal, in a URL, in Base64 as basic authentication has it). It keeps an honest hook
 * from leaking by accident; a hook that wants to can spell a secret backwards.
 */
final class SecretMask {
    static final String STARS = "****";

    /** A shorter line would mask half of all output. */
    private static final int SHORTEST_LINE = 4;

    private final List<String> needles;

    SecretMask(Collection<String> secrets) {
        Set<String> all = new LinkedHashSet<>();
        for (String secret : secrets) {
            add(all, secret);
            add(all, secret.strip());
            secret.lines().map(String::strip).filter(l -> l.length() >= SHORTEST_LINE).forEach(l -> add(all, l));
        }
        needles = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    String mask(String text) {
        String masked = text;
        for (String needle : needles) {
            masked = masked.replace(needle, STARS);
        }
        return masked;
    }

    /** Bytes of the longest form. */
    int longest() {
        return needles.stream()
                .mapToInt(n -> n.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    private static void add(Set<String> all, String secret) {
        if (secret.isBlank()) {
            return;
        }
        all.add(secret);
        String escaped = secret.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        all.add(escaped);
        all.add(escaped.replace("\"", "\\\""));
        all.add(escaped.replace("'", "\\'"));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        all.add(url);
        all.add(url.replace("+", "%20"));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= 6) {
            for (int shift = 0; shift < 3; shift++) {
                addBase64(all, bytes, shift);
            }
        }
    }

    /** The part of the Base64 text that depends on the secret alone, when it begins {@code shift} bytes into a group. */
    private static void addBase64(Set<String> all, byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = shift == 0 ? 0 : shift + 1;
        int to = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        String core = encoded.substring(from, to);
        all.add(core);
        all.add(core.replace('+', '-').replace('/', '_'));
    }
}

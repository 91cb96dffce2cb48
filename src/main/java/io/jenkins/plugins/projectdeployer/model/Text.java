package io.jenkins.plugins.projectdeployer.model;

import java.util.List;
import java.util.Map;

/** How records read what people typed: blank is absent, lists and maps are never null. */
final class Text {

    private Text() {}

    static String trimmed(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static <K, V> Map<K, V> map(Map<K, V> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }

    static <T> T orElse(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/hook-client.md} lists what the bundled client has, no more and no less. */
class HookClientPageTest {
    private static final Pattern CLASS = Pattern.compile("^class (\\w+)\\((\\w+)\\):");
    private static final Pattern NAME =
            Pattern.compile("^ {4}(?:def )?([a-z]\\w*|_perform\\w*)(?:\\((?:self|client)\\b| = property| = \\w+ = _to)");
    private static final Pattern ALIAS = Pattern.compile("^ {4}(\\w+) = (\\w+) = (\\w+) = _to");
    private static final Pattern ATTRIBUTE = Pattern.compile("^ {8}self\\.(status_code|headers|raw) = ");
    private static final Set<String> INNER =
            Set.of("Multipart", "Bytes", "DataikuException", "NotBundled", "Waits", "Bundled", "Part", "Settings", "Raw");

    @Test
    void the_page_lists_what_the_bundled_client_has() throws Exception {
        Map<String, Set<String>> has = new TreeMap<>();
        Map<String, String> parents = new TreeMap<>();
        for (String module : List.of("parts", "client", "project", "scenario", "deployer")) {
            read("project_deployer_" + module + ".py", has, parents);
        }
        parents.forEach((name, parent) -> has.get(name).addAll(has.getOrDefault(parent, Set.of())));
        has.keySet().removeAll(INNER);
        assertThat(page()).isEqualTo(has);
    }

    private static void read(String module, Map<String, Set<String>> has, Map<String, String> parents)
            throws IOException {
        String current = null;
        try (var in = HookRunner.class.getResourceAsStream(module)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                Matcher start = CLASS.matcher(line);
                Matcher name = NAME.matcher(line);
                Matcher alias = ALIAS.matcher(line);
                Matcher attribute = ATTRIBUTE.matcher(line);
                if (start.find()) {
                    current = start.group(1);
                    has.put(current, new TreeSet<>());
                    parents.put(current, start.group(2));
                } else if (alias.find()) {
                    has.get(current).addAll(List.of(alias.group(1), alias.group(2), alias.group(3)));
                } else if (name.find()) {
                    has.get(current).add(name.group(1));
                } else if (attribute.find() && "Response".equals(current)) {
                    has.get(current).add(attribute.group(1));
                }
            }
        }
    }

    private static Map<String, Set<String>> page() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/hook-client.md"))) {
            if (line.startsWith("| `")) {
                Matcher names = Pattern.compile("`(\\w+)`").matcher(line);
                names.find();
                Set<String> row = rows.computeIfAbsent(names.group(1), n -> new TreeSet<>());
                while (names.find()) {
                    if (!names.group(1).equals("with")) {
                        row.add(names.group(1));
                    }
                }
            }
        }
        return rows;
    }
}

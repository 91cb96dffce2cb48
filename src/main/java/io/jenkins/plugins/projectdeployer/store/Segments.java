package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The segments of a journal directory, by name. */
final class Segments {

    private static final Pattern NAME = Pattern.compile("journal-(\\d{6,})\\.jsonl");

    private Segments() {}

    static Path path(Path directory, int number) {
        return directory.resolve("journal-%06d.jsonl".formatted(number));
    }

    /**
     * The segments in order, from number 1 on.
     *
     * @throws JournalException when one in between is missing
     */
    static List<Path> list(Path directory) throws IOException {
        int highest = 0;
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    highest = Math.max(highest, Integer.parseInt(name.group(1)));
                }
            }
        }
        List<Path> segments = new ArrayList<>();
        for (int number = 1; number <= highest; number++) {
            Path segment = path(directory, number);
            if (!Files.isRegularFile(segment)) {
                throw new JournalException("Journal file " + segment + " is missing, though "
                        + path(directory, highest).getFileName() + " is there: restore it from a backup.");
            }
            segments.add(segment);
        }
        return segments;
    }
}

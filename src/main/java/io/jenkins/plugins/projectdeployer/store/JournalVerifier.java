package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Recomputes the chain of a journal directory, reading only; the journal may be in use. */
public final class JournalVerifier {

    private JournalVerifier() {}

    /** What the check found. */
    public sealed interface Verdict {}

    /**
     * Every entry continues the one before, and the anchor fits where one was given.
     *
     * @param head the newest entry: an anchor for next time
     * @param replacedPayloads how many entries carry their payload's digest only
     * @param unfinished whether a line was being written, or was left behind by a crash, after the newest entry
     */
    public record Intact(Anchor head, long replacedPayloads, boolean unfinished) implements Verdict {}

    /**
     * The first place that does not fit.
     *
     * @param where file, line and entry
     * @param what what is wrong there
     */
    public record Broken(String where, String what) implements Verdict {}

    /**
     * @param expected an anchor that was kept elsewhere; without one, only inner contradictions are found, not a
     *     history that was written anew as a whole
     * @throws IOException when a file cannot be read
     */
    public static Verdict verify(Path directory, Optional<Anchor> expected) throws IOException {
        List<Path> paths;
        try {
            paths = Segments.list(directory);
        } catch (JournalException e) {
            return new Broken("directory " + directory, e.getMessage());
        }
        if (paths.isEmpty()) {
            return new Broken("directory " + directory, "there is no journal in it");
        }
        Anchor head = Anchor.START;
        long replaced = 0;
        boolean unfinished = false;
        for (Path path : paths) {
            boolean last = path.equals(paths.get(paths.size() - 1));
            try (SegmentReader reader = new SegmentReader(path, head, 0, Files.size(path))) {
                try {
                    for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                        replaced += entry.payloadReplaced() ? 1 : 0;
                        if (expected.isPresent() && contradicts(expected.get(), entry)) {
                            return new Broken("file " + path.getFileName() + ", entry " + entry.seq(),
                                    "the anchor says " + expected.get().head() + " but the journal has " + entry.hash()
                                            + ": this entry or one before it was replaced");
                        }
                    }
                } catch (SegmentReader.Damage e) {
                    if (!last || !e.torn) {
                        return new Broken(e.where(), e.getMessage());
                    }
                    unfinished = true;
                }
                head = reader.head();
            }
        }
        if (expected.isPresent() && expected.get().seq() > head.seq()) {
            return new Broken("end of the journal", "the anchor names entry " + expected.get().seq()
                    + " but the newest is " + head.seq() + ": entries were removed");
        }
        return new Intact(head, replaced, unfinished);
    }

    private static boolean contradicts(Anchor expected, Entry entry) {
        return expected.seq() == entry.seq() && !expected.head().equals(entry.hash());
    }
}

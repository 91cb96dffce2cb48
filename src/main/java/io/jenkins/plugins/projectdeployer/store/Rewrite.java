package io.jenkins.plugins.projectdeployer.store;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A closed segment written anew without some payloads, not yet in the place of the old one.
 *
 * @param file the new file; null when there was nothing to drop
 * @param segment what is to be known of it once it is in place
 * @param dropped how many payloads were left out
 */
record Rewrite(Path file, Segment segment, long dropped) {

    static Rewrite withoutPayloads(Segment old, Predicate<Entry> outlived) throws IOException, SegmentReader.Damage {
        if (!hasPayload(old, outlived)) {
            return new Rewrite(null, old, 0);
        }
        Path file = old.path().resolveSibling(old.path().getFileName() + Directories.UNFINISHED);
        long dropped = 0;
        Segment segment = Segment.empty(old.path(), old.before());
        boolean finished = false;
        try (SegmentReader reader = new SegmentReader(old.path(), old.before(), 0, old.bytes());
                FileOutputStream disk = Directories.create(file);
                BufferedOutputStream out = new BufferedOutputStream(disk, 1 << 16)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                boolean drop = entry.payloadBytes() != null && outlived.test(entry);
                byte[] line = drop ? reader.lineWithoutPayload(entry) : reader.line();
                dropped += drop ? 1 : 0;
                out.write(line);
                segment = segment.with(entry.anchor(), line.length);
            }
            out.flush();
            disk.getFD().sync();
            finished = true;
        } finally {
            if (!finished) {
                Files.deleteIfExists(file);
            }
        }
        return new Rewrite(file, segment, dropped);
    }

    /** Most segments have nothing to drop, and reading one is cheaper than writing it. */
    private static boolean hasPayload(Segment segment, Predicate<Entry> outlived) throws IOException, SegmentReader.Damage {
        try (SegmentReader reader = new SegmentReader(segment.path(), segment.before(), 0, segment.bytes())) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.payloadBytes() != null && outlived.test(entry)) {
                    return true;
                }
            }
            return false;
        }
    }
}

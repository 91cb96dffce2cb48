package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What is known of one segment without reading it again.
 *
 * @param path the file
 * @param before what its first entry continues
 * @param head its newest entry; {@code before} while it is empty
 * @param bytes its length, up to the end of that entry
 * @param marks where every {@value #STRIDE}th entry begins, from the first: enough to find any entry quickly and small
 *     enough to keep
 */
record Segment(Path path, Anchor before, Anchor head, long bytes, long[] marks) {

    static final int STRIDE = 32;
    /** About as many bytes as lie between two marks. */
    private static final int NEAR = 32 << 10;

    static Segment empty(Path path, Anchor before) {
        return new Segment(path, before, before, 0, new long[0]);
    }

    boolean holds(long seq) {
        return seq > before.seq() && seq <= head.seq();
    }

    /** The segment with one more entry at its end. */
    Segment with(Anchor entry, int length) {
        long[] grown = marks;
        if ((entry.seq() - before.seq() - 1) % STRIDE == 0) {
            grown = Arrays.copyOf(marks, marks.length + 1);
            grown[marks.length] = bytes;
        }
        return new Segment(path, before, entry, bytes + length, grown);
    }

    /** A reader whose next entry is this one. */
    SegmentReader readerAt(long seq) throws IOException {
        long behind = seq - before.seq() - 1;
        int mark = (int) (behind / STRIDE);
        SegmentReader reader = new SegmentReader(path, behind == 0 ? before : null, marks[mark], bytes, NEAR);
        try {
            reader.skip(behind % STRIDE);
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Moves a reader of this segment to this entry and reads it. */
    Entry read(SegmentReader reader, long seq) throws IOException, SegmentReader.Damage {
        long behind = seq - before.seq() - 1;
        reader.seek(marks[(int) (behind / STRIDE)]);
        return reader.nextAfter(behind % STRIDE);
    }

    /** Reads the whole file up to {@code end}, checking the chain. */
    static Segment scan(Path path, Anchor before, long end) throws IOException, SegmentReader.Damage {
        LongStream.Builder marks = LongStream.builder();
        try (SegmentReader reader = new SegmentReader(path, before, 0, end)) {
            for (long behind = 0; reader.next() != null; behind++) {
                if (behind % STRIDE == 0) {
                    marks.add(reader.offset());
                }
            }
            return new Segment(path, before, reader.head(), reader.nextOffset(), marks.build().toArray());
        }
    }
}

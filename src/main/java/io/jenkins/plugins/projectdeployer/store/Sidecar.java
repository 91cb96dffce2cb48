package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;

/**
 * A small file beside each closed segment that spares reading the segment when the journal is opened.
 *
 * <p>Nothing depends on it: one that is missing, unreadable or does not fit its segment is written anew.
 */
final class Sidecar {

    private static final Logger LOG = Logger.getLogger(Sidecar.class.getName());
    private static final JsonMapper JSON = new JsonMapper();

    private Sidecar() {}

    static Path of(Path segment) {
        String name = segment.getFileName().toString();
        return segment.resolveSibling(name.substring(0, name.length() - ".jsonl".length()) + ".sidecar.json");
    }

    /**
     * What is known of a closed segment that continues {@code before}: by its sidecar, or else by reading it.
     *
     * @throws SegmentReader.Damage when it had to be read and is damaged
     */
    static Segment segment(Path path, Anchor before) throws IOException, SegmentReader.Damage {
        Optional<Segment> known = read(path, before);
        if (known.isPresent()) {
            return known.get();
        }
        Segment segment = Segment.scan(path, before, Files.size(path));
        LOG.info(() -> "Read " + path + " as a whole: its sidecar is missing or does not fit.");
        leave(segment);
        return segment;
    }

    /** Writes it if that is possible. */
    static void leave(Segment segment) {
        try {
            write(segment);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not write " + of(segment.path())
                    + "; nothing is lost, but the journal opens more slowly.", e);
        }
    }

    private static void write(Segment segment) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("before", segment.before().toString())
                .put("head", segment.head().toString())
                .put("bytes", segment.bytes());
        ArrayNode marks = json.putArray("marks");
        for (long mark : segment.marks()) {
            marks.add(mark);
        }
        json.put("crc", checksum(json));
        Directories.replace(of(segment.path()), JSON.writeValueAsBytes(json));
    }

    /** What the sidecar says of a segment that continues {@code before}; empty where it cannot be believed. */
    private static Optional<Segment> read(Path path, Anchor before) throws IOException {
        Path sidecar = of(path);
        if (!Files.isRegularFile(sidecar)) {
            return Optional.empty();
        }
        try {
            if (!(JSON.readTree(Files.readAllBytes(sidecar)) instanceof ObjectNode json)
                    || !json.has("crc") || json.remove("crc").asLong(-1) != checksum(json)) {
                return Optional.empty();
            }
            Anchor head = Anchor.parse(json.path("head").asText());
            long[] marks = new long[json.path("marks").size()];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = json.path("marks").get(i).asLong(-1);
            }
            Segment segment = new Segment(path, before, head, json.path("bytes").asLong(-1), marks);
            boolean fits = Anchor.parse(json.path("before").asText()).equals(before)
                    && segment.bytes() == Files.size(path)
                    && marks.length == (head.seq() - before.seq() + Segment.STRIDE - 1) / Segment.STRIDE
                    && head.seq() > before.seq()
                    && endsWith(segment);
            return fits ? Optional.of(segment) : Optional.empty();
        } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long checksum(ObjectNode json) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(JSON.writeValueAsBytes(json));
        return crc.getValue();
    }

    /** Whether the last entry is where the marks say, and is the head: the segment may have been changed since. */
    private static boolean endsWith(Segment segment) throws IOException {
        try (SegmentReader reader = segment.readerAt(segment.head().seq())) {
            while (reader.next() != null) {
                // to the end
            }
            return segment.head().equals(reader.head());
        } catch (SegmentReader.Damage e) {
            return false;
        }
    }
}

package io.jenkins.plugins.projectdeployer.store;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Spares reading the whole journal when it is opened: where the state stood at one entry, as numbers of entries alone.
 *
 * <p>It holds no state itself. Whatever is derived with its help still comes from entries of the journal, so changing
 * this file cannot grant anybody anything that the chain does not show. Nothing depends on it: a missing or damaged one
 * means reading everything.
 *
 * @param at the newest entry that it covers
 * @param live entries that make up the state, in order
 * @param updates where the ended updates are
 * @param catalogue where bundles were deleted
 */
record Checkpoint(Anchor at, long[] live, UpdateTable.Image updates, Catalogue.Image catalogue) {

    private static final int FORM = 0x50444304;

    static void write(Path file, Anchor at, long[] live, UpdateTable updates, Catalogue catalogue) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + Directories.UNFINISHED);
        CRC32 crc = new CRC32();
        try (FileOutputStream disk = Directories.create(unfinished)) {
            DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new CheckedOutputStream(disk, crc), 1 << 16));
            out.writeInt(FORM);
            out.writeUTF(at.toString());
            out.writeInt(live.length);
            for (long seq : live) {
                out.writeLong(seq);
            }
            updates.write(out);
            catalogue.write(out);
            out.flush();
            long sum = crc.getValue();
            out.writeLong(sum);
            out.flush();
            disk.getFD().sync();
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Directories.rename(unfinished, file);
    }

    /** What was written last; empty where there is none that can be used. */
    static Optional<Checkpoint> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length - Long.BYTES;
            CRC32 crc = new CRC32();
            crc.update(bytes, 0, Math.max(0, end));
            if (end < 0 || ByteBuffer.wrap(bytes).getLong(end) != crc.getValue()) {
                return Optional.empty();
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
            return in.readInt() == FORM
                    ? Optional.of(new Checkpoint(Anchor.parse(in.readUTF()), longs(in, end), UpdateTable.Image.read(in, end),
                            Catalogue.Image.read(in, end)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A counted list; a count that the file cannot hold is damage, not a reason to run out of memory. */
    static long[] longs(DataInputStream in, long fileLength) throws IOException {
        long[] values = new long[count(in, fileLength, Long.BYTES)];
        octets(in, values.length * Long.BYTES).asLongBuffer().get(values);
        return values;
    }

    static int[] ints(DataInputStream in, long fileLength) throws IOException {
        int[] values = new int[count(in, fileLength, Integer.BYTES)];
        octets(in, values.length * Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    private static ByteBuffer octets(DataInputStream in, int length) throws IOException {
        byte[] octets = new byte[length];
        in.readFully(octets);
        return ByteBuffer.wrap(octets);
    }

    static int count(DataInputStream in, long fileLength, int bytesEach) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > fileLength) {
            throw new IOException("a count is too large");
        }
        return count;
    }
}

package io.jenkins.plugins.projectdeployer.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
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
 */
record Checkpoint(Anchor at, long[] live, UpdateTable.Image updates) {

    private static final int FORM = 0x50444302;

    static void write(Path file, Anchor at, long[] live, UpdateTable updates) throws IOException {
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
        CRC32 crc = new CRC32();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), crc))) {
            long length = Files.size(file);
            if (in.readInt() != FORM) {
                return Optional.empty();
            }
            Anchor at = Anchor.parse(in.readUTF());
            long[] live = longs(in, length);
            UpdateTable.Image updates = UpdateTable.Image.read(in, length);
            long sum = crc.getValue();
            return in.readLong() == sum ? Optional.of(new Checkpoint(at, live, updates)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A counted list; a count that the file cannot hold is damage, not a reason to run out of memory. */
    static long[] longs(DataInputStream in, long fileLength) throws IOException {
        long[] values = new long[count(in, fileLength, Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    static int[] ints(DataInputStream in, long fileLength) throws IOException {
        int[] values = new int[count(in, fileLength, Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    static int count(DataInputStream in, long fileLength, int bytesEach) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > fileLength) {
            throw new IOException("a count is too large");
        }
        return count;
    }
}

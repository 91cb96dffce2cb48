package io.jenkins.plugins.projectdeployer.embedded;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes zips, sparse ones of any size below 4 GiB in no time, and ones that no honest writer would write. */
final class ZipWriter implements Closeable {
    private static final int FLAG_UTF8 = 0x800;
    private static final int FLAG_ENCRYPTED = 1;
    private static final int BUFFER = 1 << 20;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** 2020-01-01: the same bundle is the same bytes on every day. */
    private static final int DATE = (2020 - 1980) << 9 | 1 << 5 | 1;

    private final FileChannel file;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long entries;

    ZipWriter(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    void entry(String name, byte[] content) throws IOException {
        entry(name, name, content, false);
    }

    /** An entry whose local header may bear another name than the directory, or that claims to be encrypted. */
    void entry(String name, String localName, byte[] content, boolean encrypted) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(content);
        } finally {
            deflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        int flags = encrypted ? FLAG_UTF8 | FLAG_ENCRYPTED : FLAG_UTF8;
        header(name, localName, flags, DEFLATED, crc.getValue(), deflated.size(), content.length);
        write(deflated.toByteArray());
    }

    /** An entry of this many zero bytes, stored, and left as a hole in the file. */
    void zeros(String name, long size) throws IOException {
        if (size < 0 || size > 0xFFFF_0000L) {
            throw new IllegalArgumentException("cannot write an entry of " + size + " bytes without zip64");
        }
        header(name, name, FLAG_UTF8, STORED, crcOfZeros(size), size, size);
        flush();
        file.position(file.position() + size);
    }

    private static long crcOfZeros(long size) {
        CRC32 crc = new CRC32();
        byte[] zeros = new byte[1 << 20];
        for (long left = size; left > 0; left -= zeros.length) {
            crc.update(zeros, 0, (int) Math.min(left, zeros.length));
        }
        return crc.getValue();
    }

    private void header(String name, String localName, int flags, int method, long crc, long packed, long size) throws IOException {
        long offset = position();
        byte[] local = localName.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = little(30 + local.length);
        head.putInt(0x04034b50).putShort((short) 20);
        common(head, flags, method, crc, packed, size);
        head.putShort((short) local.length).putShort((short) 0).put(local);
        write(head.array());

        byte[] central = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = little(46 + central.length);
        record.putInt(0x02014b50).putShort((short) 20).putShort((short) 20);
        common(record, flags, method, crc, packed, size);
        record.putShort((short) central.length).putShort((short) 0).putShort((short) 0);
        record.putShort((short) 0).putShort((short) 0).putInt(0).putInt((int) offset).put(central);
        directory.writeBytes(record.array());
        entries++;
    }

    private static void common(ByteBuffer to, int flags, int method, long crc, long packed, long size) {
        to.putShort((short) flags).putShort((short) method).putShort((short) 0).putShort((short) DATE);
        to.putInt((int) crc).putInt((int) packed).putInt((int) size);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            long start = position();
            write(directory.toByteArray());
            if (entries > 0xFFFE) {
                writeZip64End(start);
            }
            short count = (short) Math.min(entries, 0xFFFF);
            ByteBuffer end = little(22);
            end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
            end.putInt(directory.size()).putInt((int) start).putShort((short) 0);
            write(end.array());
            flush();
        }
    }

    private void writeZip64End(long start) throws IOException {
        long at = position();
        ByteBuffer end = little(56 + 20);
        end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0);
        end.putLong(entries).putLong(entries).putLong(directory.size()).putLong(start);
        end.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
        write(end.array());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long position() throws IOException {
        return file.position() + pending.size();
    }

    private void write(byte[] bytes) throws IOException {
        pending.writeBytes(bytes);
        if (pending.size() > BUFFER) {
            flush();
        }
    }

    private void flush() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(pending.toByteArray());
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        pending.reset();
    }
}

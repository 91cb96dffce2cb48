package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip archive, read so that nobody who reads it in another way can find something else in it.
 *
 * <p>A node may read an archive from front to back while we go by its directory at the end; so both must tell the same:
 * each entry's own header agrees with the directory, the entries fill the file without gaps or overlaps, and no name is
 * there twice. Nothing is extracted, and names are never used as paths. All refusals are {@link Refused}, one sentence
 * each.
 */
final class ZipDirectory implements Closeable {

    /** More entries than any bundle seen; above, reading would cost more memory than it is worth. */
    static final int MAX_ENTRIES = 200_000;

    /** What people do about an archive that cannot be read. */
    static final String REMEDY = "; make the bundle anew on its design node and publish that file, whole and unchanged.";

    private static final int MAX_DIRECTORY_BYTES = 64 << 20;
    private static final int MAX_RATIO = 200;
    private static final long RATIO_MATTERS_FROM = 1L << 30;

    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final long FIELD_IS_64 = 0xffffffffL;

    private final FileChannel file;
    private final long length;
    private final Map<String, Member> members = new HashMap<>();

    /** One entry as the directory has it. */
    private record Member(
            String name, byte[] rawName, int flags, int method, long crc, long compressed, long size, long offset) {

        boolean hasDescriptor() {
            return (flags & 8) != 0;
        }

        boolean isEncrypted() {
            return (flags & (1 | 1 << 6 | 1 << 13)) != 0 || method == 99;
        }
    }

    private record End(long start, long entries, long directoryStart, long directoryLength) {}

    /**
     * Reads and checks the directory.
     *
     * @throws Refused when the archive is not one that a node could read without doubt
     */
    static ZipDirectory open(Path archive) throws IOException {
        FileChannel file = FileChannel.open(archive, StandardOpenOption.READ);
        try {
            ZipDirectory zip = new ZipDirectory(file);
            zip.load();
            return zip;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private ZipDirectory(FileChannel file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    /** Names of all entries, in no order. */
    Iterable<String> names() {
        return members.keySet();
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Size that the directory gives for an entry, unpacked. */
    long size(String name) {
        return members.get(name).size();
    }

    /**
     * The content of an entry.
     *
     * @throws Refused when it is larger than {@code limit} bytes, whatever the directory says, or damaged
     */
    byte[] read(String name, int limit) throws IOException {
        Member member = members.get(name);
        if (member.size() > limit || member.compressed() > limit) {
            throw refused("its entry \"" + Ids.printable(name) + "\" has " + Math.max(member.size(), member.compressed())
                    + " bytes, more than the " + limit + " that are read");
        }
        long data = member.offset() + 30 + member.rawName().length + u16(readAt(member.offset() + 28, 2), 0);
        byte[] packed = readAt(data, (int) member.compressed()).array();
        byte[] content = switch (member.method()) {
            case 0 -> packed;
            case 8 -> inflate(member, packed);
            default -> throw refused("its entry \"" + Ids.printable(name) + "\" is packed with method "
                    + member.method() + ", which is not supported");
        };
        CRC32 crc = new CRC32();
        crc.update(content);
        if (content.length != member.size() || crc.getValue() != member.crc()) {
            throw refused("its entry \"" + Ids.printable(name) + "\" is damaged (checksum or size do not fit)");
        }
        return content;
    }

    private static byte[] inflate(Member member, byte[] packed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] content = new byte[(int) member.size() + 1];
            int filled = 0;
            while (!inflater.finished() && filled < content.length) {
                int read = inflater.inflate(content, filled, content.length - filled);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                filled += read;
            }
            return Arrays.copyOf(content, filled);
        } catch (DataFormatException e) {
            throw refused("its entry \"" + Ids.printable(member.name()) + "\" cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private void load() throws IOException {
        if (length == 0) {
            throw refused("it is empty");
        }
        End end = findEnd();
        if (end.entries() == 0) {
            throw refused("it holds no entries");
        }
        if (end.entries() > MAX_ENTRIES || end.directoryLength() > MAX_DIRECTORY_BYTES) {
            throw refused("it holds " + end.entries() + " entries in a directory of " + end.directoryLength()
                    + " bytes; at most " + MAX_ENTRIES + " entries and " + MAX_DIRECTORY_BYTES + " bytes are read");
        }
        if (end.directoryLength() < 0 || end.directoryStart() < 0
                || end.directoryStart() + end.directoryLength() != end.start()) {
            throw refused("its directory is not where its end says");
        }
        List<Member> list = directory(readAt(end.directoryStart(), (int) end.directoryLength()), end.entries());
        long total = 0;
        for (Member member : list) {
            checkName(member);
            if (member.isEncrypted()) {
                throw refused("its entry \"" + Ids.printable(member.name()) + "\" is encrypted");
            }
            if (members.put(member.name(), member) != null) {
                throw refused("it holds two entries named \"" + Ids.printable(member.name()) + "\"");
            }
            // Sizes beyond what a disk can hold would overflow the sum; they are as wrong as a negative one.
            if (member.size() < 0 || member.size() > Long.MAX_VALUE / MAX_ENTRIES) {
                throw refused("its directory gives an impossible size for \"" + Ids.printable(member.name()) + "\"");
            }
            total += member.size();
        }
        if (total > RATIO_MATTERS_FROM && total / MAX_RATIO > length) {
            throw refused("it would unpack " + length + " bytes to " + total + ", more than " + MAX_RATIO
                    + " times its size");
        }
        checkLocalHeaders(list, end.directoryStart());
    }

    private End findEnd() throws IOException {
        int tailLength = (int) Math.min(length, 22 + 0xffff);
        long tailStart = length - tailLength;
        ByteBuffer tail = readAt(tailStart, tailLength);
        int found = -1;
        for (int at = tailLength - 22; at >= 0; at--) {
            if (tail.getInt(at) == END && at + 22 + u16(tail, at + 20) == tailLength) {
                if (found >= 0) {
                    throw refused("it ends in two ways: its comment looks like another archive's end");
                }
                found = at;
            }
        }
        if (found < 0) {
            boolean began = length >= 4 && readAt(0, 4).getInt(0) == LOCAL;
            throw refused(began
                    ? "it is cut off: the directory at its end is missing"
                    : "it is not a zip archive");
        }
        long start = tailStart + found;
        End end = new End(start, u16(tail, found + 10), u32(tail, found + 16), u32(tail, found + 12));
        if (u16(tail, found + 4) != 0 && u16(tail, found + 4) != 0xffff) {
            throw refused("it is one part of several");
        }
        boolean needs64 = end.entries() == 0xffff || end.directoryStart() == FIELD_IS_64
                || end.directoryLength() == FIELD_IS_64;
        return needs64 ? end64(end) : end;
    }

    private End end64(End end) throws IOException {
        if (end.start() < 20 || readAt(end.start() - 20, 4).getInt(0) != END_64_LOCATOR) {
            return end;
        }
        long start = readAt(end.start() - 12, 8).getLong(0);
        if (start < 0 || start + 56 > end.start() - 20) {
            throw refused("its 64-bit end is not where it says");
        }
        ByteBuffer record = readAt(start, 56);
        if (record.getInt(0) != END_64 || start + 12 + record.getLong(4) != end.start() - 20) {
            throw refused("its 64-bit end is not where it says");
        }
        return new End(start, record.getLong(32), record.getLong(48), record.getLong(40));
    }

    private static List<Member> directory(ByteBuffer bytes, long entries) {
        List<Member> list = new ArrayList<>();
        int at = 0;
        while (at < bytes.limit()) {
            if (at + 46 > bytes.limit() || bytes.getInt(at) != CENTRAL) {
                throw refused("its directory is damaged");
            }
            int nameLength = u16(bytes, at + 28);
            int extraLength = u16(bytes, at + 30);
            int next = at + 46 + nameLength + extraLength + u16(bytes, at + 32);
            if (next > bytes.limit()) {
                throw refused("its directory is damaged");
            }
            byte[] name = new byte[nameLength];
            bytes.get(at + 46, name);
            long[] wide = {u32(bytes, at + 24), u32(bytes, at + 20), u32(bytes, at + 42)};
            ZipExtras extras = ZipExtras.read(bytes, at + 46 + nameLength, extraLength, wide);
            if (extras.otherName() != null && !Arrays.equals(extras.otherName(), name)) {
                throw refused("its entry \"" + Ids.printable(new String(name, UTF_8)) + "\" has a second name");
            }
            list.add(new Member(new String(name, UTF_8), name, u16(bytes, at + 8), u16(bytes, at + 10),
                    u32(bytes, at + 16), wide[1], wide[0], wide[2]));
            at = next;
        }
        if (list.size() != entries) {
            throw refused("its end says " + entries + " entries, but its directory has " + list.size());
        }
        return list;
    }

    private static void checkName(Member member) {
        for (String segment : strip(member.name()).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\0') >= 0) {
                throw refused("its entry \"" + Ids.printable(member.name()) + "\" has a name that leads elsewhere");
            }
        }
    }

    private static String strip(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** Goes through the file as someone would who never looks at the directory. */
    private void checkLocalHeaders(List<Member> list, long directoryStart) throws IOException {
        List<Member> inOrder = new ArrayList<>(list);
        inOrder.sort(Comparator.comparingLong(Member::offset));
        long expected = 0;
        boolean descriptor = false;
        for (Member member : inOrder) {
            checkGap(expected, member.offset(), descriptor, member.name());
            expected = checkLocalHeader(member, directoryStart);
            descriptor = member.hasDescriptor();
        }
        checkGap(expected, directoryStart, descriptor, "the directory");
    }

    private static void checkGap(long end, long next, boolean descriptor, String before) {
        long gap = next - end;
        if (gap != 0 && !(descriptor && (gap == 12 || gap == 16 || gap == 20 || gap == 24))) {
            throw refused((gap < 0 ? "its entries overlap" : "it holds " + gap + " bytes that its directory does not know")
                    + " before \"" + Ids.printable(before) + "\"");
        }
    }

    private long checkLocalHeader(Member member, long directoryStart) throws IOException {
        int headLength = 30 + member.rawName().length;
        if (member.offset() + headLength > directoryStart) {
            throw disagrees(member, "place");
        }
        ByteBuffer head = readAt(member.offset(), headLength);
        if (head.getInt(0) != LOCAL) {
            throw disagrees(member, "place");
        }
        byte[] name = new byte[member.rawName().length];
        head.get(30, name);
        if (u16(head, 26) != name.length || !Arrays.equals(name, member.rawName())) {
            throw disagrees(member, "name");
        }
        if (u16(head, 8) != member.method() || (u16(head, 6) & 9) != (member.flags() & 9)) {
            throw disagrees(member, "method");
        }
        int extraLength = u16(head, 28);
        long[] wide = {u32(head, 22), u32(head, 18)};
        ZipExtras extras = ZipExtras.read(readAt(member.offset() + headLength, extraLength), 0, extraLength, wide);
        if (extras.otherName() != null && !Arrays.equals(extras.otherName(), name)) {
            throw disagrees(member, "name");
        }
        boolean sizesFollow = member.hasDescriptor() && (wide[0] == 0 || wide[0] == FIELD_IS_64);
        if (!sizesFollow && (wide[0] != member.size() || wide[1] != member.compressed())) {
            throw disagrees(member, "size");
        }
        long end = member.offset() + headLength + extraLength + member.compressed();
        if (member.compressed() < 0 || member.size() < 0 || end < 0 || end > directoryStart) {
            throw disagrees(member, "size");
        }
        return end;
    }

    private static Refused disagrees(Member member, String what) {
        return refused("its entry \"" + Ids.printable(member.name()) + "\" and its directory disagree about the entry's "
                + what);
    }

    private ByteBuffer readAt(long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        if (position < 0) {
            throw refused("it is damaged");
        }
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw refused("it is cut off");
            }
        }
        return buffer.flip();
    }

    static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static Refused refused(String why) {
        return Refused.invalid("The archive is refused: " + why + REMEDY);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

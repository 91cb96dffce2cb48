package io.jenkins.plugins.projectdeployer.store;

import java.nio.ByteBuffer;

/**
 * What matters of an entry's extra fields.
 *
 * @param otherName the name that some readers would take instead of the entry's own (field 0x7075); null when there is
 *     none
 */
record ZipExtras(byte[] otherName) {

    private static final int SIZES_64 = 0x0001;
    private static final int UNICODE_NAME = 0x7075;
    private static final long FIELD_IS_64 = 0xffffffffL;

    /**
     * Reads the fields; values of {@code wide} that say "too large for 32 bits" are replaced by the 64-bit ones, which
     * stand in the same order.
     */
    static ZipExtras read(ByteBuffer bytes, int from, int length, long[] wide) {
        byte[] otherName = null;
        int at = from;
        int end = from + length;
        while (at + 4 <= end) {
            int id = ZipDirectory.u16(bytes, at);
            int size = ZipDirectory.u16(bytes, at + 2);
            int data = at + 4;
            at = data + size;
            if (at > end) {
                break;
            }
            if (id == SIZES_64) {
                int next = data;
                for (int i = 0; i < wide.length; i++) {
                    if (wide[i] == FIELD_IS_64 && next + 8 <= at) {
                        wide[i] = bytes.getLong(next);
                        next += 8;
                    }
                }
            } else if (id == UNICODE_NAME && size > 5) {
                otherName = new byte[size - 5];
                bytes.get(data + 5, otherName);
            }
        }
        return new ZipExtras(otherName);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as CSV (RFC 4180), which programs for tables open: names from outside must not be formulas to them. */
final class Csv {

    /** What such a program takes a cell for a formula by; also behind blanks, and in the wide forms of the signs. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Csv() {}

    /**
     * A file for somebody to keep.
     *
     * @param lines asked for once it is sent
     */
    static WebReply reply(String fileName, Supplier<Stream<List<String>>> lines) {
        return new WebReply(200, Map.of("Content-Type", "text/csv;charset=utf-8", "X-Content-Type-Options", "nosniff",
                "Content-Disposition", "attachment; filename=\"" + fileName + "\""), WebReply.ANY_LENGTH, () -> stream(lines.get()));
    }

    /** Made line by line as it is read: a large table is never there as a whole. */
    static InputStream stream(Stream<List<String>> lines) {
        Lines each = new Lines(lines.iterator());
        return new SequenceInputStream(each) {
            @Override
            public void close() throws IOException {
                // It would close, and so make, every line that is still to come.
                each.ended = true;
                super.close();
            }
        };
    }

    private static final class Lines implements Enumeration<InputStream> {
        private final Iterator<List<String>> each;
        private boolean ended;

        Lines(Iterator<List<String>> each) {
            this.each = each;
        }

        @Override
        public boolean hasMoreElements() {
            return !ended && each.hasNext();
        }

        @Override
        public InputStream nextElement() {
            return new ByteArrayInputStream(line(each.next()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Every cell is quoted; one that would be a formula begins with an apostrophe, which makes it text. */
    static String cell(String outside) {
        String bare = outside.strip();
        boolean formula = !outside.isEmpty() && (FORMULA.indexOf(outside.charAt(0)) >= 0 || !bare.isEmpty() && FORMULA.indexOf(bare.charAt(0)) >= 0);
        return '"' + (formula ? "'" : "") + Ids.oneLine(outside).replace("\"", "\"\"") + '"';
    }
}

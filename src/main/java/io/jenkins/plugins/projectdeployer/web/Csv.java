package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables as CSV (RFC 4180), which programs for tables open: names from outside must not be formulas to them. */
final class Csv {

    /** What such a program takes a cell for a formula by; also behind blanks, and in the wide forms of the signs. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Csv() {}

    /** A file for somebody to keep. */
    static WebReply reply(String fileName, List<List<String>> lines) {
        byte[] octets = text(lines).getBytes(StandardCharsets.UTF_8);
        return new WebReply(200, Map.of("Content-Type", "text/csv;charset=utf-8", "X-Content-Type-Options", "nosniff",
                "Content-Disposition", "attachment; filename=\"" + fileName + "\""), octets.length, () -> new ByteArrayInputStream(octets));
    }

    static String text(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    /** Every cell is quoted; one that would be a formula begins with an apostrophe, which makes it text. */
    static String cell(String outside) {
        String bare = outside.strip();
        boolean formula = !outside.isEmpty() && (FORMULA.indexOf(outside.charAt(0)) >= 0 || !bare.isEmpty() && FORMULA.indexOf(bare.charAt(0)) >= 0);
        return '"' + (formula ? "'" : "") + Ids.oneLine(outside).replace("\"", "\"\"") + '"';
    }
}

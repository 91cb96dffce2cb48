package io.jenkins.plugins.projectdeployer.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code multipart/form-data} body as it comes, in constant memory. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISPOSITION = Pattern.compile("^content-disposition:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern PARAMETER = Pattern.compile(";\\s*([\\w*-]+)=(?:\"([^\"]*)\"|([^;\\s]*))");
    private static final int MAX_HEADER = 16 << 10;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[256 << 10];
    private int from;
    private int to;
    private boolean ended;

    Multipart(InputStream in, String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (contentType == null || !contentType.startsWith("multipart/form-data") || !matcher.find()) {
            throw ApiError.illegal("Expected a multipart/form-data request, got Content-Type " + contentType);
        }
        String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // As if a line had ended before the body, so that the first delimiter is like the others.
        buffer[0] = '\r';
        buffer[1] = '\n';
        to = 2;
    }

    /** Writes the content of the part with this name to the sink and reads on to the end. Returns the part's length. */
    long copyPart(String name, OutputStream sink) throws IOException {
        long length = -1;
        copyToDelimiter(OutputStream.nullOutputStream());
        while (!atEnd()) {
            if (name.equals(name(headers())) && length < 0) {
                length = copyToDelimiter(sink);
            } else {
                copyToDelimiter(OutputStream.nullOutputStream());
            }
        }
        if (length < 0) {
            throw ApiError.illegal("Required part '" + name + "' is not present");
        }
        return length;
    }

    private static String name(String headers) {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (disposition.find()) {
            for (Matcher all = PARAMETER.matcher(disposition.group(1)); all.find(); ) {
                if (all.group(1).equalsIgnoreCase("name")) {
                    return all.group(2) != null ? all.group(2) : all.group(3);
                }
            }
        }
        return null;
    }

    private boolean atEnd() throws IOException {
        need(2);
        boolean last = buffer[from] == '-' && buffer[from + 1] == '-';
        from += 2;
        return last;
    }

    private String headers() throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        while (true) {
            need(1);
            headers.write(buffer[from++]);
            int size = headers.size();
            if (size > MAX_HEADER) {
                throw ApiError.illegal("Headers of a part are longer than " + MAX_HEADER + " bytes");
            }
            String text = headers.toString(StandardCharsets.UTF_8);
            if (text.equals("\r\n") || text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
    }

    private long copyToDelimiter(OutputStream out) throws IOException {
        long length = 0;
        while (true) {
            int at = indexOfDelimiter();
            if (at >= 0) {
                out.write(buffer, from, at - from);
                length += at - from;
                from = at + delimiter.length;
                return length;
            }
            int safe = Math.max(from, to - delimiter.length + 1);
            out.write(buffer, from, safe - from);
            length += safe - from;
            from = safe;
            if (!fill()) {
                throw ApiError.illegal("The upload ended after " + (length + to - from) + " bytes, before its last boundary");
            }
        }
    }

    private int indexOfDelimiter() {
        int last = to - delimiter.length;
        for (int i = from; i <= last; i++) {
            if (buffer[i] == '\r' && isDelimiter(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isDelimiter(int at) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void need(int bytes) throws IOException {
        while (to - from < bytes) {
            if (!fill()) {
                throw ApiError.illegal("The upload ended before its last boundary");
            }
        }
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            ended = true;
            return false;
        }
        to += read;
        return true;
    }
}

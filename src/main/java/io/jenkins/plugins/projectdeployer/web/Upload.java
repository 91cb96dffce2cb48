package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.MultipartReader;
import okio.Okio;

/**
 * A file that comes in a request, read as it comes: the part called {@code file} of a form, or the body itself.
 *
 * @param name that the sender gave it; null when none
 * @param content to its end
 */
record Upload(String name, InputStream content) {

    private static final Pattern PART = Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE = Pattern.compile(";\\s*filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    /** Reads what is received. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Upload upload) throws IOException;
    }

    /**
     * Passes the file on while it comes in.
     *
     * @throws Refused when there is no file in the request, or when a form breaks off
     */
    static <T> T read(WebRequest request, Reader<T> reader) throws IOException {
        MediaType type = request.contentType() == null ? null : MediaType.parse(request.contentType());
        if (type == null || !type.type().equals("multipart")) {
            if (type != null && type.type().equals("application") && !type.subtype().contains("form")) {
                return reader.read(new Upload(null, request.body()));
            }
            throw Refused.invalid("The bundle must come as part \"file\" of a multipart/form-data body, or as the body itself with"
                    + " Content-Type application/zip.");
        }
        String boundary = type.parameter("boundary");
        if (boundary == null) {
            throw Refused.invalid("The multipart body names no boundary.");
        }
        try {
            // Not closed: the request's body belongs to whoever brought it.
            return file(new MultipartReader(Okio.buffer(Okio.source(request.body())), boundary), reader);
        } catch (EOFException | ProtocolException e) {
            throw Refused.invalid("The upload is not complete, or is no multipart body: " + Ids.printable(e.getMessage()) + ".");
        }
    }

    private static <T> T file(MultipartReader parts, Reader<T> reader) throws IOException {
        for (MultipartReader.Part part = parts.nextPart(); part != null; part = parts.nextPart()) {
            String disposition = Optional.ofNullable(part.headers().get("Content-Disposition")).orElse("");
            if (find(PART, disposition).filter("file"::equals).isPresent()) {
                Upload upload = new Upload(find(FILE, disposition).orElse(null), part.body().inputStream());
                return reader.read(upload);
            }
        }
        throw Refused.invalid("The multipart body has no part \"file\".");
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) : Optional.empty();
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {

    private static final List<String> PIECES = List.of("\r", "\n", "\r\n", "--", "\r\n--", "\r\n--bound", "bound", "-", "x", "\r\n--boun\r\n--bound");

    @Property(tries = 500)
    void a_part_arrives_as_it_was_sent_however_the_bytes_come(
            @ForAll @Size(max = 30) List<@IntRange(max = 9) Integer> pieces, @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws IOException {
        StringBuilder content = new StringBuilder();
        pieces.forEach(piece -> content.append(PIECES.get(piece)));
        String body = "--boundary\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nother\r\n"
                + "--boundary\r\ncontent-disposition: form-data; filename=\"a; name=x.zip\"; name=\"file\"\r\nContent-Type: application/zip\r\n\r\n"
                + content + "\r\n--boundary--\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long length = new Multipart(slowly(body, chunk), "multipart/form-data; boundary=\"boundary\"").copyPart("file", out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(content.toString());
        assertThat(length).isEqualTo(content.length());
    }

    private static InputStream slowly(String body, int chunk) {
        return new FilterInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1))) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(length, chunk));
            }
        };
    }

    @Test
    void a_large_upload_passes_through_a_small_heap(@TempDir Path directory) throws Exception {
        long size = 300L << 20;
        Path zip = BundleZip.of("BIG", "v1").filler(size).writeTo(directory.resolve("big.zip"));
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory, "-cp", System.getProperty("java.class.path"),
                        EmbeddedNodeMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).matches("node http://127\\.0\\.0\\.1:\\d+ key \\S+");
            String[] words = line.split(" ");
            RequestBody body = new MultipartBody.Builder("b")
                    .setType(MultipartBody.FORM)
                    .addFormDataPart("file", "big.zip", RequestBody.create(zip.toFile(), MediaType.get("application/zip")))
                    .build();
            Request request = new Request.Builder()
                    .url(words[1] + "/public/api/projectsFromBundle/")
                    .header("Authorization", "Bearer " + words[3])
                    .post(body)
                    .build();
            try (var response = new OkHttpClient.Builder().readTimeout(java.time.Duration.ofMinutes(2)).build().newCall(request).execute()) {
                assertThat(response.body().string()).contains("\"projectKey\":\"BIG\"");
            }
        } finally {
            node.destroy();
            node.waitFor();
        }
    }

    @Test
    void an_upload_without_a_length_is_refused_unless_asked_for() throws Exception {
        byte[] zip = BundleZip.of("CHURN", "v1").bytes();
        for (boolean takes : new boolean[] {false, true}) {
            EmbeddedNode.Builder builder = EmbeddedNode.builder();
            try (EmbeddedNode node = (takes ? builder.takesChunkedUploads() : builder).start()) {
                RequestBody part = new RequestBody() {
                    @Override
                    public MediaType contentType() {
                        return MediaType.get("application/zip");
                    }

                    @Override
                    public void writeTo(okio.BufferedSink sink) throws IOException {
                        sink.write(zip);
                    }
                };
                Request request = new Request.Builder()
                        .url(node.url() + "/public/api/projectsFromBundle/")
                        .header("Authorization", "Bearer " + node.key())
                        .post(new MultipartBody.Builder().setType(MultipartBody.FORM).addFormDataPart("file", "b.zip", part).build())
                        .build();
                try (var response = new OkHttpClient().newCall(request).execute()) {
                    assertThat(response.code()).isEqualTo(takes ? 200 : 411);
                }
            }
        }
    }

    @Test
    void discarded_uploads_are_counted_and_still_understood() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.builder().discardUploads().world(DemoWorld::standard).start()) {
            Probe alice = new Probe(node).as("alice");
            BundleZip bundle = BundleZip.of("CHURN", "v1").scenario("TRAIN").filler(20 << 20);
            alice.deploy(bundle);
            assertThat(node.bytesUploaded()).isGreaterThan(20 << 20);
            assertThat(node.state().project("CHURN").scenarioIds()).containsExactly("TRAIN");
        }
    }

    @Test
    void what_arrives_has_the_digest_of_what_was_sent() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start("prod")) {
            byte[] zip = BundleZip.of("CHURN", "v1").filler(5 << 20).bytes();
            new Probe(node).as("alice").upload("/projectsFromBundle/", zip);
            ImportedBundle bundle = node.state().project("CHURN").importedBundle("v1").orElseThrow();
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(zip);
            assertThat(bundle.sha256()).isEqualTo(java.util.HexFormat.of().formatHex(digest));
            assertThat(bundle.size()).isEqualTo(zip.length);
        }
    }

    @Test
    void a_rate_limit_holds_for_all_uploads_together() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.builder().uploadRate(4 << 20).world(DemoWorld::standard).start()) {
            long start = System.nanoTime();
            new Probe(node).as("alice").upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").filler(2 << 20).bytes());
            assertThat(System.nanoTime() - start).as("2 MiB at 4 MiB/s take at least half a second").isGreaterThan(400_000_000L);
        }
    }
}

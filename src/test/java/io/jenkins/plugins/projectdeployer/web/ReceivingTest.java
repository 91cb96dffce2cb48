package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.store.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles on their way onto the controller. */
class ReceivingTest {

    private static final String UPLOAD = "/project-deployer/projects/bundles";

    @TempDir
    private Path directory;

    @Test
    void a_bundle_larger_than_the_heap_is_received_from_a_file_and_from_the_web() throws Exception {
        Path zip = BundleZip.of("CHURN", "v1").filler(45L << 20).writeTo(directory.resolve("large.zip"));
        Path said = directory.resolve("said");
        Process receiver = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx40m", "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                        Receiver.class.getName(), zip.toString())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();

        assertThat(receiver.waitFor()).as(Files.readString(said)).isZero();
        assertThat(said).content().endsWith("published " + Files.size(zip) + " uploaded 200\n");
    }

    /** Receives one file both ways, in a JVM whose heap is smaller. */
    public static final class Receiver {

        public static void main(String[] zip) throws IOException {
            Path file = Path.of(zip[0]);
            try (World world = new World(file.resolveSibling("home")); InputStream first = Files.newInputStream(file)) {
                Bundle published = world.deployer().publish("alice", null, null, first, "a file", null);
                try (InputStream second = new SequenceInputStream(Collections.enumeration(List.of(
                        text("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.zip\"\r\n\r\n"),
                        Files.newInputStream(file), text("\r\n--b--\r\n"))))) {
                    WebReply reply = new Caller(world, "alice").send("POST", UPLOAD, "multipart/form-data; boundary=b", second);
                    System.out.println("published " + published.size() + " uploaded " + reply.status());
                }
            }
        }

        private static InputStream text(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_directory_that_is_gone_is_told_of_without_its_path() throws IOException {
        try (World world = new World(directory)) {
            Caller alice = new Caller(world, "alice");
            assertThat(alice.upload(UPLOAD, BundleZip.of("CHURN", "v1").bytes()).status()).isEqualTo(200);
            Path bundles = directory.resolve("bundles");
            Files.move(bundles, directory.resolve("elsewhere"));
            Caller.Answer answer = alice.upload(UPLOAD, BundleZip.of("CHURN", "v2").bytes());

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error()).isEqualTo("UNAVAILABLE: The bundle was not kept: the controller's directory for bundles cannot"
                    + " be written (it is gone); have an administrator make room or repair it, then publish the bundle again.");
            Files.move(directory.resolve("elsewhere"), bundles);
            assertThat(alice.upload(UPLOAD, BundleZip.of("CHURN", "v2").bytes()).status()).isEqualTo(200);
        }
    }

    @Test
    void a_bundle_that_cannot_be_recorded_is_not_kept_either() {
        Disk disk = new Disk();
        try (World world = new World(directory).disk(disk)) {
            Caller alice = new Caller(world, "alice");
            assertThat(alice.get("/project-deployer/projects")).isEmpty();
            disk.fill();
            Caller.Answer answer = alice.upload(UPLOAD, BundleZip.of("CHURN", "v1").bytes());

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error()).isEqualTo("UNAVAILABLE: The controller's journal cannot be read or written, and what"
                    + " cannot be recorded is not done; have an administrator do what the controller's log says, then try again.");
            assertThat(directory.resolve("bundles")).isDirectoryNotContaining("glob:**.{zip,tmp}");
            disk.makeRoom();
            assertThat(alice.upload(UPLOAD, BundleZip.of("CHURN", "v1").bytes()).status()).isEqualTo(200);
        }
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An archive that travels for as long as a test likes: a named pipe, of which whoever reads sees no end. */
final class HeldArchive implements Closeable {

    private final Path pipe;
    private FileOutputStream writing;

    private HeldArchive(Path pipe) {
        this.pipe = pipe;
    }

    static HeldArchive at(Path pipe) throws Exception {
        Files.createDirectories(pipe.getParent());
        Files.deleteIfExists(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        return new HeldArchive(pipe);
    }

    /** Returns once somebody reads, who has got the first bytes of a zip file then. */
    void awaitReader() throws IOException {
        writing = new FileOutputStream(pipe.toFile());
        writing.write(new byte[] {'P', 'K', 3, 4});
        writing.flush();
    }

    static void replace(Path pipe, Path archive) throws IOException {
        Files.copy(archive, pipe, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (writing != null) {
            writing.close();
        }
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ArchiveStreamTest {

    private static final byte[] BYTES = {1, 2, 3, -1};

    @Test
    void what_ends_early_is_no_archive() throws IOException {
        assertThat(new ArchiveStream(new ByteArrayInputStream(BYTES), 4).readAllBytes()).isEqualTo(BYTES);
        assertThat(new ArchiveStream(new ByteArrayInputStream(BYTES), 0).readAllBytes()).as("it may have grown meanwhile").isEqualTo(BYTES);
        assertThatThrownBy(() -> new ArchiveStream(new ByteArrayInputStream(BYTES), 5).readAllBytes())
                .isInstanceOf(ArchiveStream.Unreadable.class).hasMessage("it ended after 4 of 5 bytes");
    }

    @Test
    void trouble_with_reading_it_is_told_from_other_trouble() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        assertThatThrownBy(() -> new ArchiveStream(broken, 5).read()).isInstanceOf(ArchiveStream.Unreadable.class).hasMessage("the disk is gone");
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateLinesTest {

    private final UpdateLines lines = new UpdateLines();

    @Test
    void lines_that_nobody_takes_are_left_out_and_the_end_is_told_all_the_same(@TempDir Path home) throws InterruptedException {
        Update ended;
        try (World world = new World(home).infrastructure("prod", "Production")) {
            ended = world.deploy(World.request("CHURN", "v1", "prod"));
        }
        for (int line = 0; line < 3 * UpdateLines.BOUND; line++) {
            lines.progress("line " + line);
        }
        lines.ended(ended);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        assertThat(lines.printTo(new PrintStream(printed, true, UTF_8))).contains(ended);

        assertThat(printed.toString(UTF_8).lines().filter(line -> line.startsWith("line "))).hasSize(UpdateLines.BOUND);
        assertThat(printed.toString(UTF_8)).contains("(" + 2 * UpdateLines.BOUND + " lines left out)", "FAILED");
    }

    @Test
    void a_caller_that_has_gone_is_told_nothing_more() throws InterruptedException {
        lines.progress("one");
        lines.progress("two");
        PrintStream gone = new PrintStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("gone");
            }
        }, true, UTF_8);

        assertThat(lines.printTo(gone)).isEmpty();
    }
}

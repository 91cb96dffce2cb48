package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WorkerLinesTest {
    private static final byte[] PREFIX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SecretMask nothing = new SecretMask(List.of());

    @Property(tries = 200)
    void messages_and_output_come_apart_wherever_the_stream_is_cut(
            @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 20) String> messages,
            @ForAll @AlphaChars @StringLength(max = 30) String noise,
            @ForAll @IntRange(min = 1, max = 50) int piece)
            throws IOException {
        StringBuilder stream = new StringBuilder();
        for (String message : messages) {
            stream.append(noise).append('\n').append("0123456789abcdef{").append(message).append("}\n");
        }
        byte[] bytes = stream.toString().getBytes(StandardCharsets.US_ASCII);
        HookOutput output = new HookOutput(0);
        WorkerLines lines = new WorkerLines(PREFIX, output);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            lines.take(part, part.length);
            for (byte[] m = lines.poll(); m != null; m = lines.poll()) {
                found.add(new String(m, StandardCharsets.US_ASCII));
            }
        }
        assertThat(found).containsExactlyElementsOf(messages.stream().map(m -> "{" + m + "}").toList());
        assertThat(output.text(nothing)).isEqualTo(noise.isEmpty() ? "" : (noise + "\n").repeat(messages.size()));
    }

    @Test
    void output_without_line_ends_is_passed_on_and_a_message_after_it_still_found() throws IOException {
        HookOutput output = new HookOutput(0);
        WorkerLines lines = new WorkerLines(PREFIX, output);
        byte[] flood = new byte[65536];
        Arrays.fill(flood, (byte) 'x');
        for (int i = 0; i < 100; i++) {
            lines.take(flood, flood.length);
        }
        byte[] message = "0123456789abcdef{}\n".getBytes(StandardCharsets.US_ASCII);
        lines.take(message, message.length);
        assertThat(lines.poll()).isEqualTo("{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(output.leftOut()).isEqualTo(100L * 65536 - HookOutput.KEPT);
    }

    @Test
    void a_message_without_end_is_refused() throws IOException {
        WorkerLines lines = new WorkerLines(PREFIX, new HookOutput(0));
        lines.take(PREFIX, PREFIX.length);
        byte[] flood = new byte[65536];
        Arrays.fill(flood, (byte) 'x');
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        lines.take(flood, flood.length);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("a message longer than 1048576 bytes");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"})
    void what_a_program_for_tables_would_compute_is_text(String outside) {
        assertThat(Csv.cell(outside)).startsWith("\"'");
    }

    @Test
    void any_other_text_stays_as_it_is() throws IOException {
        assertThat(Csv.stream(Stream.of(List.of("data-team", "", "a \"b\"", "c,d"), List.of("x"))))
                .hasContent("\"data-team\",\"\",\"a \"\"b\"\"\",\"c,d\"\r\n\"x\"\r\n");
    }

    @Test
    void a_table_is_made_line_by_line_while_it_is_read() throws IOException {
        AtomicInteger made = new AtomicInteger();
        Stream<List<String>> lines = Stream.generate(() -> List.of("line " + made.incrementAndGet()));

        WebReply reply = Csv.reply("table.csv", () -> lines);
        assertThat(made).as("nobody reads it yet").hasValue(0);
        assertThat(reply.length()).isEqualTo(WebReply.ANY_LENGTH);
        try (InputStream body = reply.body().open()) {
            assertThat(new String(body.readNBytes(20), StandardCharsets.UTF_8)).isEqualTo("\"line 1\"\r\n\"line 2\"\r\n");
        }
        assertThat(made.get()).isLessThan(5);
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void any_other_text_stays_as_it_is() {
        assertThat(Csv.text(List.of(List.of("data-team", "", "a \"b\"", "c,d"), List.of("x"))))
                .isEqualTo("\"data-team\",\"\",\"a \"\"b\"\"\",\"c,d\"\r\n\"x\"\r\n");
    }
}

package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonPrintableTest {

    @Test
    void what_would_move_a_terminal_is_escaped_and_means_the_same() {
        String text = "a\u001b\u007f\u0085\u009b31m\u202e\u2028\uD83D\uDE00é\uDB40\uDC01\"\\";

        String shown = Json.printable(Json.text(text));

        assertThat(Json.read(shown, String.class)).isEqualTo(text);
        assertThat(shown).contains("\\u007f", "\\u009b31m", "\\u202e", "é", "\uD83D\uDE00", "\\udb40\\udc01")
                .doesNotContain("\u007f", "\u009b", "\u202e");
    }
}

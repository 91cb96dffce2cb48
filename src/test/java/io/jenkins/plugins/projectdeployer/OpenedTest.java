package io.jenkins.plugins.projectdeployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {

    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    @Test
    void what_was_opened_first_is_closed_last_and_once() {
        opened.add(() -> closed.add("journal"));
        opened.add(() -> closed.add("engine"));
        opened.close();
        opened.close();

        assertThat(closed).containsExactly("engine", "journal");
    }

    @Test
    void parts_are_closed_although_others_cannot_be_and_all_failures_are_told() {
        opened.add(() -> closed.add("journal"));
        opened.add(() -> {
            throw new IOException("files are busy");
        });
        opened.add(() -> closed.add("hooks"));
        opened.add(() -> {
            throw new IllegalStateException("engine is stuck");
        });

        assertThatThrownBy(opened::close).hasMessageContaining("engine is stuck")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement()
                        .satisfies(other -> assertThat(other).hasMessageContaining("files are busy")));
        assertThat(closed).containsExactly("hooks", "journal");
    }
}

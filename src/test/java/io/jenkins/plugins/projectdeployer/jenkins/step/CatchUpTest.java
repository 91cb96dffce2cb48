package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpTest {

    @Test
    void a_line_is_known_also_where_timestamper_has_written_when_before_it() {
        CatchUp catchUp = CatchUp.printed("[2026-11-23T01:02:03.004Z] WARNING (prod) none of them is created\nsend: prod\n");

        assertThat(catchUp.has("WARNING (prod) none of them is created")).isTrue();
        assertThat(catchUp.has("send: prod")).isTrue();
        assertThat(catchUp.has("INFO something else")).isFalse();
    }
}

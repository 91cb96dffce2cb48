package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_are_as_wide_as_their_widest_cell_and_nothing_stands_behind_the_last() {
        Table table = new Table("stage", "by").row("Production", "bob").row("Test", null);

        assertThat(table.lines()).containsExactly("stage       by", "Production  bob", "Test        -");
    }
}

package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenTest {

    @Test
    void a_variable_that_is_not_set_is_refused_by_the_name_of_the_parameter() {
        assertThatThrownBy(() -> Written.texts("testScenarios", Arrays.asList("SMOKE", null)))
                .isInstanceOf(Refused.class).hasMessageStartingWith("testScenarios has null");
        assertThatThrownBy(() -> Written.variables(Map.of("limits", Collections.singletonMap(null, 1))))
                .isInstanceOf(Refused.class).hasMessageStartingWith("variables has null");
        assertThatThrownBy(() -> Written.switches("scenarios", Collections.singletonMap(null, true)))
                .isInstanceOf(Refused.class).hasMessageStartingWith("scenarios ");
    }

    @Test
    void a_text_with_a_variable_in_it_is_a_text() {
        assertThat(Written.texts("testScenarios", List.of(new StringBuilder("SMOKE_EU")))).containsExactly("SMOKE_EU");
        assertThat(Written.texts("testScenarios", null)).isNull();
    }
}

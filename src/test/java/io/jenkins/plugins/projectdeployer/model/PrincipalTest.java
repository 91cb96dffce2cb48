package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"group\":\"release\"}", "{\"user\":\"alice\"}"})
    void a_principal_goes_to_json_and_back(String json) throws JsonProcessingException {
        Principal read = Json.MAPPER.readValue(json, Principal.class);

        assertThat(Json.MAPPER.writeValueAsString(read)).isEqualTo(json);
    }

    @Test
    void both_a_group_and_a_user_or_neither_is_refused() {
        assertThatThrownBy(() -> new Principal("release", "alice")).hasMessageContaining("not both");
        assertThatThrownBy(() -> new Principal(" ", null)).hasMessageContaining("not neither");
    }
}

package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:11ab:", ":alice:11ab", "alice:11ab"})
    void basic_holds_the_key_as_user_name_or_as_password(String credentials) {
        assertThat(ApiKey.of(basic(credentials))).contains(new ApiKey("alice", "11ab"));
    }

    @ParameterizedTest
    @CsvSource({"Bearer alice:11ab", "bearer  alice:11ab", "' Bearer alice:11ab '"})
    void bearer_holds_the_key_itself(String header) {
        assertThat(ApiKey.of(header)).contains(new ApiKey("alice", "11ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ???", "Bearer", "Bearer opaque", "Digest alice:11ab", "Bearer alice:", "Bearer :11ab"})
    void anything_else_is_no_key(String header) {
        assertThat(ApiKey.of(header)).isEmpty();
        assertThat(ApiKey.of(null)).isEmpty();
        assertThat(ApiKey.of(basic("alice:"))).isEmpty();
        assertThat(ApiKey.of(basic("::"))).isEmpty();
    }

    @Test
    void the_token_is_never_printed() {
        assertThat(ApiKey.of("Bearer alice:11ab").orElseThrow().toString()).doesNotContain("11ab");
    }
}

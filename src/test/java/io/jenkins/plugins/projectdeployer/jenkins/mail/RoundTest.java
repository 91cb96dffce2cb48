package io.jenkins.plugins.projectdeployer.jenkins.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One piece of news to several people. */
class RoundTest {

    private static final List<String> THREE = List.of("alice@example.com", "bob@example.com", "carol@example.com");

    private final List<String> tried = new ArrayList<>();

    @Test
    void a_server_that_cannot_be_reached_is_tried_once() {
        assertThatThrownBy(() -> Round.of(THREE, address -> {
            tried.add(address);
            throw new Exception("Couldn't connect to host", new ConnectException("Connection refused"));
        })).hasMessage("Couldn't connect to host");

        assertThat(tried).containsExactly("alice@example.com");
    }

    @Test
    void an_address_that_is_refused_keeps_nobody_else_from_being_told() {
        assertThatThrownBy(() -> Round.of(THREE, address -> {
            tried.add(address);
            if (!address.startsWith("carol")) {
                throw new Exception("550 nobody here is " + address);
            }
        })).hasMessage("550 nobody here is alice@example.com").hasSuppressedException(new Exception("550 nobody here is bob@example.com"));

        assertThat(tried).isEqualTo(THREE);
    }
}

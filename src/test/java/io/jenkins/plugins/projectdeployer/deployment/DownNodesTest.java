package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownNodesTest {

    private static final String URL = "https://prod.example.com";

    private Instant now = Instant.EPOCH;

    private final DownNodes down = new DownNodes(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    private void fails() {
        down.failed(URL, "prod", Kind.UNREACHABLE, 7);
    }

    private boolean silent() {
        return down.silent(URL, 7).isPresent();
    }

    @Test
    void a_node_is_left_alone_for_twice_as_long_each_time_and_for_ten_minutes_at_most() {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            fails();
            Instant begun = now;
            while (silent()) {
                now = now.plusSeconds(30);
            }
            pauses.add(Duration.between(begun, now));
        }

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(30L, 60L, 120L, 240L, 480L, 600L, 600L);
        down.answered(URL);
        fails();
        now = now.plusSeconds(30);
        assertThat(silent()).as("what has answered begins anew").isFalse();
    }

    @Test
    void questions_that_are_asked_at_once_or_in_spite_of_it_count_once() {
        for (int i = 0; i < 20; i++) {
            down.askAgain(List.of(new NodeAddress(URL, "key")));
            assertThat(silent()).isFalse();
            fails();
            assertThat(silent()).isTrue();
        }
        now = now.plus(DownNodes.FIRST_WAIT);
        assertThat(silent()).as("not after ten minutes only").isFalse();
    }

    @Test
    void what_concerns_one_project_alone_is_not_the_nodes_and_what_is_the_nodes_names_no_project() {
        for (Kind kind : List.of(Kind.REFUSED, Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.UNEXPECTED)) {
            down.failed(URL, "prod", kind, 7);
            assertThat(silent()).as("%s", kind).isFalse();
        }
        fails();
        assertThat(down.silent(URL, 7).orElseThrow().text()).isEqualTo(
                "Node prod could not be asked a moment ago; it is asked again within 10 minutes.");
    }

    @Test
    void a_newer_update_and_a_decision_ask_at_once() {
        fails();
        assertThat(silent()).isTrue();
        assertThat(down.silent(URL, 8)).isEmpty();
        assertThat(down.silent("https://dev.example.com", 7)).isEmpty();
        down.askAgain(List.of(new NodeAddress(URL, "key")));
        assertThat(silent()).isFalse();
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.BundleRetention;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the daily look asks the records for; what they make of it is their own test. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

    private final List<String> asked = new ArrayList<>();
    private long forgotten;

    private void look(int keepDetailsDays) {
        Configuration configuration = new Configuration(null, null, null, null, null, null, null,
                new BundleStorage(null, 0, 0, 0, 0, keepDetailsDays));
        Records records = (Records) Proxy.newProxyInstance(Records.class.getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "projects" -> List.of();
                    case "forgetDetails" -> {
                        asked.add("forget what ended before " + arguments[0]);
                        yield forgotten;
                    }
                    case "audit" -> {
                        asked.add("note " + arguments[0]);
                        yield null;
                    }
                    default -> throw new AssertionError(method.getName());
                });
        try (Retention retention = new Retention(
                () -> configuration, new BundleRetention(records, null), records, Clock.fixed(NOW, ZoneOffset.UTC))) {
            retention.everything();
        }
    }

    @Test
    void details_go_after_as_many_days_as_are_configured_and_the_journal_says_so() {
        forgotten = 7;
        look(30);
        assertThat(asked).containsExactly(
                "forget what ended before " + NOW.minus(Duration.ofDays(30)), "note details-replaced");
    }

    @Test
    void nothing_is_noted_on_a_day_on_which_nothing_went() {
        look(365);
        assertThat(asked).containsExactly("forget what ended before " + NOW.minus(Duration.ofDays(365)));
    }

    @Test
    void details_stay_for_ever_where_that_is_configured() {
        look(0);
        assertThat(asked).isEmpty();
    }
}

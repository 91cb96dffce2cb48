package io.jenkins.plugins.projectdeployer.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The number in Jenkins' header. */
class WaitingCountTest {

    private final AtomicReference<Object> page = new AtomicReference<>();

    private WaitingCount count(IntSupplier counting) {
        return WaitingCount.once(page::get, page::set, counting);
    }

    @Test
    void a_page_counts_once_however_often_it_asks() {
        AtomicInteger times = new AtomicInteger();
        IntSupplier counting = () -> 3 + times.getAndIncrement();

        assertThat(count(counting).number()).isEqualTo(3);
        assertThat(count(counting).number()).isEqualTo(3);
        assertThat(times).hasValue(1);
    }

    @Test
    void a_failure_reaches_no_page_and_the_sign_has_no_number() {
        WaitingCount count = count(() -> {
            throw new IllegalStateException("the journal cannot be written");
        });

        assertThat(count.isShown()).isTrue();
        assertThat(count.isKnown()).isFalse();
        assertThat(count(() -> 1)).as("nor is it tried again on the same page").isEqualTo(count);
    }

    @Test
    void nothing_shows_no_sign_and_many_are_not_counted_to_their_end() {
        assertThat(count(() -> 0).isShown()).isFalse();
        page.set(null);
        assertThat(count(() -> WaitingCount.ENOUGH).text()).isEqualTo("99+");
        page.set(null);
        assertThat(count(() -> 99).text()).isEqualTo("99");
    }
}

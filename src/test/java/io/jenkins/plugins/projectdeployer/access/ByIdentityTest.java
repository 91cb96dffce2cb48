package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByIdentityTest {

    private final ByIdentity<Object, Integer> values = new ByIdentity<>();
    private final AtomicInteger computed = new AtomicInteger();

    @Test
    void a_value_is_computed_once_for_an_object_and_anew_for_its_equal() {
        Object object = new String("same");
        Object equal = new String("same");

        assertThat(values.get(object, it -> computed.incrementAndGet())).isEqualTo(1);
        assertThat(values.get(object, it -> computed.incrementAndGet())).isEqualTo(1);
        assertThat(values.get(equal, it -> computed.incrementAndGet())).isEqualTo(2);
    }

    @Test
    void values_of_objects_that_are_gone_are_forgotten() {
        for (int i = 0; i < 100; i++) {
            values.get(new Object(), it -> computed.incrementAndGet());
        }
        await().until(() -> {
            System.gc();
            return values.size() == 0;
        });
    }
}

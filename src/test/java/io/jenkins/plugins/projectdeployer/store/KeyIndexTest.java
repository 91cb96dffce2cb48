package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    @Test
    void every_key_is_found_among_many_and_unknown_ones_are_not() {
        KeyIndex index = new KeyIndex();
        UUID[] keys = new UUID[20_000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new UUID(i * 31L, ~i);
            index.add(keys[i].toString(), i + 1);
        }
        for (int i = 0; i < keys.length; i++) {
            assertThat(index.find(keys[i].toString())).contains(i + 1).hasSizeLessThan(3);
        }
        assertThat(index.find("another")).isEmpty();
    }
}

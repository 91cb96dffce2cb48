package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.IntStream;
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

    @Test
    void what_is_removed_is_gone_and_what_stays_is_found_once_with_its_last_number() {
        KeyIndex index = new KeyIndex();
        for (int round = 1; round <= 50; round++) {
            for (int i = 0; i < 1_000; i++) {
                index.replace("key-" + i, round * 1_000 + i);
            }
            for (int i = 0; i < 1_000; i += 2) {
                index.remove("key-" + i);
            }
            index.remove("never there");
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(index.find("key-" + i)).containsExactly(i % 2 == 0 ? new int[0] : new int[] {50_000 + i});
        }
        assertThat(index.numbers()).hasSize(500);
    }

    @Test
    void it_is_the_same_read_back() throws IOException {
        KeyIndex index = new KeyIndex();
        IntStream.rangeClosed(1, 5_000).forEach(i -> index.add("key-" + i % 4_000, i));
        index.replace("another", 5_001);
        index.remove("another");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        index.write(new DataOutputStream(written));

        KeyIndex read = KeyIndex.read(new DataInputStream(new ByteArrayInputStream(written.toByteArray())), written.size());

        assertThat(read.find("key-7")).containsExactlyInAnyOrder(7, 4_007);
        assertThat(read.find("key-3999")).containsExactly(3_999);
        assertThat(read.find("another")).isEmpty();
        assertThat(read.numbers()).hasSize(5_000);
    }
}

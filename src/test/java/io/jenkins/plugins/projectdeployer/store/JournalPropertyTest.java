package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class JournalPropertyTest {

    @Property(tries = 60)
    void any_text_travels_straight(@ForAll @Size(max = 5) List<Map<String, String>> entries) throws IOException {
        Path home = Files.createTempDirectory("journal");
        try {
            try (FileJournal journal = JournalFixture.open(home, 1_000)) {
                for (Map<String, String> entry : entries) {
                    journal.append("test.entry", object(entry), object(entry));
                }
            }
            try (FileJournal journal = JournalFixture.open(home, 1_000)) {
                List<Entry> read = JournalFixture.all(journal);
                assertThat(read).hasSameSizeAs(entries);
                for (int i = 0; i < entries.size(); i++) {
                    assertThat(read.get(i).facts()).isEqualTo(object(entries.get(i)));
                    assertThat(read.get(i).payload()).contains(object(entries.get(i)));
                }
            }
        } finally {
            delete(home);
        }
    }

    /** Whichever single byte of a whole journal is changed, checking against an anchor finds it. */
    @Example
    void no_byte_can_be_changed_unseen() throws IOException {
        Path home = Files.createTempDirectory("journal");
        try {
            Anchor head;
            try (FileJournal journal = JournalFixture.open(home)) {
                JournalFixture.fill(journal, 3);
                head = journal.head();
            }
            Path segment = home.resolve("journal-000001.jsonl");
            byte[] bytes = Files.readAllBytes(segment);
            Random random = new Random(7);
            for (int place = 0; place < bytes.length; place++) {
                byte[] changed = bytes.clone();
                changed[place] ^= (byte) (1 + random.nextInt(255));
                Files.write(segment, changed);
                assertThat(JournalVerifier.verify(home, Optional.of(head))).as("byte " + place)
                        .isInstanceOf(JournalVerifier.Broken.class);
            }
        } finally {
            delete(home);
        }
    }

    private static ObjectNode object(Map<String, String> entries) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        entries.forEach(object::put);
        return object;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

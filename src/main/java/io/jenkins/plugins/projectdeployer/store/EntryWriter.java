package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** Adds entries, each of which takes effect once it is durable. Hold its monitor while something is checked and written. */
final class EntryWriter {

    private final Journal journal;
    private final Consumer<Entry> apply;
    private final Consumer<Entry> afterwards;
    private volatile Anchor applied;

    /**
     * @param apply what an entry does to the state
     * @param afterwards told of the newest entry when all that were added with it have taken effect
     */
    EntryWriter(Journal journal, Consumer<Entry> apply, Consumer<Entry> afterwards) {
        this.journal = journal;
        this.apply = apply;
        this.afterwards = afterwards;
        this.applied = journal.head();
    }

    /** The newest entry that has taken effect: whoever reads the state after this finds what it says. */
    Anchor applied() {
        return applied;
    }

    Entry write(String type, JsonNode facts, JsonNode payload) {
        return write(List.of(new Journal.NewEntry(type, (ObjectNode) facts, payload)), apply).get(0);
    }

    /** The same for several at once, and for whoever knows what they do without reading them. */
    List<Entry> write(List<Journal.NewEntry> added, Consumer<Entry> applying) {
        List<Entry> entries = journal.append(added);
        for (Entry entry : entries) {
            applying.accept(entry);
            applied = entry.anchor();
        }
        afterwards.accept(entries.get(entries.size() - 1));
        return entries;
    }
}

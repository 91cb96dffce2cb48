package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The one record of everything that happened: entries are only ever added, each bound to the one before by its hash.
 *
 * <p>All other state is derived from it (design 8). The interface is narrow on purpose, so that several controllers
 * can later share one journal in a database. Implementations are safe for use by many threads.
 */
public interface Journal extends Closeable {

    /** How many entries can be added at once. */
    int AT_ONCE = 4;

    /**
     * An entry to be added.
     *
     * @param type what happened: lower-case letters, digits, dots and hyphens
     * @param facts what the audit keeps for ever; no secrets
     * @param payload the bulk that retention may later replace by its digest, or null
     */
    record NewEntry(String type, ObjectNode facts, JsonNode payload) {}

    /**
     * Adds entries and returns when they are on stable storage; the order of entries is the order of their numbers. A
     * crash meanwhile leaves the first of them, or none.
     *
     * @param entries one to {@value #AT_ONCE}
     * @throws JournalException when they could not be made durable; they will then not be seen by anybody
     */
    List<Entry> append(List<NewEntry> entries);

    /** Adds one entry. */
    default Entry append(String type, ObjectNode facts, JsonNode payload) {
        return append(List.of(new NewEntry(type, facts, payload))).get(0);
    }

    /** Gives every entry numbered above {@code after}, in order, up to the head at the time of the call. */
    void replay(long after, Consumer<Entry> reader);

    /** Gives these entries, whose numbers are in rising order; cheaper than reading all when they are few. */
    void replay(long[] seqs, Consumer<Entry> reader);

    /** Gives every entry, in order. */
    default void replay(Consumer<Entry> reader) {
        replay(0, reader);
    }

    /**
     * Reads one entry back.
     *
     * @throws JournalException when there is no entry of that number, or it cannot be read
     */
    Entry read(long seq);

    /**
     * Replaces payloads by their digests; numbers, facts and hashes stay as they are. Newest entries may be left out.
     *
     * @param until the number of an entry: payloads from there on stay
     * @param outlived which of those before it no longer need their payload
     * @return how many payloads were removed
     */
    long dropPayloads(long until, Predicate<Entry> outlived);

    /** The number and hash of the newest entry: what to keep elsewhere to show later that nothing was changed. */
    Anchor head();

    @Override
    void close();
}

package io.jenkins.plugins.projectdeployer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A journal without a disk that counts how often single entries are read back. Not for several threads. */
final class CountingJournal implements Journal {

    int reads;
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public List<Entry> append(List<NewEntry> added) {
        for (NewEntry one : added) {
            entries.add(JournalLine.write(
                    head(), RecordsFixture.NOW.plusSeconds(entries.size()), one.type(), one.facts(), one.payload()).entry());
        }
        return entries.subList(entries.size() - added.size(), entries.size());
    }

    @Override
    public void replay(long after, Consumer<Entry> reader) {
        entries.subList((int) after, entries.size()).forEach(reader);
    }

    @Override
    public void replay(long[] seqs, Consumer<Entry> reader) {
        for (long seq : seqs) {
            reader.accept(entries.get((int) seq - 1));
        }
    }

    @Override
    public Entry read(long seq) {
        reads++;
        return entries.get((int) seq - 1);
    }

    @Override
    public long dropPayloads(long until, Predicate<Entry> outlived) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Anchor head() {
        return entries.isEmpty() ? Anchor.START : entries.get(entries.size() - 1).anchor();
    }

    @Override
    public void close() {}
}

package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Moment;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The journal as files of JSON lines in one directory, for one controller.
 *
 * <p>Segments {@code journal-000001.jsonl}, … of 64 MiB; one fsync for what is added at once. A line that a crash left unfinished at
 * the very end is dropped and reported; damage anywhere else is refused by file and line. After a write that failed,
 * nothing is added until the disk has taken an entry of type {@value #RESUMED}, which says so in the journal itself.
 */
public final class FileJournal implements Journal {

    /** Type of the entry that proves, after a failed write, that the journal can be written again. */
    public static final String RESUMED = "journal.resumed";

    static final long SEGMENT_BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger(FileJournal.class.getName());
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final Path directory;
    private final Clock clock;
    private final long segmentBytes;
    private final SegmentFile.Opener opener;
    private final DirectoryLock directoryLock;
    /** Held while an entry is written. */
    private final ReentrantLock writing = new ReentrantLock();
    /** Held while payloads are dropped, which may take long. */
    private final ReentrantLock retention = new ReentrantLock();
    /** Readers hold it while they find and open a file, so that none is replaced between the two. */
    private final ReentrantReadWriteLock files = new ReentrantReadWriteLock();

    /** What readers see. */
    private volatile Durable durable;
    private volatile boolean isClosed;
    /** Guarded by {@link #writing}. */
    private Tail tail;
    /** Guarded by {@link #writing}; null while all is well. */
    private Failure failure;

    private record Failure(Instant at, String reason) {}

    /**
     * Opens the journal in {@code directory}, making it where it does not exist.
     *
     * @throws JournalException when it cannot be written, is in use, or is damaged elsewhere than at its end
     */
    public static FileJournal open(Path directory, Clock clock) {
        return open(directory, clock, SEGMENT_BYTES, SegmentFile::onDisk);
    }

    static FileJournal open(Path directory, Clock clock, long segmentBytes, SegmentFile.Opener opener) {
        DirectoryLock held = null;
        try {
            Directories.makePrivate(directory);
            held = DirectoryLock.take(directory, "journal in");
            FileJournal journal = new FileJournal(directory.toRealPath(), clock, segmentBytes, opener, held);
            journal.load();
            return journal;
        } catch (IOException e) {
            release(held);
            String why = e instanceof AccessDeniedException ? "permission denied" : reason(e);
            throw new JournalException("The journal in " + directory.toAbsolutePath() + " cannot be opened for writing ("
                    + why + "): give the user that runs Jenkins write access to this directory, or move it.", e);
        } catch (RuntimeException e) {
            release(held);
            throw e;
        }
    }

    private FileJournal(Path directory, Clock clock, long segmentBytes, SegmentFile.Opener opener, DirectoryLock held) {
        this.directory = directory;
        this.clock = clock;
        this.segmentBytes = segmentBytes;
        this.opener = opener;
        this.directoryLock = held;
    }

    private void load() throws IOException {
        Directories.removeUnfinished(directory);
        List<Path> paths = Segments.list(directory);
        List<Segment> closed = new ArrayList<>();
        Anchor head = Anchor.START;
        try {
            for (int i = 0; i + 1 < paths.size(); i++) {
                Segment segment = Sidecar.segment(paths.get(i), head);
                closed.add(segment);
                head = segment.head();
            }
            tail = paths.isEmpty()
                    ? Tail.begin(Segments.path(directory, 1), head, opener)
                    : Tail.load(paths.get(paths.size() - 1), head, opener);
        } catch (SegmentReader.Damage e) {
            throw new JournalException("The journal in " + directory + " is damaged or was changed: " + e.where() + ": "
                    + e.getMessage() + ". Restore this file from a backup, or move the whole directory away to begin a"
                    + " new history, which needs a bundle directory of its own.", e);
        }
        durable = new Durable(closed, tail.segment());
    }

    /** What was dropped at the end when the journal was opened, as a sentence; empty after an orderly stop. */
    public Optional<String> droppedTail() {
        return tail.dropped();
    }

    @Override
    public List<Entry> append(List<NewEntry> entries) {
        if (entries.isEmpty() || entries.size() > AT_ONCE) {
            throw new IllegalArgumentException(entries.size() + " entries at once");
        }
        for (NewEntry entry : entries) {
            if (!TYPE.matcher(entry.type()).matches()) {
                throw new IllegalArgumentException("No type of entry: " + entry.type());
            }
        }
        writing.lock();
        try {
            requireOpen();
            if (failure != null || tail.failed()) {
                resume();
            }
            return add(entries);
        } finally {
            writing.unlock();
        }
    }

    private List<Entry> add(List<NewEntry> entries) {
        List<JournalLine.Written> lines = lines(entries);
        Entry first = lines.get(0).entry();
        try {
            if (tail.segment().bytes() > 0 && tail.segment().bytes() + Tail.length(lines) > segmentBytes) {
                rotate();
            }
            tail.write(lines);
        } catch (IOException e) {
            failure = new Failure(clock.instant(), reason(e));
            throw new JournalException("Entry " + first.seq() + " (" + first.type() + ") could not be written to "
                    + tail.segment().path() + " (" + reason(e) + "): nothing was recorded; make room or repair the disk,"
                    + " then try again.", e);
        }
        durable = durable.with(tail.segment());
        return lines.stream().map(JournalLine.Written::entry).toList();
    }

    private List<JournalLine.Written> lines(List<NewEntry> entries) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Anchor head = durable.head();
        List<JournalLine.Written> lines = new ArrayList<>();
        for (NewEntry entry : entries) {
            JournalLine.Written line = JournalLine.write(head, lines.size(), now, entry.type(), entry.facts(), entry.payload());
            if (line.bytes().length > JournalLine.MAX_BYTES) {
                throw new EntryTooLarge("An entry of type " + entry.type() + " has " + line.bytes().length
                        + " bytes, more than the " + JournalLine.MAX_BYTES + " that the journal takes.");
            }
            lines.add(line);
            head = line.entry().anchor();
        }
        return lines;
    }

    /** Cuts off what the failed write left, and proves by an entry that the disk takes it. */
    private void resume() {
        Failure past = failure == null ? new Failure(clock.instant(), "the write was cut short") : failure;
        try {
            tail.reopen();
            add(List.of(new NewEntry(RESUMED, JsonNodeFactory.instance.objectNode()
                    .put("failedAt", past.at().toString())
                    .put("reason", past.reason()), null)));
            failure = null;
            LOG.info(() -> "The journal in " + directory + " can be written again.");
        } catch (IOException | JournalException e) {
            failure = past;
            throw new JournalException("The journal in " + directory + " takes no entries since a write failed at "
                    + Moment.words(past.at()) + " (" + past.reason() + "), and still cannot be written ("
                    + reason(e.getCause() instanceof IOException cause ? cause : e)
                    + "): make room or repair the disk.", e);
        }
    }

    private void rotate() throws IOException {
        Segment full = tail.segment();
        Tail next = Tail.begin(Segments.path(directory, durable.closed().size() + 2), full.head(), opener);
        tail.close();
        tail = next;
        durable = durable.closing(next.segment());
        Sidecar.leave(full);
    }

    @Override
    public Anchor head() {
        return durable.head();
    }

    @Override
    public Entry read(long seq) {
        try (SegmentReader reader = readerAt(seq)) {
            Entry entry = reader.next();
            if (entry != null && entry.seq() == seq) {
                return entry;
            }
            throw misplaced(seq);
        } catch (IOException e) {
            throw new JournalException("Entry " + seq + " of the journal in " + directory + " cannot be read: "
                    + reason(e), e);
        } catch (SegmentReader.Damage e) {
            throw damaged(e);
        }
    }

    @Override
    public void replay(long after, Consumer<Entry> consumer) {
        long last = head().seq();
        long next = after + 1;
        while (next <= last) {
            try (SegmentReader reader = readerAt(next)) {
                for (Entry entry = reader.next(); entry != null && next <= last; entry = reader.next()) {
                    consumer.accept(entry);
                    next++;
                }
            } catch (IOException e) {
                throw new JournalException("The journal in " + directory + " cannot be read from entry " + next + " on: "
                        + reason(e), e);
            } catch (SegmentReader.Damage e) {
                throw damaged(e);
            }
        }
    }

    @Override
    public void replay(long[] seqs, Consumer<Entry> consumer) {
        int at = 0;
        while (at < seqs.length) {
            try {
                at = replay(placeOf(seqs[at]), seqs, at, consumer);
            } catch (IOException e) {
                throw new JournalException("The journal in " + directory + " cannot be read from entry " + seqs[at]
                        + " on: " + reason(e), e);
            } catch (SegmentReader.Damage e) {
                throw damaged(e);
            }
        }
    }

    /** Gives those of one segment, and answers how many have been given then. */
    private int replay(Place place, long[] seqs, int from, Consumer<Entry> consumer)
            throws IOException, SegmentReader.Damage {
        int at = from;
        try (SegmentReader reader = place.reader()) {
            for (Entry entry = reader.next(); entry != null;
                    entry = at < seqs.length && place.segment().holds(seqs[at])
                            ? next(place.segment(), reader, entry.seq(), seqs[at]) : null) {
                if (entry.seq() != seqs[at]) {
                    throw misplaced(seqs[at]);
                }
                consumer.accept(entry);
                at++;
            }
        }
        if (at == from) {
            throw misplaced(seqs[at]);
        }
        return at;
    }

    /** Nearby ones are reached by passing over lines, others by the segment's marks. */
    private static Entry next(Segment segment, SegmentReader reader, long read, long wanted)
            throws IOException, SegmentReader.Damage {
        long between = wanted - read - 1;
        return between < Segment.STRIDE ? reader.nextAfter(between) : segment.read(reader, wanted);
    }

    /** Where it is: a place for what is derived from it, and what {@link JournalVerifier} reads. */
    public Path directory() {
        return directory;
    }

    /** A segment, and a reader in it. */
    private record Place(Segment segment, SegmentReader reader) {}

    private SegmentReader readerAt(long seq) throws IOException {
        return placeOf(seq).reader();
    }

    private Place placeOf(long seq) throws IOException {
        files.readLock().lock();
        try {
            requireOpen();
            Segment segment = durable.holding(seq).orElseThrow(() -> new JournalException("The journal in " + directory
                    + " has no entry " + seq + "; its newest is " + head().seq() + "."));
            return new Place(segment, segment.readerAt(seq));
        } finally {
            files.readLock().unlock();
        }
    }

    private JournalException misplaced(long seq) {
        return new JournalException("Entry " + seq + " is not where the journal in " + directory
                + " should have it: verify the journal.");
    }

    /** {@inheritDoc} Only closed segments are rewritten. */
    @Override
    public long dropPayloads(long until, Predicate<Entry> outlived) {
        retention.lock();
        try {
            requireOpen();
            List<Segment> segments = durable.closed();
            long dropped = 0;
            for (int i = 0; i < segments.size() && segments.get(i).before().seq() + 1 < until; i++) {
                Rewrite rewrite = Rewrite.withoutPayloads(segments.get(i), entry -> entry.seq() < until && outlived.test(entry));
                if (rewrite.dropped() > 0) {
                    put(i, rewrite);
                }
                dropped += rewrite.dropped();
            }
            return dropped;
        } catch (IOException e) {
            throw new JournalException("Payloads of the journal in " + directory + " could not be removed: " + reason(e),
                    e);
        } catch (SegmentReader.Damage e) {
            throw damaged(e);
        } finally {
            retention.unlock();
        }
    }

    private void put(int index, Rewrite rewrite) throws IOException {
        writing.lock();
        files.writeLock().lock();
        try {
            requireOpen();
            Directories.rename(rewrite.file(), rewrite.segment().path());
            durable = durable.with(index, rewrite.segment());
        } finally {
            files.writeLock().unlock();
            writing.unlock();
        }
        Sidecar.leave(rewrite.segment());
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                tail.close();
                release(directoryLock);
            }
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new JournalException("The journal in " + directory + " is closed.");
        }
    }

    private JournalException damaged(SegmentReader.Damage e) {
        return new JournalException("The journal in " + directory + " is damaged or was changed while it was open: "
                + e.where() + ": " + e.getMessage() + ". Restore this file from a backup.", e);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void release(DirectoryLock held) {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not release the journal's lock", e);
        }
    }
}

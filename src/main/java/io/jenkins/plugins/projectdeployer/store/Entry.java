package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One entry of the {@link Journal}: what happened, when, and how it is bound to the entry before. */
public final class Entry {

    private final long seq;
    private final String at;
    private final String type;
    private final byte[] factBytes;
    private final String payloadDigest;
    private final byte[] payload;
    private final String previous;
    private final String hash;
    /** Read when they are asked for: most entries are passed over when a journal is opened. */
    private Instant time;
    private ObjectNode facts;

    Entry(long seq, String at, String type, byte[] factBytes, String payloadDigest, byte[] payload,
            String previous, String hash) {
        this.seq = seq;
        this.at = at;
        this.type = type;
        this.factBytes = factBytes;
        this.payloadDigest = payloadDigest;
        this.payload = payload;
        this.previous = previous;
        this.hash = hash;
    }

    /** The same, fresh from its writer, who spares everybody to read it. */
    Entry knowing(Instant writtenAt, ObjectNode writtenFacts) {
        time = writtenAt;
        facts = writtenFacts.deepCopy();
        return this;
    }

    /** Number, from 1, without gaps. */
    public long seq() {
        return seq;
    }

    /** When it was written, to the millisecond, by the controller's clock. */
    public Instant at() {
        Instant read = time;
        if (read == null) {
            read = Instant.parse(at);
            time = read;
        }
        return read;
    }

    public String type() {
        return type;
    }

    /** What stays for ever. Read it, do not change it. */
    public ObjectNode facts() {
        ObjectNode read = facts;
        if (read == null) {
            read = (ObjectNode) JournalLine.parse(factBytes);
            facts = read;
        }
        return read;
    }

    /** The bulk; empty when there was none or when retention has replaced it, see {@link #payloadDigest()}. */
    public Optional<JsonNode> payload() {
        return payload == null ? Optional.empty() : Optional.of(JournalLine.parse(payload));
    }

    byte[] payloadBytes() {
        return payload;
    }

    /** SHA-256 of the payload's bytes as they were written; empty when the entry never had a payload. */
    public Optional<String> payloadDigest() {
        return Optional.ofNullable(payloadDigest);
    }

    /** Whether there was a payload that retention has replaced by its digest. */
    public boolean payloadReplaced() {
        return payloadDigest != null && payload == null;
    }

    /** Hash of the entry before. */
    public String previous() {
        return previous;
    }

    /** Hash of this entry: over its number, time, type, facts, its payload's digest and {@link #previous()}. */
    public String hash() {
        return hash;
    }

    public Anchor anchor() {
        return new Anchor(seq, hash);
    }

    @Override
    public String toString() {
        return seq + " " + type + " " + at;
    }
}

package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One thing that is read of a node together with others.
 *
 * @param <O> what it is read as
 */
public final class Reading<O> {

    /** The call, or the calls, that read it. */
    @FunctionalInterface
    public interface Call<O> {
        /** Reads it; never null. */
        O read() throws NodeException;
    }

    private final Call<O> call;
    private O answer;

    private Reading(Call<O> call) {
        this.call = call;
    }

    /** To be read with {@link #all}. */
    public static <O> Reading<O> of(Call<O> call) {
        return new Reading<>(call);
    }

    /**
     * Reads all of them, a few at a time.
     *
     * @throws NodeException of the first in order that failed
     */
    public static void all(Reading<?>... readings) throws NodeException {
        InParallel.map(Arrays.asList(readings), Reading::read);
    }

    /** What was read; only after {@link #all}. */
    public O answer() {
        return Objects.requireNonNull(answer, "not read yet");
    }

    private O read() throws NodeException {
        answer = call.read();
        return answer();
    }
}

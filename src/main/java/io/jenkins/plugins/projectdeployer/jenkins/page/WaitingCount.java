package io.jenkins.plugins.projectdeployer.jenkins.page;

import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How many requests wait for whoever looks at a page of Jenkins. Every page shows it, so nothing that goes wrong with it
 * may reach the page.
 *
 * @param number counted no further than {@link #ENOUGH}; -1: nobody knows
 */
record WaitingCount(int number) {

    static final int ENOUGH = 100;

    private static final Logger LOGGER = Logger.getLogger(WaitingCount.class.getName());
    private static final WaitingCount UNKNOWN = new WaitingCount(-1);

    /**
     * Counts once for each page, however often the page asks.
     *
     * @param kept what the page's request holds; null when it was not counted yet
     * @param keep takes it for the rest of the page
     */
    static WaitingCount once(Supplier<Object> kept, Consumer<WaitingCount> keep, IntSupplier counting) {
        if (kept.get() instanceof WaitingCount known) {
            return known;
        }
        WaitingCount count = of(counting);
        keep.accept(count);
        return count;
    }

    private static WaitingCount of(IntSupplier counting) {
        try {
            return new WaitingCount(counting.getAsInt());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "What waits for somebody could not be counted; the sign in Jenkins' header shows no number", e);
            return UNKNOWN;
        }
    }

    /** Also where nobody knows: whoever follows the sign is told what is wrong. */
    boolean isShown() {
        return number != 0;
    }

    boolean isKnown() {
        return number >= 0;
    }

    /** {@code 99+} for more than anybody reads. */
    String text() {
        return number == ENOUGH ? ENOUGH - 1 + "+" : String.valueOf(number);
    }
}

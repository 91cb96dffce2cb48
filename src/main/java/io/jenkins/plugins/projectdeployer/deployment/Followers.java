package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who follows which update. Lines that nobody heard are kept for the first one to follow: an update begins as soon as it is
 * submitted, its build can follow it only then, and one that is refused at once has ended by that time. A follower that
 * fails is left out, and the update goes on.
 */
final class Followers {

    private static final Logger LOGGER = Logger.getLogger(Followers.class.getName());

    /** Of one update; older ones give way. */
    private static final int KEPT_LINES = 200;
    /** Updates that have ended before anybody followed; older ones give way. */
    private static final int KEPT_ENDS = 100;

    private final Map<Long, Following> byUpdate = new ConcurrentHashMap<>();
    private final Map<Long, List<String>> lastWords = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<String>> eldest) {
            return size() > KEPT_ENDS;
        }
    });

    /** An update is taken up: from here to its end it can be followed, and its first lines are kept. */
    void begin(long number) {
        byUpdate.computeIfAbsent(number, key -> new Following());
    }

    /** @param now where the update stands; the listener is told that before anything newer */
    void add(long number, UpdateListener listener, Supplier<Update> now) {
        boolean added;
        do {
            // One that closes at this moment is out of the map when its monitor is free again.
            added = byUpdate.computeIfAbsent(number, key -> new Following()).add(listener, now);
        } while (!added);
        List<String> words = lastWords.remove(number);
        if (words != null) {
            words.forEach(line -> tell(List.of(listener), line, UpdateListener::progress));
        }
    }

    void remove(long number, UpdateListener listener) {
        Following following = byUpdate.get(number);
        if (following != null) {
            following.remove(listener);
        }
    }

    /** What is said of an update that has ended is heard by nobody. */
    void progress(long number, String line) {
        Following following = byUpdate.get(number);
        if (following != null) {
            tell(following.toHear(line), line, UpdateListener::progress);
        }
    }

    void changed(Update update) {
        Following following = byUpdate.get(update.number());
        if (following != null) {
            following.changed(update);
        }
    }

    /** Tells the end, to each follower once. */
    void ended(Update update) {
        Following following = byUpdate.get(update.number());
        if (following == null) {
            return;
        }
        List<UpdateListener> last;
        synchronized (following) {
            last = following.close();
            if (!following.unheard.isEmpty()) {
                lastWords.put(update.number(), List.copyOf(following.unheard));
            }
            byUpdate.remove(update.number(), following);
        }
        tell(last, update, UpdateListener::ended);
    }

    private static <T> void tell(List<UpdateListener> listeners, T what, BiConsumer<UpdateListener, T> how) {
        for (UpdateListener listener : listeners) {
            try {
                how.accept(listener, what);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "A follower of an update failed; the update goes on", e);
            }
        }
    }

    /** The followers of one update. */
    private static final class Following {

        private final List<UpdateListener> listeners = new ArrayList<>();
        private final Deque<String> unheard = new ArrayDeque<>();
        private boolean closed;

        /** Tells it the lines that were kept, and where the update stands, before anything newer; false: it has been closed. */
        synchronized boolean add(UpdateListener listener, Supplier<Update> now) {
            if (!closed && !listeners.contains(listener)) {
                unheard.forEach(line -> tell(List.of(listener), line, UpdateListener::progress));
                unheard.clear();
                tell(List.of(listener), now.get(), UpdateListener::changed);
                listeners.add(listener);
            }
            return !closed;
        }

        /** Under the monitor, so that nobody is told an earlier state after a later one. */
        synchronized void changed(Update update) {
            tell(listeners(), update, UpdateListener::changed);
        }

        synchronized void remove(UpdateListener listener) {
            listeners.remove(listener);
        }

        /** Who is to hear this line; nobody yet: it is kept. */
        synchronized List<UpdateListener> toHear(String line) {
            if (listeners.isEmpty()) {
                unheard.add(line);
                if (unheard.size() > KEPT_LINES) {
                    unheard.remove();
                }
            }
            return listeners();
        }

        synchronized List<UpdateListener> listeners() {
            return List.copyOf(listeners);
        }

        /** Who is to hear of the end; nobody the second time. */
        synchronized List<UpdateListener> close() {
            List<UpdateListener> last = closed ? List.of() : listeners();
            closed = true;
            return last;
        }
    }
}

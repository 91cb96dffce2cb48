package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who follows which update. A follower that fails is left out, and the update goes on. */
final class Followers {

    private static final Logger LOGGER = Logger.getLogger(Followers.class.getName());

    /** Of one update; older ones give way. */
    private static final int KEPT_LINES = 200;

    private final Map<Long, Following> byUpdate = new ConcurrentHashMap<>();

    /** An update is taken up: from here to its end it can be followed, and its first lines are kept. */
    void begin(long number) {
        byUpdate.computeIfAbsent(number, key -> new Following());
    }

    void add(long number, UpdateListener listener) {
        byUpdate.computeIfAbsent(number, key -> new Following()).add(listener);
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
            tell(following.listeners(), update, UpdateListener::changed);
        }
    }

    /** Tells the end, to each follower once. */
    void ended(Update update) {
        Following following = byUpdate.remove(update.number());
        if (following != null) {
            tell(following.listeners(), update, UpdateListener::ended);
        }
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

    /**
     * The followers of one update. Lines that come before anybody follows are kept for the first one: an update begins as
     * soon as it is submitted, and its build can follow it only then.
     */
    private static final class Following {

        private final List<UpdateListener> listeners = new ArrayList<>();
        private final Deque<String> unheard = new ArrayDeque<>();

        /** Tells it the lines that were kept before any newer one gets past this monitor. */
        synchronized void add(UpdateListener listener) {
            if (listeners.contains(listener)) {
                return;
            }
            unheard.forEach(line -> tell(List.of(listener), line, UpdateListener::progress));
            unheard.clear();
            listeners.add(listener);
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
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who follows which update. A follower that fails is left out, and the update goes on. Lines that come before anybody follows
 * are kept for the first one: an update begins as soon as it is submitted, and its build can follow it only then.
 */
final class Followers {

    private static final Logger LOGGER = Logger.getLogger(Followers.class.getName());

    /** Of one update; older ones give way, as those of an update that nobody will ever follow. */
    private static final int KEPT_LINES = 200;

    private final Map<Long, List<UpdateListener>> byUpdate = new HashMap<>();
    private final Map<Long, Deque<String>> unheard = new HashMap<>();

    synchronized void add(long number, UpdateListener listener) {
        List<UpdateListener> listeners = byUpdate.computeIfAbsent(number, key -> new ArrayList<>());
        if (!listeners.contains(listener)) {
            listeners.add(listener);
        }
        // Before any newer line gets past this monitor.
        Deque<String> earlier = unheard.remove(number);
        if (earlier != null) {
            earlier.forEach(line -> tell(List.of(listener), line, UpdateListener::progress));
        }
    }

    synchronized void remove(long number, UpdateListener listener) {
        byUpdate.computeIfPresent(number, (key, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    void progress(long number, String line) {
        tell(listenersOrKeep(number, line), line, UpdateListener::progress);
    }

    private synchronized List<UpdateListener> listenersOrKeep(long number, String line) {
        List<UpdateListener> listeners = of(number);
        if (listeners.isEmpty()) {
            Deque<String> lines = unheard.computeIfAbsent(number, key -> new ArrayDeque<>());
            lines.add(line);
            if (lines.size() > KEPT_LINES) {
                lines.remove();
            }
        }
        return listeners;
    }

    void changed(Update update) {
        tell(of(update.number()), update, UpdateListener::changed);
    }

    /** Tells the end, and forgets the update. */
    void ended(Update update) {
        List<UpdateListener> listeners;
        synchronized (this) {
            listeners = byUpdate.remove(update.number());
            unheard.remove(update.number());
        }
        if (listeners != null) {
            tell(listeners, update, UpdateListener::ended);
        }
    }

    private synchronized List<UpdateListener> of(long number) {
        return List.copyOf(byUpdate.getOrDefault(number, List.of()));
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
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who follows which update. A follower that fails is left out, and the update goes on. */
final class Followers {

    private static final Logger LOGGER = Logger.getLogger(Followers.class.getName());

    private final Map<Long, List<UpdateListener>> byUpdate = new HashMap<>();

    synchronized void add(long number, UpdateListener listener) {
        List<UpdateListener> listeners = byUpdate.computeIfAbsent(number, key -> new ArrayList<>());
        if (!listeners.contains(listener)) {
            listeners.add(listener);
        }
    }

    synchronized void remove(long number, UpdateListener listener) {
        byUpdate.computeIfPresent(number, (key, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    void progress(long number, String line) {
        tell(of(number), line, UpdateListener::progress);
    }

    void changed(Update update) {
        tell(of(update.number()), update, UpdateListener::changed);
    }

    /** Tells the end, and forgets the update. */
    void ended(Update update) {
        List<UpdateListener> listeners;
        synchronized (this) {
            listeners = byUpdate.remove(update.number());
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

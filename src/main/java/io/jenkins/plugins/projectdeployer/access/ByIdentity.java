package io.jenkins.plugins.projectdeployer.access;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was computed once for an object, kept as long as that very object lives. Records are immutable, so one instance
 * never needs a second computation; their own {@code hashCode} walks all of them and would cost more than it saves.
 */
final class ByIdentity<K, V> {

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> gone = new ReferenceQueue<>();

    /** The value of this object; {@code compute} must not keep the object itself in it. */
    V get(K object, Function<? super K, ? extends V> compute) {
        V value = values.get(new Lookup(object));
        return value != null ? value : add(object, compute.apply(object));
    }

    int size() {
        dropTheGone();
        return values.size();
    }

    private V add(K object, V value) {
        dropTheGone();
        V earlier = values.putIfAbsent(new Key<>(object, gone), value);
        return earlier == null ? value : earlier;
    }

    private void dropTheGone() {
        for (Reference<? extends K> key = gone.poll(); key != null; key = gone.poll()) {
            values.remove(key);
        }
    }

    private static final class Key<K> extends WeakReference<K> {

        private final int hash;

        private Key(K object, ReferenceQueue<K> gone) {
            super(object, gone);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key<?> key && get() != null && key.get() == get();
        }
    }

    /** Finds a {@link Key} without making a reference that the collector would have to look at. */
    private static final class Lookup {

        private final Object object;

        private Lookup(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key<?> key && key.get() == object;
        }
    }
}

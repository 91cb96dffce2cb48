package io.jenkins.plugins.projectdeployer.deployment;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was asked for last; what was asked for longest ago goes first. */
final class Latest<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Latest(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}

package hudson.util;

import java.util.AbstractList;

public class PersistedList<T> extends AbstractList<T> {

    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }
}

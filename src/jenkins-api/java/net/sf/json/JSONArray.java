package net.sf.json;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

public final class JSONArray implements Serializable, List<Object>, Comparable {

    public JSONArray() {}

    public boolean add(Object value) {
        throw new UnsupportedOperationException();
    }

    public boolean addAll(Collection collection) {
        throw new UnsupportedOperationException();
    }
}

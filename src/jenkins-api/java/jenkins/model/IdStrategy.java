package jenkins.model;

import hudson.model.Describable;
import java.util.Comparator;

public abstract class IdStrategy implements Describable<IdStrategy>, Comparator<String> {

    public String keyFor(String id) {
        throw new UnsupportedOperationException();
    }
}

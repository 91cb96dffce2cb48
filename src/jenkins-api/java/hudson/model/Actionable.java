package hudson.model;

public abstract class Actionable implements ModelObject {

    public void addAction(Action a) {
        throw new UnsupportedOperationException();
    }
}

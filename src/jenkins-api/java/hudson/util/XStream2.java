package hudson.util;

public class XStream2 {

    public void addCriticalField(Class<?> type, String field) {
        throw new UnsupportedOperationException();
    }
}

package hudson.console;

import java.io.IOException;
import java.io.OutputStream;

public class AnnotatedLargeText<T> {

    public long writeLogTo(long start, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import java.util.ArrayList;
import java.util.List;

/** The requests that came in, in the order in which they came. */
final class CallLog {
    private final boolean keep;
    private final List<Call> calls = new ArrayList<>();

    CallLog(boolean keep) {
        this.keep = keep;
    }

    void add(Call call) {
        if (keep) {
            synchronized (calls) {
                calls.add(call);
            }
        }
    }

    List<Call> all() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    void clear() {
        synchronized (calls) {
            calls.clear();
        }
    }
}

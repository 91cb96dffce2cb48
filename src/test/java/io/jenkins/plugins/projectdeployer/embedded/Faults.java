package io.jenkins.plugins.projectdeployer.embedded;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Faults on demand: {@code node.faults().on("POST", "/projects/&#42;/activate").once(new Fault.Hang())}. The path is the one below
 * the API's root, not decoded; a star stands for anything. Where several match, the first one that is left is used.
 */
public final class Faults {

    private static final class Rule {
        final String method;
        final Pattern path;
        final Fault fault;
        int passes;
        int left;

        Rule(String method, Pattern path, int passes, int left, Fault fault) {
            this.method = method;
            this.path = path;
            this.passes = passes;
            this.left = left;
            this.fault = fault;
        }

        boolean matches(String requestMethod, String requestPath) {
            return (method.equals("*") || method.equals(requestMethod)) && path.matcher(requestPath).matches();
        }
    }

    /** For which requests; the next word says how often. */
    public final class On {
        private final String method;
        private final Pattern path;
        private int passes;

        private On(String method, Pattern path) {
            this.method = method;
            this.path = path;
        }

        /** Lets this many matching requests pass first. */
        public On after(int requests) {
            passes = requests;
            return this;
        }

        public void once(Fault fault) {
            times(1, fault);
        }

        public void times(int times, Fault fault) {
            add(new Rule(method, path, passes, times, fault));
        }

        public void always(Fault fault) {
            times(Integer.MAX_VALUE, fault);
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private CountDownLatch hanging = new CountDownLatch(1);

    /** Chooses requests by method (or {@code *}) and path (with stars). */
    public On on(String method, String path) {
        StringBuilder regex = new StringBuilder();
        for (String literal : path.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(literal.isEmpty() ? "" : Pattern.quote(literal));
        }
        if (path.startsWith("*") && !regex.toString().startsWith(".*")) {
            regex.insert(0, ".*");
        }
        return new On(method, Pattern.compile(regex.toString()));
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    /** The fault for this request, used up; null if there is none. */
    synchronized Fault next(String method, String path) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            if (rule.matches(method, path)) {
                if (rule.passes > 0) {
                    rule.passes--;
                } else {
                    if (--rule.left == 0) {
                        all.remove();
                    }
                    return rule.fault;
                }
            }
        }
        return null;
    }

    void hang() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = hanging;
        }
        latch.await();
    }

    /** Ends the connections of all requests that hang. */
    public synchronized void release() {
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }

    /** Forgets all faults and ends what hangs. */
    public synchronized void clear() {
        rules.clear();
        release();
    }
}

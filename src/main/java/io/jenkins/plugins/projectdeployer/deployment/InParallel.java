package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Independent calls to nodes, several at once. */
final class InParallel {

    /** A call for each scenario and web app: several at once, so that many of them do not add up. */
    private static final int CALLS_AT_ONCE = 16;

    private InParallel() {}

    /** Runs all and answers in their order; the first thing that went wrong is thrown when all are through. */
    static <T> List<T> calls(List<? extends Callable<T>> calls) throws NodeException {
        return all(calls, CALLS_AT_ONCE);
    }

    /** The same, {@code atOnce} at a time. */
    static <T> List<T> all(List<? extends Callable<T>> calls, int atOnce) throws NodeException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, calls.size())), task -> {
            Thread thread = new Thread(task, "project-deployer node calls");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<T> answers = new ArrayList<>();
            Throwable first = null;
            for (Future<T> future : threads.invokeAll(calls)) {
                try {
                    answers.add(future.get());
                } catch (ExecutionException e) {
                    first = first == null ? e.getCause() : first;
                }
            }
            if (first != null) {
                rethrow(first);
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NodeException.invalid("The calls were interrupted; the controller is stopping.");
        } finally {
            threads.shutdownNow();
        }
    }

    private static void rethrow(Throwable cause) throws NodeException {
        if (cause instanceof NodeException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(cause);
    }
}

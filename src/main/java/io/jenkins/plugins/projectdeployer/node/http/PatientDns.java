package io.jenkins.plugins.projectdeployer.node.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks names up on another thread, because Java's look-up can hang for minutes and nothing can wake it: the caller at
 * least goes on after the connect timeout, or when the call is cancelled.
 */
final class PatientDns implements Dns {

    private static final Executor LOOKUPS =
            new ThreadPoolExecutor(0, 64, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "node name look-up");
                thread.setDaemon(true);
                return thread;
            }, new ThreadPoolExecutor.CallerRunsPolicy());

    private final Dns dns;
    private final long millis;

    PatientDns(Dns dns, NodeTimeouts timeouts) {
        this.dns = dns;
        this.millis = timeouts.connect().toMillis();
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Attempt attempt = Attempt.current();
        CompletableFuture<List<InetAddress>> answer = CompletableFuture.supplyAsync(() -> ask(host), LOOKUPS);
        if (attempt != null) {
            attempt.waitsFor(answer);
        }
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown(host, e.getCause().getCause() == null ? e.getCause() : e.getCause().getCause());
        } catch (TimeoutException | CancellationException e) {
            throw unknown(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } finally {
            if (attempt != null) {
                attempt.waitsFor(null);
            }
        }
    }

    private List<InetAddress> ask(String host) {
        try {
            return dns.lookup(host);
        } catch (UnknownHostException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UnknownHostException unknown(String host, Throwable cause) {
        UnknownHostException e = new UnknownHostException(host);
        e.initCause(cause);
        return e;
    }
}

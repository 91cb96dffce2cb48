package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Reads what the network threw: says in words what happened, and whether the node may have acted. */
final class WireFailure {

    private final CallSite site;
    private final Attempt attempt;
    private final NodeTimeouts timeouts;

    WireFailure(CallSite site, Attempt attempt, NodeTimeouts timeouts) {
        this.site = site;
        this.attempt = attempt;
        this.timeouts = timeouts;
    }

    NodeException of(IOException e) {
        LocalFileException local = find(e, LocalFileException.class);
        if (local != null) {
            String what = attempt.answered() ? "was not read to the end" : "did not get the whole file";
            return site.failure(Kind.LOCAL, false, what, local.getMessage(), e);
        }
        if (attempt.isCancelled()) {
            return site.failure(Kind.CANCELLED, mayHaveActed(), "was not waited for", "the call was cancelled", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            return site.failure(Kind.CANCELLED, mayHaveActed(), "was not waited for", "the thread was interrupted", e);
        }
        if (attempt.timedOut() || e instanceof InterruptedIOException || find(e, TimeoutException.class) != null) {
            return timeout(e);
        }
        if (find(e, SSLException.class) != null) {
            return tls(e);
        }
        if (find(e, UnknownHostException.class) != null) {
            return site.failure(
                    Kind.UNREACHABLE, false, "cannot be reached", "the host name in its URL is not known here", e);
        }
        if (attempt.sent()) {
            return site.failure(
                    Kind.CUT,
                    mayHaveActed(),
                    attempt.answered() ? "was cut off in the middle of its answer" : "was cut off before it answered",
                    "check its log and the network between",
                    e);
        }
        String reason = e.getMessage() != null && e.getMessage().contains("authenticate with proxy")
                ? "the HTTP proxy does not accept Jenkins' user and password"
                : "there is no connection; check that it is running, its URL and port, and Jenkins' proxy settings";
        return site.failure(Kind.UNREACHABLE, false, "cannot be reached", reason, e);
    }

    private NodeException timeout(IOException e) {
        if (!attempt.sent()) {
            return site.failure(
                    Kind.TIMEOUT,
                    false,
                    "gave no connection within " + Words.time(timeouts.connect()),
                    "check that it is running, its URL and port, and the firewalls between",
                    e);
        }
        if (!attempt.sentWhole() && site.request().payload() instanceof NodeRequest.Upload) {
            return site.failure(
                    Kind.TIMEOUT,
                    mayHaveActed(),
                    "took no more data for " + Words.time(timeouts.stall()),
                    "check its disk space and the network between",
                    e);
        }
        return site.failure(
                Kind.TIMEOUT,
                mayHaveActed(),
                attempt.answered()
                        ? "did not finish its answer in time"
                        : "gave no answer within " + Words.time(timeouts.answer(site.request())),
                "check that it is not overloaded",
                e);
    }

    private NodeException tls(IOException e) {
        if (attempt.sent()) {
            return site.failure(Kind.CUT, mayHaveActed(), "was cut off", "the encrypted connection broke", e);
        }
        if (find(e, CertificateExpiredException.class) != null) {
            return untrusted(e, "its certificate has expired; have it renewed");
        }
        if (find(e, CertificateNotYetValidException.class) != null) {
            return untrusted(e, "its certificate is not valid yet; check the clocks");
        }
        if (find(e, SSLPeerUnverifiedException.class) != null) {
            return untrusted(
                    e, "its certificate is for another host name; use the name in the certificate as the node's URL");
        }
        if (messages(e).contains("certification path") || messages(e).contains("trust anchor")) {
            return untrusted(
                    e,
                    "nobody here knows its certificate; add it, or that of its authority, as PEM text to the trusted"
                            + " certificates of the node");
        }
        return site.failure(
                Kind.TLS,
                false,
                "gave no encrypted connection",
                "if it speaks plain HTTP, its URL begins with http://, else compare its TLS settings; Java says "
                        + Words.quoted(site.foreign(messages(e), 200)),
                e);
    }

    private NodeException untrusted(IOException e, String advice) {
        return site.failure(Kind.TLS, false, "cannot be trusted", advice, e);
    }

    private boolean mayHaveActed() {
        return attempt.actionable() && !site.request().changesNothing();
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        int depth = 0;
        for (Throwable t = e; t != null && depth < 10; t = t.getCause(), depth++) {
            all.append(all.isEmpty() ? "" : ", ").append(t.getMessage());
        }
        return all.toString();
    }

    private static <T extends Throwable> T find(Throwable e, Class<T> type) {
        int depth = 0;
        for (Throwable t = e; t != null && depth < 20; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes each request: notes it, lets go wrong what shall go wrong, finds out who calls, and hands it to its route. */
final class Front implements HttpHandler {
    private static final Logger LOGGER = Logger.getLogger(Front.class.getName());
    private static final List<String> ROOTS = List.of("/public/api", "/dip/publicapi");
    private static final List<String> NOTED = List.of("Content-Type", "Content-Length", "Transfer-Encoding", "User-Agent");

    private final NodeState state;
    private final Router router;
    private final Faults faults;
    private final CallLog log;
    private final Authentication authentication;
    private final Uploads uploads;
    private final Duration latency;
    private final boolean everyErrorIs500;

    Front(NodeState state, Router router, Faults faults, CallLog log, Uploads uploads, Duration latency, boolean everyErrorIs500) {
        this.state = state;
        this.router = router;
        this.faults = faults;
        this.log = log;
        this.authentication = new Authentication(state);
        this.uploads = uploads;
        this.latency = latency;
        this.everyErrorIs500 = everyErrorIs500;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try (exchange) {
            String rawPath = exchange.getRequestURI().getRawPath();
            String root = ROOTS.stream().filter(each -> rawPath.startsWith(each + "/")).findFirst().orElse(null);
            if (root == null) {
                send(exchange, Reply.html(404, "404 Not Found"), null, -1);
            } else {
                handle(exchange, rawPath.substring(root.length()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The other side went away, or the node was stopped under it: both are everyday things here.
            LOGGER.log(Level.FINE, "connection lost", e);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "the embedded node failed on " + exchange.getRequestMethod() + " " + exchange.getRequestURI(), e);
            throw e;
        }
    }

    private void handle(HttpExchange exchange, String path) throws IOException, InterruptedException {
        Call call = note(exchange, path);
        log.add(call);
        Fault fault = faults.next(exchange.getRequestMethod(), path);
        long cutAfter = Long.MAX_VALUE;
        if (fault != null) {
            if (!goesOn(exchange, fault, call)) {
                return;
            }
            cutAfter = fault instanceof Fault.CutReply cut ? cut.afterBytes() : cutAfter;
        }
        if (!latency.isZero()) {
            Thread.sleep(latency.toMillis());
        }
        Reply reply = answer(exchange, path);
        if (fault instanceof Fault.HangReply hang) {
            sendAndHang(exchange, reply, call, hang.afterBytes());
        } else if (cutAfter >= 0) {
            send(exchange, reply, call, cutAfter == Long.MAX_VALUE ? -1 : cutAfter);
        }
    }

    private static Call note(HttpExchange exchange, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : NOTED) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            headers.put("Authorization", authorization.split(" ", 2)[0]);
        }
        return new Call(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("X-DKU-ProxyUser"),
                headers);
    }

    /** Does what a fault does before the request is carried out; says whether it is carried out at all. */
    private boolean goesOn(HttpExchange exchange, Fault fault, Call call) throws IOException, InterruptedException {
        if (fault instanceof Fault.Hang) {
            faults.hang();
            return false;
        } else if (fault instanceof Fault.CutUpload cut) {
            skip(exchange.getRequestBody(), cut.afterBytes());
            return false;
        } else if (fault instanceof Fault.DataikuError error) {
            ApiError e = new ApiError(error.status(), error.errorType(), error.message());
            send(exchange, Reply.error(e, error.status()), call, -1);
            return false;
        } else if (fault instanceof Fault.HtmlError error) {
            send(exchange, Reply.html(error.status(), error.title()), call, -1);
            return false;
        } else if (fault instanceof Fault.Answer answer) {
            byte[] bytes = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            send(exchange, Reply.of(answer.status(), answer.contentType(), bytes), call, -1);
            return false;
        } else if (fault instanceof Fault.Redirect redirect) {
            exchange.getResponseHeaders().set("Location", redirect.location());
            send(exchange, Reply.html(redirect.status(), "Moved"), call, -1);
            return false;
        } else if (fault instanceof Fault.Meanwhile meanwhile) {
            meanwhile.action().run();
        } else if (fault instanceof Fault.Delay delay) {
            Thread.sleep(delay.by().toMillis());
        }
        return !(fault instanceof Fault.Drop);
    }

    private static void skip(InputStream in, long bytes) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    private Reply answer(HttpExchange exchange, String path) throws IOException {
        try {
            Caller caller = authentication.caller(
                    exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestHeaders().getFirst("X-DKU-ProxyUser"));
            Request request = new Request(
                            exchange.getRequestMethod(),
                            Request.segments(path),
                            Request.query(exchange.getRequestURI()),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            exchange.getRequestHeaders().getFirst("Content-Length"),
                            uploads.throttled(exchange.getRequestBody()))
                    .as(caller);
            Router.Route route = router.route(request);
            if (route.streams()) {
                return route.handler().answer(request);
            }
            request.readAhead();
            synchronized (state) {
                return route.handler().answer(request);
            }
        } catch (ApiError e) {
            return Reply.error(e, everyErrorIs500 ? 500 : e.status());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the embedded node failed on " + exchange.getRequestMethod() + " " + path, e);
            return Reply.error(new ApiError(500, e.getClass().getName(), String.valueOf(e.getMessage())), 500);
        }
    }

    /** Sends an answer, or only its first bytes. A request's body that nobody read is read first, as a proxy would. */
    private void send(HttpExchange exchange, Reply reply, Call call, long onlyBytes) throws IOException {
        try (InputStream rest = exchange.getRequestBody()) {
            rest.transferTo(OutputStream.nullOutputStream());
        }
        if (call != null) {
            exchange.getResponseHeaders().set("DSS-Version", state.version());
            exchange.getResponseHeaders().set("DSS-API-Version", "1");
            call.ended(onlyBytes < 0 ? reply.status() : 0);
        }
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.sendResponseHeaders(reply.status(), reply.length() == 0 ? -1 : reply.length());
        if (reply.length() > 0) {
            OutputStream out = exchange.getResponseBody();
            reply.body().writeTo(onlyBytes < 0 ? out : new Cut(out, onlyBytes));
            if (onlyBytes < 0) {
                out.close();
            }
        }
    }

    private void sendAndHang(HttpExchange exchange, Reply reply, Call call, long bytes) throws InterruptedException {
        try {
            send(exchange, reply, call, bytes);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no more of the answer is sent", e);
        }
        faults.hang();
    }

    /** Lets the first bytes through, then ends the connection by an error. */
    private static final class Cut extends FilterOutputStream {
        private long left;

        Cut(OutputStream out, long left) {
            super(out);
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, (int) Math.min(left, length));
            left -= Math.min(left, length);
            if (left == 0) {
                out.flush();
                throw new IOException("cut on purpose");
            }
        }
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.hook.HookHttp.Failure.Kind;
import io.jenkins.plugins.projectdeployer.hook.HookHttp.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The hook's clients, on the controller's side of the pipe: a question of the worker becomes an HTTP call, its answer
 * one line. Bodies of any size travel in pieces. One question at a time.
 */
final class HookPipe {
    private static final Logger LOGGER = Logger.getLogger(HookPipe.class.getName());
    private static final int PIECE = 192 * 1024;
    private static final int FIRST_PIECE = 64 * 1024;
    private static final int MOST_OPEN = 16;
    private static final int MOST_CALLS = 1000;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> REQUEST_HEADERS = Set.of("accept", "content-type", "if-match", "if-none-match");
    private static final Set<String> RESPONSE_HEADERS = Set.of(
            "content-type", "content-length", "content-disposition", "etag", "dss-version", "dss-api-version");

    private final Map<String, HookHttp> clients;
    private final Executor threads;
    private final SecretMask mask;
    private final Map<Long, Exchange> open = new HashMap<>();
    private final List<HookCall> calls = new ArrayList<>();
    private long callsLeftOut;
    private long lastId;
    private boolean cancelled;

    HookPipe(HookHttp automation, HookHttp deployer, Executor threads, SecretMask mask) {
        this.clients = Map.of("automation", automation, "deployer", deployer);
        this.threads = threads;
        this.mask = mask;
    }

    /** The answer to one question; blocks while the node does. */
    ObjectNode answer(JsonNode question) {
        try {
            return switch (question.path("op").asText()) {
                case "http" -> http(question);
                case "read" -> read(exchange(question), question.path("n").asInt(PIECE));
                case "write" -> write(exchange(question), question.path("d").binaryValue());
                case "end" -> end(exchange(question));
                case "close" -> close(question.path("id").asLong());
                default -> error(Kind.REFUSED, "Unknown question: " + question.path("op").asText());
            };
        } catch (Failure e) {
            return error(e.kind(), e.getMessage());
        } catch (IOException e) {
            return error(Kind.CONNECT, "The connection broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(Kind.CONNECT, "The call was interrupted");
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A hook's call failed inside the controller", e);
            return error(Kind.CONNECT, "The call failed inside the controller; its log says why");
        }
    }

    /** The hook is over: calls under way end, everything is closed. */
    void cancel() {
        List<Exchange> left;
        synchronized (this) {
            cancelled = true;
            left = List.copyOf(open.values());
            open.clear();
        }
        left.forEach(Exchange::cancel);
    }

    synchronized List<HookCall> calls() {
        return List.copyOf(calls);
    }

    synchronized long callsLeftOut() {
        return callsLeftOut;
    }

    private ObjectNode http(JsonNode question) throws IOException, InterruptedException {
        String name = question.path("client").asText();
        HookHttp client = clients.get(name);
        String method = question.path("method").asText();
        if (client == null || !METHODS.contains(method)) {
            throw new Failure(Kind.REFUSED, "Refused, the call was not sent: " + method + " on client " + name);
        }
        String path = HookPath.check(question.path("path").asText());
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, JsonNode> header : question.path("headers").properties()) {
            String lower = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue().asText();
            if (REQUEST_HEADERS.contains(lower) && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                headers.put(lower, value);
            }
        }
        boolean upload = question.path("upload").asBoolean();
        byte[] inline = question.path("d").binaryValue();
        UploadBody pieces = upload ? new UploadBody() : null;
        InputStream body = upload ? pieces : inline == null ? null : new ByteArrayInputStream(inline);
        long length = upload ? question.path("length").asLong(-1) : inline == null ? 0 : inline.length;
        Exchange exchange = open(name, pieces);
        HookHttp.Request request = new HookHttp.Request(method, path, headers, body, length, exchange.cancellation);
        if (!upload) {
            return headersOf(exchange, send(client, request, exchange));
        }
        threads.execute(() -> {
            try {
                exchange.sent.complete(send(client, request, exchange));
            } catch (Failure | RuntimeException e) {
                exchange.sent.completeExceptionally(e);
            } finally {
                pieces.finishReading();
            }
        });
        return HookJson.object().put("id", exchange.id);
    }

    private HookHttp.Response send(HookHttp client, HookHttp.Request request, Exchange exchange) throws Failure {
        long start = System.nanoTime();
        String path = mask.mask(request.path());
        // Before it is sent: a call that the hook's end cuts off may have been carried out.
        int place = record(new HookCall(exchange.client, request.method(), path, 0, 0));
        int status = 0;
        try {
            HookHttp.Response response = client.send(request);
            exchange.answered(response);
            status = response.status();
            return response;
        } catch (Failure | RuntimeException e) {
            forget(exchange.id);
            throw e;
        } finally {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            recordAgain(place, new HookCall(exchange.client, request.method(), path, status, millis));
        }
    }

    /** Small bodies come with the headers: a call for JSON is one question. */
    private ObjectNode headersOf(Exchange exchange, HookHttp.Response response) throws IOException {
        ObjectNode answer = HookJson.object().put("id", exchange.id).put("status", response.status());
        ObjectNode headers = answer.putObject("headers");
        response.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (RESPONSE_HEADERS.contains(lower)) {
                headers.put(lower, value);
            }
        });
        return piece(exchange, answer, FIRST_PIECE);
    }

    private ObjectNode read(Exchange exchange, int most) throws IOException {
        return piece(exchange, HookJson.object(), Math.max(1, Math.min(most, PIECE)));
    }

    private ObjectNode piece(Exchange exchange, ObjectNode answer, int most) throws IOException {
        byte[] bytes;
        try {
            bytes = exchange.response.body().readNBytes(most);
        } catch (IOException e) {
            forget(exchange.id);
            exchange.cancel();
            throw e;
        }
        if (bytes.length > 0) {
            answer.put("d", bytes);
        }
        if (bytes.length < most) {
            answer.put("eof", true);
            forget(exchange.id);
            exchange.close();
        }
        return answer;
    }

    private ObjectNode write(Exchange exchange, byte[] bytes) throws IOException, InterruptedException {
        if (exchange.upload == null || bytes == null) {
            throw new Failure(Kind.REFUSED, "Nothing is being uploaded");
        }
        return exchange.upload.write(bytes) ? HookJson.object() : HookJson.object().put("stop", true);
    }

    private ObjectNode end(Exchange exchange) throws IOException, InterruptedException {
        if (exchange.upload == null) {
            throw new Failure(Kind.REFUSED, "Nothing is being uploaded");
        }
        exchange.upload.end();
        try {
            return headersOf(exchange, exchange.sent.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private ObjectNode close(long id) {
        Exchange exchange = forget(id);
        if (exchange != null) {
            exchange.cancel();
        }
        return HookJson.object();
    }

    private synchronized Exchange open(String client, UploadBody upload) throws Failure {
        if (cancelled) {
            throw new Failure(Kind.REFUSED, "The hook has ended");
        }
        if (open.size() >= MOST_OPEN) {
            throw new Failure(
                    Kind.REFUSED, MOST_OPEN + " answers are open at once; read them to their end or close them");
        }
        Exchange exchange = new Exchange(++lastId, client, upload);
        open.put(exchange.id, exchange);
        return exchange;
    }

    private synchronized Exchange exchange(JsonNode question) throws Failure {
        Exchange exchange = open.get(question.path("id").asLong());
        if (exchange == null) {
            throw new Failure(Kind.REFUSED, "The answer is closed");
        }
        return exchange;
    }

    private synchronized Exchange forget(long id) {
        return open.remove(id);
    }

    /** Where it is, or -1 when there are too many. */
    private synchronized int record(HookCall call) {
        if (calls.size() < MOST_CALLS) {
            calls.add(call);
            return calls.size() - 1;
        }
        callsLeftOut++;
        return -1;
    }

    private synchronized void recordAgain(int place, HookCall call) {
        if (place >= 0) {
            calls.set(place, call);
        }
    }

    private static ObjectNode error(Kind kind, String message) {
        return HookJson.object().put("error", kind.name().toLowerCase(Locale.ROOT)).put("message", message);
    }

    /** One call from its first line to the last piece of its answer. */
    private static final class Exchange {
        final long id;
        final String client;
        final UploadBody upload;
        final CompletableFuture<HookHttp.Response> sent = new CompletableFuture<>();
        final CompletableFuture<Void> over = new CompletableFuture<>();
        final HookHttp.Cancellation cancellation = over::thenRun;
        HookHttp.Response response;

        Exchange(long id, String client, UploadBody upload) {
            this.id = id;
            this.client = client;
            this.upload = upload;
        }

        synchronized void answered(HookHttp.Response response) {
            this.response = response;
            if (over.isDone()) {
                closeResponse();
            }
        }

        void cancel() {
            over.complete(null);
            if (upload != null) {
                upload.breakOff();
            }
            close();
        }

        synchronized void close() {
            closeResponse();
        }

        private void closeResponse() {
            if (response != null) {
                try {
                    response.close();
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, "An answer to a hook could not be closed", e);
                }
            }
        }
    }
}

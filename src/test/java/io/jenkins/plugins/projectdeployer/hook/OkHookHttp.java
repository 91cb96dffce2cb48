package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;

/** How an infrastructure's node is reached: adds the key, which the hook never sees. */
final class OkHookHttp implements HookHttp {
    private final OkHttpClient client;
    private final HttpUrl root;
    private final String authorization;

    OkHookHttp(OkHttpClient client, HttpUrl root, String authorization) {
        this.client = client.newBuilder().followRedirects(false).build();
        this.root = root;
        this.authorization = authorization;
    }

    @Override
    public Response send(Request request) throws Failure {
        String url = root + "dip/publicapi" + request.path();
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(url);
        request.headers().forEach(builder::header);
        builder.header("Authorization", authorization);
        boolean takesBody = !request.method().equals("GET") && !request.method().equals("HEAD");
        builder.method(request.method(), takesBody ? body(request) : null);
        Call call = client.newCall(builder.build());
        request.cancellation().onCancel(call::cancel);
        try {
            return new Answer(call.execute());
        } catch (SocketTimeoutException e) {
            throw new Failure(Failure.Kind.TIMEOUT, "The node did not answer in time", e);
        } catch (SSLException e) {
            throw new Failure(Failure.Kind.SSL, "The node's certificate is not trusted", e);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.CONNECT, "The node cannot be reached", e);
        }
    }

    private static RequestBody body(Request request) {
        InputStream body = request.body() == null ? InputStream.nullInputStream() : request.body();
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                String type = request.headers().get("content-type");
                return type == null ? null : MediaType.parse(type);
            }

            @Override
            public long contentLength() {
                return request.length();
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeAll(Okio.source(body));
            }
        };
    }

    private record Answer(okhttp3.Response response) implements Response {
        @Override
        public int status() {
            return response.code();
        }

        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            response.headers().forEach(pair -> headers.put(pair.getFirst(), pair.getSecond()));
            return headers;
        }

        @Override
        public InputStream body() {
            return response.body().byteStream();
        }

        @Override
        public void close() {
            response.close();
        }
    }
}

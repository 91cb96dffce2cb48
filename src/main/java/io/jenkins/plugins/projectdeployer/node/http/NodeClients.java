package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/** OkHttp set up for one node: short calls, long calls and transfers share connections and differ in patience. */
final class NodeClients {

    /** Below the shortest keep-alive of common proxies (5 s), so that a POST seldom meets a connection just closed. */
    private static final long KEEP_ALIVE_SECONDS = 4;

    private static final int IDLE_CONNECTIONS = 16;

    private final HttpUrl api;
    private final OkHttpClient shortCalls;
    private final OkHttpClient longCalls;
    private final OkHttpClient transfers;

    /** @param base brings the proxy and its authenticator; what concerns redirects, retries and cookies is replaced */
    NodeClients(OkHttpClient base, NodeEndpoint endpoint, NodeTimeouts timeouts) {
        api = endpoint.url().newBuilder()
                .encodedPath(endpoint.url().encodedPath().replaceAll("/+$", "") + "/public/api")
                .build();
        OkHttpClient.Builder builder = base.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                // One address after the other, on the caller's thread: an attempt knows its socket.
                .fastFallback(false)
                .socketFactory(new AttemptSockets(base.socketFactory(), !endpoint.url().isHttps()))
                .dns(new PatientDns(base.dns(), timeouts))
                // HTTP/2 windows slow uploads down, and one broken connection would break every call.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .eventListenerFactory(call -> call.request().tag(Attempt.class))
                .connectTimeout(timeouts.connect())
                // Each attempt keeps the time of its steps.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        trust(builder, base, endpoint.trust());
        shortCalls = builder.callTimeout(timeouts.shortCall()).build();
        longCalls = shortCalls.newBuilder().callTimeout(timeouts.longCall()).build();
        transfers = longCalls.newBuilder()
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(NodeClients::letFilesBypass)
                .build();
    }

    /** Below which every path is. */
    HttpUrl api() {
        return api;
    }

    OkHttpClient of(NodeRequest request, boolean streams) {
        if (streams || request.payload() instanceof NodeRequest.Upload) {
            return transfers;
        }
        return request.patience() == NodeRequest.Patience.SHORT ? shortCalls : longCalls;
    }

    /** Here the head is complete, the connection is known and the body is not begun. */
    private static Response letFilesBypass(Interceptor.Chain chain) throws IOException {
        if (chain.request().body() instanceof UploadBody upload
                && chain.connection() != null
                && chain.connection().socket() instanceof ChannelSocket plain) {
            upload.sendOver(plain);
        }
        return chain.proceed(chain.request());
    }

    private static void trust(OkHttpClient.Builder builder, OkHttpClient base, NodeTrust trust) {
        if (trust instanceof NodeTrust.Certificates own) {
            use(builder, trusting(base.x509TrustManager(), own.certificates()));
        } else if (trust instanceof NodeTrust.TrustAll) {
            use(builder, new TrustEverything());
            builder.hostnameVerifier((host, session) -> true);
        }
    }

    private static void use(OkHttpClient.Builder builder, X509TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, new SecureRandom());
            builder.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot set up TLS.", e);
        }
    }

    private static X509TrustManager trusting(X509TrustManager system, List<X509Certificate> own) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<X509Certificate> all = new ArrayList<>(own);
            if (system != null) {
                all.addAll(List.of(system.getAcceptedIssuers()));
            }
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("trusted" + i, all.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("This Java runtime has no X.509 trust manager.");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot hold the trusted certificates.", e);
        }
    }

    /** The administrator's explicit choice for a node, as Dataiku's "trust all certificates". */
    private static final class TrustEverything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

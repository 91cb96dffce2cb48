package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Transports for tests. */
public final class Nodes {

    public static final String KEY = "dku-Key0123456789";

    private Nodes() {}

    public static NodeHttp http(String url) {
        return http(url, NodeTimeouts.DEFAULT);
    }

    public static NodeHttp http(String url, NodeTimeouts timeouts) {
        return http(new NodeAddress(url, "key", null, url.startsWith("https")), timeouts);
    }

    public static NodeHttp http(NodeAddress address, NodeTimeouts timeouts) {
        return NodeHttp.to(NodeEndpoint.of("prod", address), () -> KEY, new OkHttpClient(), timeouts);
    }

    static NodeTimeouts millis(int connect, int shortCall, int longCall, int stall) {
        return new NodeTimeouts(
                Duration.ofMillis(connect),
                Duration.ofMillis(shortCall),
                Duration.ofMillis(longCall),
                Duration.ofMillis(stall));
    }

    /** The failure of a call; its message holds to the rules for all of them. */
    public static NodeException failure(ThrowingCallable call) {
        NodeException e = Assertions.catchThrowableOfType(NodeException.class, call);
        Assertions.assertThat(e).as("failure of the call").isNotNull();
        Assertions.assertThat(e.getMessage())
                .doesNotContain(KEY)
                .hasSizeLessThan(2100)
                .matches("[^\\p{Cntrl}]+")
                .endsWith(".");
        for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
            Assertions.assertThat(String.valueOf(t.getMessage())).doesNotContain(KEY);
        }
        return e;
    }
}

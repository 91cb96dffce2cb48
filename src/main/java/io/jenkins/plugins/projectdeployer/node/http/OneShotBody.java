package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Octets that OkHttp must not send a second time of its own accord: it would repeat a POST after a 503. */
final class OneShotBody extends RequestBody {

    private final byte[] octets;
    private final MediaType type;

    OneShotBody(byte[] octets, MediaType type) {
        this.octets = octets;
        this.type = type;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return octets.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(octets);
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/** An answer that is here whole. */
public record WholeResponse(int status, Map<String, String> headers, byte[] octets) implements HookHttp.Response {

    public WholeResponse {
        headers = Map.copyOf(headers);
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(octets);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

package jakarta.servlet;

import java.io.IOException;

public interface ServletRequest {

    Object getAttribute(String name);

    ServletInputStream getInputStream() throws IOException;

    void setAttribute(String name, Object value);
}

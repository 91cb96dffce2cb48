package jakarta.servlet;

import java.io.IOException;

public interface ServletRequest {

    ServletInputStream getInputStream() throws IOException;
}

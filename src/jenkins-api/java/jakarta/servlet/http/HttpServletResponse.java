package jakarta.servlet.http;

import jakarta.servlet.ServletResponse;

public interface HttpServletResponse extends ServletResponse {

    void setHeader(String name, String value);

    void setStatus(int status);
}

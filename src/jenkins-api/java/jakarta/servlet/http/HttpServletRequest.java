package jakarta.servlet.http;

import jakarta.servlet.ServletRequest;

public interface HttpServletRequest extends ServletRequest {

    String getContextPath();

    String getHeader(String name);

    String getMethod();

    String getPathInfo();

    String getQueryString();

    String getRequestURI();
}

package io.jenkins.plugins.projectdeployer.jenkins.page;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;

/** A response that takes everything and sends nothing, for whoever is asked something that comes with one. */
final class NoResponse {

    private NoResponse() {}

    static HttpServletResponse make() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                NoResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getOutputStream" -> new NoOutput();
                    case "getWriter" -> new PrintWriter(Writer.nullWriter());
                    default -> nothing(method.getReturnType());
                });
    }

    private static Object nothing(Class<?> type) {
        return type == boolean.class ? Boolean.FALSE : type == int.class ? (Object) 0 : null;
    }

    private static final class NoOutput extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Whoever writes need not wait.
        }

        @Override
        public void write(int octet) {
            // Nobody reads it.
        }
    }
}

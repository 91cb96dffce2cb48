package io.jenkins.plugins.projectdeployer.jenkins.rest;

import io.jenkins.plugins.projectdeployer.web.WebReply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Sends what a resource has answered. */
public final class Replies {

    private Replies() {}

    /** Nothing on the way keeps it: whether it still holds is asked by its tag. */
    public static void send(HttpServletResponse response, WebReply reply) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLengthLong(reply.length());
        try (InputStream body = reply.body().open()) {
            body.transferTo(response.getOutputStream());
        }
    }
}

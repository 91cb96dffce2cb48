package io.jenkins.plugins.projectdeployer.jenkins.rest;

import io.jenkins.plugins.projectdeployer.web.WebReply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends what a resource has answered. */
public final class Replies {

    private Replies() {}

    /**
     * The body is opened first: once status and length are said, nothing else can be answered. Nothing on the way keeps it:
     * whether it still holds is asked by its tag.
     */
    public static void send(HttpServletResponse response, WebReply reply) throws IOException {
        try (WebReply.Opened opened = reply.opened()) {
            response.setStatus(opened.reply().status());
            opened.reply().headers().forEach(response::setHeader);
            response.setHeader("Cache-Control", "no-store");
            if (opened.reply().length() != WebReply.ANY_LENGTH) {
                response.setContentLengthLong(opened.reply().length());
            }
            opened.content().transferTo(response.getOutputStream());
        }
    }
}

package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.jenkins.rest.Replies;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out first, without a Jenkins around it. */
class RepliesTest {

    @TempDir
    private Path directory;

    private final List<Integer> statuses = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();

    /** Keeps what is said before the body, and takes no body. */
    private final HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "setStatus" -> statuses.add((Integer) arguments[0]);
                    case "setContentLengthLong" -> lengths.add((Long) arguments[0]);
                    case "getOutputStream" -> throw new IOException("nobody listens");
                    default -> { }
                }
                return null;
            });

    @Test
    void a_file_that_was_removed_in_between_is_not_found_instead_of_promised() {
        Path removed = directory.resolve("bundle.zip");
        WebReply reply = new WebReply(200, Map.of(), 4711, () -> Files.newInputStream(removed));

        assertThatThrownBy(() -> Replies.send(response, reply)).hasMessage("nobody listens");

        assertThat(statuses).containsExactly(404);
        assertThat(lengths).doesNotContain(4711L);
    }

    @Test
    void a_body_that_is_made_while_it_is_sent_is_promised_no_length() {
        WebReply reply = new WebReply(200, Map.of(), WebReply.ANY_LENGTH, InputStream::nullInputStream);

        assertThatThrownBy(() -> Replies.send(response, reply)).hasMessage("nobody listens");

        assertThat(statuses).containsExactly(200);
        assertThat(lengths).isEmpty();
    }

    @Test
    void a_file_that_is_there_is_sent_with_its_length() throws IOException {
        Path there = Files.writeString(directory.resolve("bundle.zip"), "zip");
        WebReply reply = new WebReply(200, Map.of(), 3, () -> Files.newInputStream(there));

        assertThatThrownBy(() -> Replies.send(response, reply)).hasMessage("nobody listens");

        assertThat(statuses).containsExactly(200);
        assertThat(lengths).containsExactly(3L);
    }
}

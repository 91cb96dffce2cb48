package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers learn when the controller cannot read or write. */
class BrokenRequestTest {

    private static final String WHERE = "/srv/deployer/bundles/incoming-1.tmp";

    @TempDir
    private Path home;

    static Stream<IOException> failures() {
        return Stream.of(
                new FileSystemException(WHERE, null, "No space left on device"),
                new NoSuchFileException(WHERE),
                new IOException(WHERE + " (Permission denied)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void paths_of_the_controller_stay_in_its_log(IOException failure) throws IOException {
        try (World world = new World(home)) {
            Api api = new Api(world::configuration, person -> false, new Access(world.people()), world.deployer().records());
            api.routes().get("/broken", call -> {
                throw failure;
            });

            Caller.Answer answer = Caller.answer(api.answer(
                    () -> WebRequest.of("GET", "/broken", null, name -> null, null, "alice"), () -> world.people().person("alice")));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error()).startsWith("IO: ").contains("read or written", "log").doesNotContain("/srv", "incoming");
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_body_that_cannot_be_opened_is_not_promised(IOException failure) throws IOException {
        WebReply reply = new WebReply(200, Map.of("ETag", "\"of the file\""), 4711, () -> {
            throw failure;
        });

        try (WebReply.Opened opened = reply.opened()) {
            byte[] content = opened.content().readAllBytes();
            assertThat(opened.reply().status()).isEqualTo(failure instanceof NoSuchFileException ? 404 : 500);
            assertThat(opened.reply().length()).isEqualTo(content.length);
            assertThat(opened.reply().headers()).doesNotContainKey("ETag");
            assertThat(new String(content, StandardCharsets.UTF_8)).contains("errorType").doesNotContain("/srv", "incoming");
        }
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.hook.HookHttp.Failure;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/projects/",
                "/projects/P/scenarios/S/get-run-for-trigger?triggerId=a%2Fb&triggerRunId=2024..x",
                "/projects/a%20b/%C3%A9/...",
                "/x?redirect=http://elsewhere/../y",
            })
    void what_the_client_sends_passes(String path) throws Failure {
        assertThat(HookPath.check(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "projects/", "//evil/x", "http://evil/", "/\\evil", "/a/../../b", "/..", "/.", "/a/./b",
                "/%2e%2e/b", "/%2E./b", "/a/.%2e", "/%252e%252e/x", "/%25252e%25252e/x", "/a/..;x=1/b", "/a%2f..%2fb",
                "/a%5c..%5cb", "/a b", "/a\tb", "/a\r\nX: y", "/a%0d%0aX", "/a%00", "/\u00e9", "/a#b", "/a%", "/a%zz",
                "/a?b c", "/a?b\n",
            })
    void what_could_lead_elsewhere_is_refused(String path) {
        assertThatThrownBy(() -> HookPath.check(path))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.REFUSED))
                .hasMessageMatching("The path [ -~]* is refused, the call was not sent: .*");
    }

    @Property
    void any_id_encoded_as_one_segment_passes_unless_it_is_a_dot_segment(
            @ForAll @StringLength(min = 1, max = 20) String id) {
        Assume.that(id.chars().noneMatch(c -> c < ' ' || c == 0x7f || Character.isSurrogate((char) c)));
        Assume.that(id.indexOf('%') < 0 && !id.matches("(?s).*[./\\\\;].*"));
        String path = "/projects/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + "/settings";
        assertThat(passes(path)).isTrue();
    }

    @Property(tries = 2000)
    void a_path_that_passes_stays_under_the_root_when_resolved(
            @ForAll @Chars({'.', '/', '%', '2', '5', 'e', 'f', 'c', ';', 'a'}) @StringLength(max = 12) String tail) {
        String path = "/" + tail;
        if (passes(path)) {
            String decoded = path;
            for (int i = 0; i < 3; i++) {
                URI resolved = URI.create("https://node.example.com/dip/publicapi" + encodeBare(decoded)).normalize();
                assertThat(resolved.getHost()).isEqualTo("node.example.com");
                assertThat(resolved.getPath()).startsWith("/dip/publicapi/");
                decoded = URLDecoder.decode(encodeBare(decoded), StandardCharsets.UTF_8);
            }
        }
    }

    /** A percent sign that begins no escape is one itself. */
    private static String encodeBare(String path) {
        return path.replaceAll("%(?![0-9a-f]{2})", "%25").replaceAll("[^a-z0-9./%;]", "_");
    }

    private static boolean passes(String path) {
        try {
            HookPath.check(path);
            return true;
        } catch (Failure e) {
            return false;
        }
    }
}

package io.jenkins.plugins.projectdeployer.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {

    @ParameterizedTest
    @CsvSource({
        "v1.2-rc_3~x, v1.2-rc_3~x",
        "a/b, a%2Fb",
        "100%, 100%25",
        "%2e%2e, %252e%252e",
        "a;b, a%3Bb",
        "a b+c, a%20b%2Bc",
        "a?b#c, a%3Fb%23c",
        "été, %C3%A9t%C3%A9",
        "李🙂, %E6%9D%8E%F0%9F%99%82",
        "..., ...",
        "a..b, a..b",
    })
    void an_id_becomes_exactly_one_segment(String id, String encoded) throws Exception {
        assertThat(ApiPath.of("projects").id("bundle id", id).then("x")).hasToString("/projects/" + encoded + "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../x", "x/..", "x/../y", "..\\x", "x\\..", "..;a", "x/.;/y", "./x"})
    void an_id_that_leads_elsewhere_is_refused(String id) {
        NodeException e = refusal(id);

        assertThat(e).hasMessageContaining("bundle id").hasMessageContaining("'.' and '..' lead elsewhere");
        assertThat(e.getMessage()).contains('"' + id + '"');
    }

    @Test
    void an_id_that_no_node_has_is_refused() {
        assertThat(refusal("")).hasMessage("The bundle id is empty.");
        assertThat(refusal(null)).hasMessage("The bundle id is empty.");
        assertThat(refusal("a\u0000b")).hasMessageContaining("\\u0000").hasMessageContaining("control character");
        assertThat(refusal("a\nb").getMessage()).doesNotContain("\n");
        assertThat(refusal("\uD83D")).hasMessageContaining("not valid Unicode");
        assertThat(refusal("x".repeat(1025))).hasMessageContaining("1025 characters").message().hasSizeLessThan(400);
    }

    @Test
    void a_path_built_by_others_is_encoded_anew() throws Exception {
        assertThat(ApiPath.fromEncoded("/projects/a%2fb/scenarios/")).hasToString("/projects/a%2Fb/scenarios/");
        assertThat(ApiPath.fromEncoded("/projects/A;x/é")).hasToString("/projects/A%3Bx/%C3%A9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects", "/a?x=1", "/a#x", "/../admin", "/a/%2e%2e/b", "/a/%2E", "/a//b", "/a/%zz", "/a/%2", "/a/%+1",
                "/a/%C3", "/a%2F..%2Fb", "/a%00", "http://evil/x", "//evil/x", ""
            })
    void a_path_that_leads_elsewhere_is_refused(String path) {
        NodeException e = catchThrowableOfType(NodeException.class, () -> ApiPath.fromEncoded(path));

        assertThat(e).as(path).isNotNull();
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }

    @Property
    void whatever_is_accepted_decodes_to_what_it_was(@ForAll @StringLength(min = 1, max = 40) String id) {
        ApiPath path;
        try {
            path = ApiPath.of("p").id("id", id);
        } catch (NodeException refused) {
            assertThat(refused.kind()).isEqualTo(Kind.INVALID);
            return;
        }
        String segment = path.toString().substring("/p/".length());

        assertThat(segment).matches("[A-Za-z0-9._~%-]+").isNotIn(List.of(".", ".."));
        assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(id);
    }

    private static NodeException refusal(String id) {
        NodeException e = catchThrowableOfType(
                NodeException.class, () -> ApiPath.of("projects").id("bundle id", id));
        assertThat(e).as("refusal of " + id).isNotNull();
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        return e;
    }
}

package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAddressTest {

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----";

    @ParameterizedTest
    @CsvSource({
        "https://prod.example.com:10000, true",
        "https://prod.example.com:10000/, true",
        "http://prod.example.com:10000, false",
        "https://prod.example.com:10001, false",
        "https://prod.example.org:10000, false",
        "https://prod.example.com:10000/dss, false",
    })
    void a_key_goes_to_no_other_url_than_it_was_chosen_for(String url, boolean same) {
        assertThat(new NodeAddress(url, null).isReachedLike(new NodeAddress("https://prod.example.com:10000", "prod-key"))).isEqualTo(same);
    }

    @Test
    void a_key_does_not_stay_when_what_is_trusted_changes() {
        NodeAddress before = new NodeAddress("https://prod.example.com:10000", "prod-key", PEM, false);

        assertThat(new NodeAddress(before.url(), null, null, false).isReachedLike(before)).isFalse();
        assertThat(new NodeAddress(before.url(), null, PEM.replace("abc", "abd"), false).isReachedLike(before)).isFalse();
        assertThat(new NodeAddress(before.url(), null, PEM, true).isReachedLike(before)).isFalse();
    }

    @Test
    void a_browser_that_ends_lines_in_its_own_way_changes_no_certificate() {
        NodeAddress before = new NodeAddress("https://prod.example.com:10000", "prod-key", PEM, false);

        assertThat(new NodeAddress(before.url(), null, PEM.replace("\n", "\r\n") + "\r\n", false).isReachedLike(before)).isTrue();
    }

    @Test
    void another_spelling_is_the_same_node() {
        NodeAddress node = new NodeAddress("https://prod.example.com:10000", null);

        assertThat(node.isSameNode(new NodeAddress("http://PROD.example.com.:10000/", null))).isTrue();
        assertThat(node.isSameNode(new NodeAddress("https://prod.example.com:10001", null))).isFalse();
        assertThat(node.isSameNode(new NodeAddress(null, null))).isFalse();
    }
}

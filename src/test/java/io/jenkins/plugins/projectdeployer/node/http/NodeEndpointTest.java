package io.jenkins.plugins.projectdeployer.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "prod.example.com:10000, is not an address",
        "ftp://prod.example.com, is not an address",
        "https://, is not an address",
        "https://prod:99999, is not an address",
        "https://admin:secret@prod, contains a user name or password",
        "https://prod/?x=secret, contains a query or a fragment",
        "https://prod/#x, contains a query or a fragment",
        "https://prod/public/api, ends in the path of the API",
        "https://prod/dip/publicapi/, ends in the path of the API",
    })
    void a_url_that_cannot_be_called_is_refused_by_name_without_showing_it(String url, String why) {
        assertThatThrownBy(() -> NodeEndpoint.of("prod", new NodeAddress(url, "key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The URL of node \"prod\" " + why)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1", "https://prod.example.com", "https://prod/dss", "https://prod/api/dss", "https://[::1]:1"})
    void a_url_with_host_port_and_even_a_path_is_fine(String url) {
        assertThat(NodeEndpoint.of("prod", new NodeAddress(url, "key")).url().toString()).startsWith(url);
    }

    @Test
    void a_missing_url_is_refused() {
        assertThatThrownBy(() -> NodeEndpoint.of("prod", new NodeAddress(null, "key")))
                .hasMessageContaining("is not an address");
    }
}

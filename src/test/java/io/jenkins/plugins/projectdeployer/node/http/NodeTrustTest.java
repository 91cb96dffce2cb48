package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTrustTest {

    private static final NodeRequest GET = NodeRequest.get(ApiPath.of("instance-info"));
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).commonName("Our authority").build();

    private final MockWebServer server = new MockWebServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_certificate_that_nobody_knows_is_refused_and_the_message_says_what_to_add() throws Exception {
        serve(localhost().build());

        NodeException e = failure(() -> http(null, false).json(GET));

        assertThat(e.kind()).isEqualTo(Kind.TLS);
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(e)
                .hasMessageContaining("Node \"prod\" cannot be trusted (GET /instance-info)")
                .hasMessageContaining("add it, or that of its authority, as PEM text");
    }

    @Test
    void the_authority_of_the_node_makes_it_trusted() throws Exception {
        serve(localhost().signedBy(AUTHORITY).build(), AUTHORITY);

        assertThat(http("the company's authority\n" + AUTHORITY.certificatePem() + "\n", false).json(GET)).isEmpty();
    }

    @Test
    void the_nodes_own_certificate_makes_it_trusted() throws Exception {
        HeldCertificate own = localhost().build();
        serve(own);

        String two = AUTHORITY.certificatePem() + own.certificatePem().replace("\n", "\r\n");
        assertThat(http(two, false).json(GET)).isEmpty();
    }

    @Test
    void another_authority_does_not_make_it_trusted() throws Exception {
        serve(localhost().build());

        assertThat(failure(() -> http(AUTHORITY.certificatePem(), false).json(GET)).kind()).isEqualTo(Kind.TLS);
    }

    @Test
    void a_certificate_for_another_host_is_refused_even_where_its_authority_is_trusted() throws Exception {
        HeldCertificate other = new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.example.com")
                .signedBy(AUTHORITY)
                .build();
        serve(other, AUTHORITY);

        NodeException e = failure(() -> http(AUTHORITY.certificatePem(), false).json(GET));

        assertThat(e.kind()).isEqualTo(Kind.TLS);
        assertThat(e).hasMessageContaining("for another host name");
    }

    @Test
    void an_expired_certificate_is_said_to_be_expired() throws Exception {
        HeldCertificate expired = localhost().signedBy(AUTHORITY).validityInterval(0, 1000).build();
        serve(expired, AUTHORITY);

        assertThat(failure(() -> http(AUTHORITY.certificatePem(), false).json(GET)))
                .hasMessageContaining("its certificate has expired");
    }

    @Test
    void trusting_all_takes_any_certificate_for_any_host() throws Exception {
        serve(new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.example.com")
                .validityInterval(0, 1000)
                .build());

        assertThat(http(null, true).json(GET)).isEmpty();
    }

    @Test
    void https_to_a_port_that_answers_in_plain_text_says_so() throws Exception {
        try (RawServer plain = new RawServer((socket, number) ->
                RawServer.answer(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))) {
            NodeHttp http = Nodes.http("https://127.0.0.1:" + plain.port());

            assertThat(failure(() -> http.json(GET))).hasMessageContaining("begins with http://");
        }
    }

    @Test
    void pem_text_without_a_certificate_or_with_a_private_key_or_broken_is_refused() {
        assertThatThrownBy(() -> NodeTrust.certificates("hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hold no certificate");
        assertThatThrownBy(() -> NodeTrust.certificates(AUTHORITY.certificatePem() + AUTHORITY.privateKeyPkcs8Pem()))
                .hasMessageContaining("hold a private key");
        assertThatThrownBy(() -> NodeTrust.certificates(
                        AUTHORITY.certificatePem() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .hasMessageContaining("The trusted certificates cannot be read, beginning with number 2");
    }

    private static HeldCertificate.Builder localhost() {
        return new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").addSubjectAlternativeName("localhost");
    }

    private void serve(HeldCertificate certificate, HeldCertificate... authorities) throws Exception {
        java.security.cert.X509Certificate[] chain = java.util.Arrays.stream(authorities)
                .map(HeldCertificate::certificate)
                .toArray(java.security.cert.X509Certificate[]::new);
        HandshakeCertificates handshake =
                new HandshakeCertificates.Builder().heldCertificate(certificate, chain).build();
        server.useHttps(handshake.sslSocketFactory());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        server.start();
    }

    private NodeHttp http(String pem, boolean trustAll) {
        String url = "https://" + server.getHostName() + ":" + server.getPort();
        return Nodes.http(new NodeAddress(url, "key", pem, trustAll), NodeTimeouts.DEFAULT);
    }
}

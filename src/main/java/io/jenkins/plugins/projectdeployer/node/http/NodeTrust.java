package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PemCertificates;
import java.security.cert.X509Certificate;
import java.util.List;

/** Which certificates a node may show. */
public sealed interface NodeTrust {

    /** What the controller trusts anyway. */
    NodeTrust SYSTEM = new SystemTrust();

    /** Any certificate, for any host name: an explicit choice of the administrator, never a default. */
    NodeTrust ALL = new TrustAll();

    /** These certificates, and what they have signed, besides the system's; PEM text, one or many. */
    static NodeTrust certificates(String pem) {
        try {
            return new Certificates(PemCertificates.parse(pem));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The trusted certificates " + e.getMessage() + ".", e);
        }
    }

    /** As configured; trusting all makes certificates idle. */
    static NodeTrust of(NodeAddress address) {
        if (address.trustAll()) {
            return ALL;
        }
        return address.certificates() == null ? SYSTEM : certificates(address.certificates());
    }

    /** See {@link #SYSTEM}. */
    record SystemTrust() implements NodeTrust {}

    /** See {@link #ALL}. */
    record TrustAll() implements NodeTrust {}

    /** See {@link #certificates}. */
    record Certificates(List<X509Certificate> certificates) implements NodeTrust {

        /** Freezes the list. */
        public Certificates {
            certificates = List.copyOf(certificates);
        }

        /** Their number is enough. */
        @Override
        public String toString() {
            return "Certificates[" + certificates.size() + "]";
        }
    }
}

package io.jenkins.plugins.projectdeployer.node.http;

import java.util.List;

/** Which certificates a node may show. */
public sealed interface NodeTrust {

    /** What the Java runtime of the controller trusts. */
    NodeTrust SYSTEM = new SystemTrust();

    /** Any certificate, for any host name: an explicit choice of the administrator, never a default. */
    NodeTrust ALL = new TrustAll();

    /** Only these certificates, and what they have signed, in place of the system's; PEM text, one or many. */
    static NodeTrust certificates(String pem) {
        return new Certificates(PemCertificates.parse(pem));
    }

    /** See {@link #SYSTEM}. */
    record SystemTrust() implements NodeTrust {}

    /** See {@link #ALL}. */
    record TrustAll() implements NodeTrust {}

    /** See {@link #certificates}. */
    record Certificates(List<java.security.cert.X509Certificate> certificates) implements NodeTrust {

        /** Refuses an empty list, which would trust nobody. */
        public Certificates {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("The list of trusted certificates is empty.");
            }
        }

        @Override
        public String toString() {
            return "Certificates[" + certificates.size() + "]";
        }
    }
}

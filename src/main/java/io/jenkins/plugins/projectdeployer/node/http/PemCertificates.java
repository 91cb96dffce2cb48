package io.jenkins.plugins.projectdeployer.node.http;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates from PEM text. Anything outside the blocks (comments, subject lines) is left aside. */
final class PemCertificates {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private PemCertificates() {}

    static List<X509Certificate> parse(String pem) {
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            String type = blocks.group(1);
            if (type.contains("PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        "The trusted certificates contain a private key: remove it, only certificates belong there.");
            }
            if (type.equals("CERTIFICATE") || type.equals("TRUSTED CERTIFICATE") || type.equals("X509 CERTIFICATE")) {
                found.add(certificate(blocks.group(2), found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("The trusted certificates contain no certificate:"
                    + " paste PEM text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.");
        }
        return found;
    }

    private static X509Certificate certificate(String base64, int number) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Certificate " + number + " of the trusted certificates cannot be read: copy it again, whole.", e);
        }
    }
}

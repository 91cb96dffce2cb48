package io.jenkins.plugins.projectdeployer.model;

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
public final class PemCertificates {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----([^-]*)-----END \\1-----");

    private PemCertificates() {}

    /**
     * The certificates, at least one.
     *
     * @throws IllegalArgumentException saying what is wrong in words that go on after "certificates"; the text itself, in
     *     which somebody may have pasted a private key, is not in them
     */
    public static List<X509Certificate> parse(String pem) {
        if (pem.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException("hold a private key; remove it, only certificates belong there");
        }
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            found.add(certificate(blocks.group(2), found.size() + 1));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "hold no certificate; paste PEM text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----");
        }
        return found;
    }

    private static X509Certificate certificate(String base64, int number) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot be read, beginning with number " + number + "; copy it again, whole", e);
        }
    }
}

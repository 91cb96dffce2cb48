package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.model.Run;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import jenkins.model.Jenkins;

/** The fingerprint of a bundle's file, by which Jenkins tells which builds made, copied and published it. Jenkins' are MD5. */
final class BundleFingerprint {

    private final MessageDigest md5;

    BundleFingerprint() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has MD5", e);
        }
    }

    /** The same stream, which is to be read to its end. */
    InputStream of(InputStream archive) {
        return new DigestInputStream(archive, md5);
    }

    /** Of a bundle that is on the controller. */
    static BundleFingerprint ofKept(Bundle bundle) throws IOException {
        BundleFingerprint fingerprint = new BundleFingerprint();
        try (InputStream archive = fingerprint.of(Engine.get().administration().read(bundle))) {
            archive.transferTo(OutputStream.nullOutputStream());
        }
        return fingerprint;
    }

    /** Notes, once all is read, that this build has to do with the file. */
    void note(Run<?, ?> run, String name) throws IOException {
        String hash = HexFormat.of().formatHex(md5.digest());
        Jenkins.get().getFingerprintMap().getOrCreate(run, name, hash).addFor(run);
        Fingerprinter.FingerprintAction shown = run.getAction(Fingerprinter.FingerprintAction.class);
        if (shown == null) {
            run.addAction(new Fingerprinter.FingerprintAction(run, Map.of(name, hash)));
        } else {
            shown.add(Map.of(name, hash));
        }
    }
}

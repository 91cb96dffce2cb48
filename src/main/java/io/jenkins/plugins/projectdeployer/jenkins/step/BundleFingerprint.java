package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.model.Run;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The fingerprint of a bundle's file, by which Jenkins tells which builds made, copied and published it. Jenkins' are MD5. */
final class BundleFingerprint {

    private static final Logger LOGGER = Logger.getLogger(BundleFingerprint.class.getName());

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

    /** Notes that the step's build has to do with a bundle that is on the controller. */
    static void noteKept(StepContext context, String project, String bundleId) {
        attempt(bundleId, () -> {
            Optional<Bundle> bundle = Engine.opened().flatMap(engine -> engine.records().bundle(project, bundleId));
            if (bundle.isPresent()) {
                BundleFingerprint fingerprint = new BundleFingerprint();
                try (InputStream archive = fingerprint.of(Engine.get().administration().read(bundle.get()))) {
                    archive.transferTo(OutputStream.nullOutputStream());
                }
                fingerprint.write(context.get(Run.class), bundleId + ".zip");
            }
        });
    }

    /** Notes, once all is read, that the step's build has to do with the file. */
    void note(StepContext context, String name) {
        attempt(name, () -> write(context.get(Run.class), name));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** What the step was for is done by now: it does not fail because this cannot be noted. */
    private static void attempt(String name, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The fingerprint of " + Ids.printable(name) + " could not be noted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Run<?, ?> run, String name) throws IOException {
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

package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command {@code verify-audit [--expect SEQ:HEAD] DIRECTORY}: checks that a journal was not changed.
 *
 * <p>Exit code 0: intact, and the line printed carries the newest {@code SEQ:HEAD}; 1: broken, the line says where;
 * 2: it could not be checked.
 */
public final class VerifyAudit {

    private VerifyAudit() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** The command without leaving the process: returns its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        boolean expects = args.length == 3 && args[0].equals("--expect");
        if (!expects && (args.length != 1 || args[0].startsWith("-"))) {
            err.println("Usage: verify-audit [--expect SEQ:HEAD] DIRECTORY");
            return 2;
        }
        try {
            Optional<Anchor> expected = expects ? Optional.of(Anchor.parse(args[1])) : Optional.empty();
            JournalVerifier.Verdict verdict = JournalVerifier.verify(Path.of(args[args.length - 1]), expected);
            if (verdict instanceof JournalVerifier.Intact intact) {
                out.println("intact " + intact.head()
                        + (intact.replacedPayloads() == 0 ? "" : ", payloads replaced by their digest: "
                                + intact.replacedPayloads())
                        + (intact.unfinished() ? ", one unfinished line at the end" : "")
                        + (expects ? "" : ", no anchor given: a history written anew as a whole would not be noticed"));
                return 0;
            }
            JournalVerifier.Broken broken = (JournalVerifier.Broken) verdict;
            out.println("broken at " + broken.where() + ": " + broken.what());
            return 1;
        } catch (IOException | IllegalArgumentException e) {
            err.println("The journal could not be checked: " + e.getMessage());
            return 2;
        }
    }
}

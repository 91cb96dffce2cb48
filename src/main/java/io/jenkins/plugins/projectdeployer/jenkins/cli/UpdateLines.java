package io.jenkins.plugins.projectdeployer.jenkins.cli;

import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.jenkins.step.DeploymentReport;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries an update's lines from the engine's threads, which must not wait, to the command's own, which prints them. Where that
 * one does not keep up, lines are left out: they stand in the update's record too.
 */
final class UpdateLines implements UpdateListener {

    /** Lines that wait to be printed. */
    static final int BOUND = 1000;

    /** A line, or the update once it has ended. */
    private record Said(String line, Update ended) {}

    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final AtomicInteger leftOut = new AtomicInteger();

    @Override
    public void progress(String line) {
        if (said.size() < BOUND) {
            said.add(new Said(line, null));
        } else {
            leftOut.incrementAndGet();
        }
    }

    @Override
    public void changed(Update update) {
        // Lines tell of it.
    }

    @Override
    public void ended(Update update) {
        said.add(new Said(null, update));
    }

    /** Prints all that comes; returns the update at its end, or nothing once nobody takes what is printed. */
    Optional<Update> printTo(PrintStream out) throws InterruptedException {
        boolean silent = true;
        while (true) {
            Said next = said.take();
            int missing = said.isEmpty() ? leftOut.getAndSet(0) : 0;
            if (next.ended() != null) {
                DeploymentReport report = DeploymentReport.of(next.ended());
                if (silent) {
                    // It had ended before anybody listened.
                    report.getMessages().forEach(out::println);
                }
                tell(out, missing);
                out.println(report);
                return Optional.of(next.ended());
            }
            out.println(next.line());
            tell(out, missing);
            silent = false;
            if (out.checkError()) {
                return Optional.empty();
            }
        }
    }

    private static void tell(PrintStream out, int missing) {
        if (missing > 0) {
            out.println(Messages.UpdateLines_missing(String.valueOf(missing)));
        }
    }
}

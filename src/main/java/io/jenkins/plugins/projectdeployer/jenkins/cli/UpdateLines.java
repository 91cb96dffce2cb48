package io.jenkins.plugins.projectdeployer.jenkins.cli;

import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.jenkins.step.DeploymentReport;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Carries an update's lines from the engine's threads, which must not wait, to the command's own, which prints them. */
final class UpdateLines implements UpdateListener {

    /** A line, or the update once it has ended. */
    private record Said(String line, Update ended) {}

    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

    @Override
    public void progress(String line) {
        said.add(new Said(line, null));
    }

    @Override
    public void changed(Update update) {
        // Lines tell of it.
    }

    @Override
    public void ended(Update update) {
        said.add(new Said(null, update));
    }

    /** Prints all that comes; returns the update at its end. */
    Update printTo(PrintStream out) throws InterruptedException {
        boolean silent = true;
        for (Said next = said.take(); ; next = said.take()) {
            if (next.ended() != null) {
                DeploymentReport report = DeploymentReport.of(next.ended());
                if (silent) {
                    // It had ended before anybody listened.
                    report.getMessages().forEach(out::println);
                }
                out.println(report);
                return next.ended();
            }
            out.println(next.line());
            silent = false;
        }
    }
}

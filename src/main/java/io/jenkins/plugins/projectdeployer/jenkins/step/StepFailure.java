package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Tells a build what went wrong in a step: one sentence. What nobody foresaw has its stack trace in Jenkins' own log. What Jenkins
 * itself cuts off as it stops is no failure: the step resumes after the start.
 */
final class StepFailure {

    private static final Logger LOGGER = Logger.getLogger(StepFailure.class.getName());

    private StepFailure() {}

    /** Fails the step, unless Jenkins stops. */
    static void tell(StepContext context, Exception reason) {
        if (reason instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (isStopping()) {
            LOGGER.log(Level.FINE, "Cut off as Jenkins stops; the step resumes", reason);
        } else {
            context.onFailure(inOneSentence(context, reason));
        }
    }

    static boolean isStopping() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }

    private static Throwable inOneSentence(StepContext context, Exception reason) {
        if (reason instanceof AbortException || reason instanceof FlowInterruptedException) {
            return reason;
        }
        if (reason instanceof Refused || reason instanceof NodeException) {
            return new AbortException(reason.getMessage());
        }
        if (reason instanceof InterruptedException) {
            return new AbortException(Messages.StepFailure_interrupted());
        }
        String build = build(context);
        LOGGER.log(Level.WARNING, reason, () -> "A step of " + build + " failed");
        return new AbortException(Messages.StepFailure_unforeseen(reason.getClass().getSimpleName()));
    }

    private static String build(StepContext context) {
        try {
            Run<?, ?> run = context.get(Run.class);
            return run == null ? "a build" : run.getExternalizableId();
        } catch (IOException e) {
            return "a build that is gone";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "a build";
        }
    }
}

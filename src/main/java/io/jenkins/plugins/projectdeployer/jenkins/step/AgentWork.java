package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a step does beside Pipeline's own thread, and does again from its beginning while the agent that it reads from is away:
 * Jenkins has started before its agents are connected again.
 */
final class AgentWork implements Runnable {

    /** System property: seconds for which an agent that is not connected is waited for. */
    static final String PATIENCE = "io.jenkins.plugins.projectdeployer.agentPatienceSeconds";

    private static final Logger LOGGER = Logger.getLogger(AgentWork.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Whatever cuts it off this often does it each time: everything would be read again for ever. */
    private static final int CUTS = 3;

    private final StepContext context;
    private final Task task;
    private final Consumer<Exception> failed;
    private final Duration patience = Duration.ofSeconds(Long.getLong(PATIENCE, Duration.ofMinutes(15).toSeconds()));
    private Future<?> running;
    private boolean cancelled;
    private boolean waits;
    private long awaySince;
    private int cuts;
    private Duration pause = Duration.ofSeconds(1);

    /** What is done; it may be begun anew. */
    interface Task {
        void run() throws Exception;
    }

    /** @param failed is told why it did not succeed, unless it was cancelled */
    AgentWork(StepContext context, Task task, Consumer<Exception> failed) {
        this.context = context;
        this.task = task;
        this.failed = failed;
    }

    synchronized AgentWork begin() {
        if (!cancelled) {
            running = Computer.threadPoolForRemoting.submit(this);
        }
        return this;
    }

    /** Begins nothing any more; answers whether this came before its end. */
    synchronized boolean cancel() {
        cancelled = true;
        return running.cancel(true);
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (AgentAway e) {
            await(e);
        } catch (Exception e) {
            fail(e);
        }
    }

    private void fail(Exception reason) {
        if (!isCancelled()) {
            failed.accept(reason);
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Tries again soon, less and less often, for as long as it is worth it. */
    private void await(AgentAway away) {
        if (StepFailure.isStopping() || isCancelled()) {
            return;
        }
        if (away.isCutOff() && ++cuts == CUTS) {
            fail(new AbortException(Messages.AgentWork_cutOff(CUTS)));
            return;
        }
        if (!waits || away.isCutOff()) {
            waits = true;
            awaySince = System.nanoTime();
            say(Messages.AgentWork_waits(shown(patience)));
        } else if (System.nanoTime() - awaySince > patience.toNanos()) {
            fail(new AbortException(Messages.AgentWork_gone(shown(patience))));
            return;
        }
        later();
    }

    private synchronized void later() {
        running = Timer.get().schedule(this::begin, pause.toMillis(), TimeUnit.MILLISECONDS);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private static String shown(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private void say(String line) {
        try {
            context.get(TaskListener.class).getLogger().println(line);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No build log to write to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

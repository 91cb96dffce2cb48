package io.jenkins.plugins.projectdeployer.gate;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells news to every notifier, beside the deployments and never in their way, nor in each other's: each has a thread of
 * its own, with a queue that is bounded, and every failure is logged and left at that. News that a stopping controller
 * still had are lost; the list of requests is what counts.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Notifications.class.getName());
    private static final int WAITING = 1_000;

    private final List<Lane> lanes;

    /** A notifier and its thread: a mail server that does not answer holds up no webhook. */
    private record Lane(Notifier notifier, ThreadPoolExecutor thread) {

        static Lane of(Notifier notifier) {
            return new Lane(notifier, new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread daemon = new Thread(task, "project-deployer notifications");
                daemon.setDaemon(true);
                return daemon;
            }));
        }

        void tell(GateNews news) {
            try {
                thread.execute(() -> Notifications.tell(notifier, news));
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.WARNING, "{0} tells nobody \"{1}\": {2} notifications wait already, or the controller stops",
                        new Object[] {notifier.getClass().getSimpleName(), news.text(), WAITING});
            }
        }
    }

    public Notifications(List<Notifier> notifiers) {
        lanes = notifiers.stream().map(Lane::of).toList();
    }

    /** Returns at once. */
    public void tell(GateNews news) {
        lanes.forEach(lane -> lane.tell(news));
    }

    private static void tell(Notifier notifier, GateNews news) {
        try {
            notifier.tell(news);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            LOGGER.log(Level.WARNING, "A notification failed (" + news.text() + "); the deployment is not touched by that", e);
        }
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread().shutdownNow());
    }
}

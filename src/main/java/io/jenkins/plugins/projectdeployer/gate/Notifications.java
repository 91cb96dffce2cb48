package io.jenkins.plugins.projectdeployer.gate;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells news to every notifier, beside the deployments and never in their way: on a thread of its own, with a queue that
 * is bounded, and with every failure logged and left at that. News that a stopping controller still had are lost; the
 * list of requests is what counts.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Notifications.class.getName());
    private static final int WAITING = 1_000;

    private final List<Notifier> notifiers;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), task -> {
        Thread daemon = new Thread(task, "project-deployer notifications");
        daemon.setDaemon(true);
        return daemon;
    });

    public Notifications(List<Notifier> notifiers) {
        this.notifiers = List.copyOf(notifiers);
    }

    /** Returns at once. */
    public void tell(GateNews news) {
        try {
            thread.execute(() -> notifiers.forEach(notifier -> tell(notifier, news)));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.WARNING, "Nobody is told \"{0}\": {1} notifications wait already, or the controller stops",
                    new Object[] {news.text(), WAITING});
        }
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
        thread.shutdownNow();
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who may go on. One update at a time holds a deployment; at most {@value #WIDTH} at once change the nodes of one
 * infrastructure. A node belongs to one infrastructure, so this bounds the updates of each node too. Whoever has to wait
 * is parked without a thread and woken in the order in which they came.
 */
final class Lanes {

    static final int WIDTH = 4;

    private final Map<String, Lane> deployments = new HashMap<>();
    private final Map<String, Lane> infrastructures = new HashMap<>();

    /**
     * Takes the deployment, or parks behind the update that has it.
     *
     * @param wake called once it is this update's turn
     * @return whether the update holds the deployment now
     */
    synchronized boolean enterDeployment(Update update, Runnable wake) {
        return deployments.computeIfAbsent(deployment(update), key -> new Lane(1)).enter(update.number(), wake);
    }

    /** The update that holds the deployment, when it is another one than this. */
    synchronized Optional<Long> holder(Update update) {
        Lane lane = deployments.get(deployment(update));
        return lane == null ? Optional.empty() : lane.inside.stream().filter(number -> number != update.number()).findFirst();
    }

    /** Takes one of the infrastructure's places, or parks until one is free. */
    synchronized boolean enterInfrastructure(Update update, Runnable wake) {
        return infrastructures.computeIfAbsent(infrastructure(update), key -> new Lane(WIDTH)).enter(update.number(), wake);
    }

    /** Gives back all that the update holds or waits for, and wakes whoever is next. */
    void leave(Update update) {
        List<Runnable> next = new ArrayList<>();
        synchronized (this) {
            if (update.deploymentId() != null) {
                leave(deployments, deployment(update), update.number(), next);
                leave(infrastructures, infrastructure(update), update.number(), next);
            }
        }
        next.forEach(Runnable::run);
    }

    private static void leave(Map<String, Lane> lanes, String key, long number, List<Runnable> next) {
        Lane lane = lanes.get(key);
        if (lane != null) {
            lane.leave(number, next);
            if (lane.inside.isEmpty() && lane.waiting.isEmpty()) {
                lanes.remove(key);
            }
        }
    }

    private static String infrastructure(Update update) {
        return update.request().infrastructure().toLowerCase(Locale.ROOT);
    }

    /**
     * Before a deployment is there its id is a mere word: two updates that name it for different projects or infrastructures
     * are none of each other's business, and the store refuses the second when it is created.
     */
    private static String deployment(Update update) {
        return update.deploymentId().toLowerCase(Locale.ROOT) + '\0' + infrastructure(update) + '\0' + update.request().project();
    }

    /** One queue with a width. */
    private static final class Lane {

        private final int width;
        private final List<Long> inside = new ArrayList<>();
        private final Deque<Waiter> waiting = new ArrayDeque<>();

        private Lane(int width) {
            this.width = width;
        }

        private boolean enter(long number, Runnable wake) {
            if (inside.contains(number)) {
                return true;
            }
            if (inside.size() < width && waiting.isEmpty()) {
                inside.add(number);
                return true;
            }
            if (waiting.stream().noneMatch(waiter -> waiter.number == number)) {
                waiting.add(new Waiter(number, wake));
            }
            return false;
        }

        /** The place is handed over, so nobody can barge in between. */
        private void leave(long number, List<Runnable> next) {
            waiting.removeIf(waiter -> waiter.number == number);
            if (inside.remove(number)) {
                while (inside.size() < width && !waiting.isEmpty()) {
                    Waiter waiter = waiting.remove();
                    inside.add(waiter.number);
                    next.add(waiter.wake);
                }
            }
        }
    }

    private record Waiter(long number, Runnable wake) {}
}

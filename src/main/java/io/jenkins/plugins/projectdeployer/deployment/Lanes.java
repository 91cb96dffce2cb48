package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may go on. One update at a time holds a deployment; at most {@value #WIDTH} at once change the nodes of one
 * infrastructure. A node belongs to one infrastructure, so this bounds the updates of each node too. Whoever has to wait
 * is parked without a thread and woken in the order of the updates' numbers, which is that in which they were submitted.
 */
final class Lanes {

    static final int WIDTH = 4;

    private final Map<String, Lane> deployments = new HashMap<>();
    private final Map<String, Lane> infrastructures = new HashMap<>();

    /**
     * An update that will wait for this deployment is on its way: none with a higher number goes before it, although its
     * thread may come first.
     */
    synchronized void announce(Update update, String deploymentId) {
        lane(deployments, deployment(update, deploymentId), 1).announced.add(update.number());
    }

    /**
     * Takes the deployment, or parks behind the update that has it.
     *
     * @param wake called once it is this update's turn
     * @return whether the update holds the deployment now
     */
    boolean enterDeployment(Update update, Runnable wake) {
        List<Runnable> next = new ArrayList<>();
        boolean holds;
        synchronized (this) {
            Lane lane = lane(deployments, deployment(update, update.deploymentId()), 1);
            // It may have been announced for another deployment than it turned out to be.
            List.copyOf(deployments.entrySet()).forEach(other -> {
                other.getValue().announced.remove(update.number());
                if (other.getValue() != lane) {
                    tidy(deployments, other.getKey(), next);
                }
            });
            holds = update.request().queue() ? lane.enter(update.number(), wake, next) : lane.enterAtOnce(update.number(), wake);
        }
        next.forEach(Runnable::run);
        return holds;
    }

    /** The update that holds the deployment, when it is another one than this. */
    synchronized Optional<Long> holder(Update update) {
        Lane lane = deployments.get(deployment(update, update.deploymentId()));
        return lane == null ? Optional.empty() : lane.inside.stream().filter(number -> number != update.number()).findFirst();
    }

    /** Takes one of the infrastructure's places, or parks until one is free. */
    synchronized boolean enterInfrastructure(Update update, Runnable wake) {
        return lane(infrastructures, infrastructure(update), WIDTH).enterAtOnce(update.number(), wake);
    }

    /** Gives back all that the update holds or waits for, and wakes whoever is next. */
    void leave(Update update) {
        List<Runnable> next = new ArrayList<>();
        synchronized (this) {
            leave(deployments, update.number(), next);
            leave(infrastructures, update.number(), next);
        }
        next.forEach(Runnable::run);
    }

    private static void leave(Map<String, Lane> lanes, long number, List<Runnable> next) {
        List.copyOf(lanes.entrySet()).forEach(lane -> {
            lane.getValue().forget(number);
            tidy(lanes, lane.getKey(), next);
        });
    }

    private static void tidy(Map<String, Lane> lanes, String key, List<Runnable> next) {
        Lane lane = lanes.get(key);
        lane.handOver(next);
        if (lane.isEmpty()) {
            lanes.remove(key);
        }
    }

    private static Lane lane(Map<String, Lane> lanes, String key, int width) {
        return lanes.computeIfAbsent(key, ignored -> new Lane(width));
    }

    private static String infrastructure(Update update) {
        return update.request().infrastructure().toLowerCase(Locale.ROOT);
    }

    /**
     * Before a deployment is there its id is a mere word: two updates that name it for different projects or infrastructures
     * are none of each other's business, and the store refuses the second when it is created.
     */
    private static String deployment(Update update, String deploymentId) {
        return deploymentId.toLowerCase(Locale.ROOT) + '\0' + infrastructure(update) + '\0' + update.request().project();
    }

    /** One queue with a width. */
    private static final class Lane {

        private final int width;
        private final List<Long> inside = new ArrayList<>();
        private final TreeMap<Long, Runnable> waiting = new TreeMap<>();
        private final Set<Long> announced = new HashSet<>();

        private Lane(int width) {
            this.width = width;
        }

        /** Takes a place that is free now and that nobody waits for; else waits. */
        private boolean enterAtOnce(long number, Runnable wake) {
            if (inside.contains(number)) {
                return true;
            }
            if (inside.size() < width && waiting.isEmpty()) {
                inside.add(number);
                return true;
            }
            waiting.putIfAbsent(number, wake);
            return false;
        }

        /** Takes a place in its turn. */
        private boolean enter(long number, Runnable wake, List<Runnable> next) {
            if (!inside.contains(number)) {
                waiting.putIfAbsent(number, wake);
            }
            handOver(next);
            next.remove(wake);
            return inside.contains(number);
        }

        private void forget(long number) {
            announced.remove(number);
            waiting.remove(number);
            inside.remove(number);
        }

        /** A free place is given, not offered, so nobody can barge in between. */
        private void handOver(List<Runnable> next) {
            while (inside.size() < width && !waiting.isEmpty()
                    && announced.stream().allMatch(number -> number > waiting.firstKey())) {
                Map.Entry<Long, Runnable> first = waiting.pollFirstEntry();
                inside.add(first.getKey());
                next.add(first.getValue());
            }
        }

        private boolean isEmpty() {
            return inside.isEmpty() && waiting.isEmpty() && announced.isEmpty();
        }
    }
}

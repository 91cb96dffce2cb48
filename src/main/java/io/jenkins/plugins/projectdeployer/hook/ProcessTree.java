package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A worker and all that came of it. Children are listed while the worker lives: when it is gone, theirs is another
 * parent. Daemons that have left the tree are found by the cookie in their environment (Linux); those that have wiped
 * it too are, with Python 3 on Linux, still the worker's children.
 */
final class ProcessTree {
    private static final Logger LOGGER = Logger.getLogger(ProcessTree.class.getName());
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;
    private static final int CHASES = 3;

    private final ProcessHandle worker;
    private final boolean leadsGroup;
    private final byte[] cookie;
    private final Map<Long, String> killed = new LinkedHashMap<>();
    private final Set<Long> launched = new HashSet<>();

    /**
     * @param worker null when only its cookie is left
     * @param leadsGroup whether its children are in a process group that has its id
     */
    ProcessTree(ProcessHandle worker, String cookie, boolean leadsGroup) {
        this.worker = worker;
        this.leadsGroup = leadsGroup;
        this.cookie = (WorkerCommand.COOKIE + "=" + cookie).getBytes(StandardCharsets.UTF_8);
    }

    boolean leadsGroup() {
        return leadsGroup;
    }

    /** What runs by now is the launcher's doing, not the hook's: no more to be reported than the worker itself. */
    void knowLaunched() {
        descendants().forEach(process -> launched.add(process.pid()));
    }

    /** Ends what the worker has left running, not the worker; what forks faster than one can list may stay. */
    void killDescendants() {
        for (int round = 0; round < CHASES && killAll(leftovers()) > 0; round++) {
            pause(round);
        }
    }

    private List<ProcessHandle> leftovers() {
        return descendants().stream().filter(process -> !launched.contains(process.pid())).toList();
    }

    /** Ends what the worker has left running, then the worker itself; returns when nothing is left, or cannot be. */
    void kill() {
        if (worker != null && worker.isAlive()) {
            killDescendants();
            killGroup();
            worker.destroyForcibly();
        }
        for (int round = 0; round < ROUNDS && killAll(left()) > 0; round++) {
            pause(round);
        }
    }

    /** Processes that fork faster than one can list them end together: a Python 3 worker leads a group. */
    private void killGroup() {
        if (!leadsGroup) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + worker.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot end the processes of a hook as a group", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What had to be ended besides the worker, such as {@code sleep (4711)}. */
    List<String> killed() {
        return killed.entrySet().stream().map(e -> e.getValue() + " (" + e.getKey() + ")").toList();
    }

    private List<ProcessHandle> descendants() {
        return worker.descendants().filter(ProcessTree::isRunning).toList();
    }

    /** A dead worker has no descendants any more: those that it had are known by the cookie alone. */
    private List<ProcessHandle> left() {
        List<ProcessHandle> left = new ArrayList<>(strays());
        // isAlive compares start times: the id of a dead worker may be another's by now.
        if (worker != null && worker.isAlive() && isRunning(worker)) {
            left.addAll(descendants());
        }
        return left;
    }

    private int killAll(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            if (!launched.contains(process.pid())) {
                killed.putIfAbsent(process.pid(), nameOf(process));
            }
            process.destroyForcibly();
        }
        return processes.size();
    }

    private List<ProcessHandle> strays() {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, ProcessTree::isPid)) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                // The handle first: it keeps the start time, so it never means a process that got the id later.
                ProcessHandle process = ProcessHandle.of(pid).orElse(null);
                if (process != null && !process.equals(worker) && hasCookie(entry) && isRunning(process)) {
                    found.add(process);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot list processes in " + PROC, e);
        }
        return found;
    }

    private boolean hasCookie(Path entry) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(entry.resolve("environ"));
        } catch (IOException e) {
            return false; // gone meanwhile, or another user's
        }
        for (int at = 0; at + cookie.length <= environment.length; at++) {
            if (environment[at] == cookie[0] && startsWith(environment, at, cookie)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] beginning) {
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[at + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPid(Path entry) {
        return entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A zombie is dead: it only waits for a parent that does not ask. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            String stat = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            int state = stat.lastIndexOf(')') + 2;
            return state >= stat.length() || "ZX".indexOf(stat.charAt(state)) < 0;
        } catch (IOException e) {
            return process.isAlive(); // no such file system here, or gone meanwhile
        }
    }

    private static String nameOf(ProcessHandle process) {
        try {
            return Files.readString(PROC.resolve(process.pid() + "/comm"), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return process.info().command().map(c -> Path.of(c).getFileName().toString()).orElse("process");
        }
    }

    private static void pause(int round) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(1L << round, 50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

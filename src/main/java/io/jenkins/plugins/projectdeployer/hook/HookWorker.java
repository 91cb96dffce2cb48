package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One worker process: serves one hook and is gone. Reading never blocks, so that neither a silent worker nor a daemon
 * which holds its streams open can keep a thread of the controller.
 */
final class HookWorker {
    private static final Logger LOGGER = Logger.getLogger(HookWorker.class.getName());
    private static final int STARTUP_KEPT = 4096;
    private static final long DISMISS_PATIENCE_MILLIS = 500;
    private static final long HANG_UP_PATIENCE_MILLIS = 2000;
    private static final long END_PATIENCE_MILLIS = 8000;

    private final Process process;
    private final WorkerRecord record;
    private final ProcessTree tree;
    private final boolean launched;
    private final byte[] prefix;
    private final byte[] buffer = new byte[65536];
    private byte[] startup = new byte[0];
    private boolean marked;

    private HookWorker(Process process, WorkerRecord record, String prefix, boolean leadsGroup, boolean launched) {
        this.process = process;
        this.record = record;
        this.tree = new ProcessTree(process.toHandle(), record.cookie(), leadsGroup);
        this.launched = launched;
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Starts the process and greets it; whether it comes up shows in what it says.
     *
     * @param ahead whether there is time to load what a hook may need
     */
    static HookWorker start(HookEngine engine, HookWorkerSettings settings, WorkerPlace place, boolean ahead)
            throws IOException {
        String cookie = place.cookie();
        var home = Private.directory(place.home(cookie));
        try {
            Process process = WorkerCommand.of(engine, settings, place.program(), home, cookie).start();
            WorkerRecord record = new WorkerRecord(
                    place.record(cookie),
                    cookie,
                    home,
                    WorkerRecord.Process.of(process.toHandle()),
                    WorkerRecord.Process.of(ProcessHandle.current()),
                    WorkerRecord.INCARNATION);
            String prefix = place.cookie();
            HookWorker worker = new HookWorker(
                    process, record, prefix, leadsGroup(engine, settings), !settings.launcher().isEmpty());
            try {
                record.write();
            } catch (IOException e) {
                worker.end();
                throw e;
            }
            worker.greet(settings, ahead);
            return worker;
        } catch (IOException e) {
            Private.delete(home);
            throw e;
        }
    }

    private void greet(HookWorkerSettings settings, boolean ahead) {
        try {
            say(HookJson.line(HookJson.object()
                    .put("op", "hello")
                    .put("prefix", new String(prefix, StandardCharsets.US_ASCII))
                    .put("ahead", ahead)
                    .put("launched", launched)
                    .put("address_space", settings.pythonMemoryMiB() * 1024L * 1024L)
                    .put("message_limit", 64 * 1024)
                    .put("traceback_limit", 20 * 1024)));
        } catch (IOException e) {
            // It is gone, or going, and says why on its error stream: that is read by who takes it.
            LOGGER.log(Level.FINE, "A hook's worker took no greeting", e);
        }
    }

    /** Behind a launcher the process that we started is not the interpreter. */
    private static boolean leadsGroup(HookEngine engine, HookWorkerSettings settings) {
        return engine instanceof HookEngine.Python3 && settings.launcher().isEmpty() && !WorkerCommand.isWindows();
    }

    /** Lines that come from this worker begin with it. */
    byte[] prefix() {
        return prefix;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Whether it has said anything that nobody has read yet. */
    boolean hasSpoken() {
        try {
            return process.getInputStream().available() > 0;
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Writes one line; blocks while the worker does not read. */
    void say(byte[] line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(line);
        in.flush();
    }

    /** Takes what has arrived on both streams; returns how many bytes that were. */
    int pump(WorkerLines lines, HookOutput output) throws IOException {
        int fromError = readAvailable(process.getErrorStream());
        if (fromError > 0) {
            takeError(fromError, output);
        }
        int fromOut = readAvailable(process.getInputStream());
        if (fromOut > 0) {
            lines.take(buffer, fromOut);
        }
        return fromError + fromOut;
    }

    /** What the process said before it was ready: of use when it never was. */
    String startupText() {
        return new String(startup, StandardCharsets.UTF_8).strip();
    }

    /** The worker is up, and its hook has not begun. */
    void settle() {
        if (launched) {
            tree.knowLaunched();
        }
    }

    /**
     * The worker has given its result: where it leads a group it may go, and takes the group with it at one stroke. A
     * JVM of ours is not asked: its own way out takes 0.3 s while a thread reads. {@link #end()} must follow.
     */
    void dismiss() {
        if (!tree.leadsGroup() && !launched) {
            return;
        }
        tree.killDescendants();
        try {
            say(HookJson.line(HookJson.object().put("op", "bye")));
            process.waitFor(DISMISS_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "A hook's worker was gone before it was dismissed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the worker and all that came of it; false when it could not be ended. Behind a launcher it may be another
     * user's process, which takes no signal of ours: it sees the end of its input and ends itself with its group.
     */
    boolean end() {
        try {
            if (launched && process.isAlive()) {
                Thread hangUp = new Thread(this::hangUp, "hook hang-up");
                hangUp.setDaemon(true);
                hangUp.start();
                process.waitFor(HANG_UP_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
            tree.kill();
            return process.waitFor(END_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** May wait for a writer that the worker does not read from. */
    private void hangUp() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The input of a hook's worker was closed already", e);
        }
    }

    /** Removes what the worker had on disk; for a worker that has ended. */
    void cleanUp() {
        try {
            Private.delete(record.home());
            Files.deleteIfExists(record.file());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "A hook left files that cannot be deleted; the next start tries again: " + record.home(), e);
        }
    }

    /** What the hook left running and {@link #end()} had to end. */
    List<String> killed() {
        return tree.killed();
    }

    private int readAvailable(InputStream stream) throws IOException {
        int available = stream.available();
        return available <= 0 ? 0 : Math.max(0, stream.read(buffer, 0, Math.min(available, buffer.length)));
    }

    /** Up to the mark it is the interpreter that speaks, not the hook. */
    private void takeError(int length, HookOutput output) {
        if (marked) {
            output.take(buffer, length);
            return;
        }
        byte[] all = Arrays.copyOf(startup, startup.length + length);
        System.arraycopy(buffer, 0, all, startup.length, length);
        int mark = indexOf(all, prefix);
        if (mark >= 0) {
            marked = true;
            startup = Arrays.copyOf(all, Math.min(mark, STARTUP_KEPT));
            int rest = Math.min(all.length, mark + prefix.length + 1);
            output.take(Arrays.copyOfRange(all, rest, all.length), all.length - rest);
        } else {
            // The end is kept whole: the mark may have come half.
            startup = all.length <= 2 * STARTUP_KEPT
                    ? all
                    : Arrays.copyOfRange(all, all.length - STARTUP_KEPT, all.length);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}

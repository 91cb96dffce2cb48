package io.jenkins.plugins.projectdeployer.hook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How workers are started. Values that are not set here are not inherited from the controller either.
 *
 * @param directory holds the worker program, the workers' own directories and the record of who runs; ours alone
 * @param jythonJar the jython-standalone jar, for child JVMs alone
 * @param jythonHeapMiB {@code -Xmx} of such a JVM, at least 64
 * @param pythonMemoryMiB bound of a Python 3 worker's address space, 0 for none
 * @param launcher argument list put before the interpreter, such as {@code sudo -n -u hooks --}; empty for none
 * @param environment added to the short list that every worker gets, such as {@code HTTPS_PROXY}
 * @param startLimit how long a worker may take to be ready
 * @param spareIdle how long a Jython worker is kept ready after the last hook; zero for no spare at all
 */
public record HookWorkerSettings(
        Path directory,
        Path jythonJar,
        int jythonHeapMiB,
        int pythonMemoryMiB,
        List<String> launcher,
        Map<String, String> environment,
        Duration startLimit,
        Duration spareIdle) {

    public HookWorkerSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(jythonJar, "jythonJar");
        Objects.requireNonNull(startLimit, "startLimit");
        Objects.requireNonNull(spareIdle, "spareIdle");
        launcher = List.copyOf(launcher);
        environment = Map.copyOf(environment);
        if (jythonHeapMiB < 64) {
            throw new IllegalArgumentException(
                    "jythonHeapMiB is " + jythonHeapMiB + ": the built-in engine needs at least 64");
        }
        if (pythonMemoryMiB < 0) {
            throw new IllegalArgumentException("pythonMemoryMiB is " + pythonMemoryMiB + ": 0 means no bound");
        }
    }

    /** 128 MiB for Jython, 1 GiB for Python 3, no launcher, a spare for ten minutes. */
    public static HookWorkerSettings defaults(Path directory, Path jythonJar) {
        return new HookWorkerSettings(
                directory, jythonJar, 128, 1024, List.of(), Map.of(), Duration.ofSeconds(60), Duration.ofMinutes(10));
    }

    public HookWorkerSettings withLauncher(List<String> prefix) {
        return new HookWorkerSettings(
                directory, jythonJar, jythonHeapMiB, pythonMemoryMiB, prefix, environment, startLimit, spareIdle);
    }

    public HookWorkerSettings withEnvironment(Map<String, String> added) {
        return new HookWorkerSettings(
                directory, jythonJar, jythonHeapMiB, pythonMemoryMiB, launcher, added, startLimit, spareIdle);
    }

    public HookWorkerSettings withMemory(int jythonMiB, int pythonMiB) {
        return new HookWorkerSettings(
                directory, jythonJar, jythonMiB, pythonMiB, launcher, environment, startLimit, spareIdle);
    }

    public HookWorkerSettings withSpareIdle(Duration idle) {
        return new HookWorkerSettings(
                directory, jythonJar, jythonHeapMiB, pythonMemoryMiB, launcher, environment, startLimit, idle);
    }

    public HookWorkerSettings withStartLimit(Duration limit) {
        return new HookWorkerSettings(
                directory, jythonJar, jythonHeapMiB, pythonMemoryMiB, launcher, environment, limit, spareIdle);
    }
}

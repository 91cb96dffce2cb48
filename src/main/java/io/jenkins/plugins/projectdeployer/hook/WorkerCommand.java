package io.jenkins.plugins.projectdeployer.hook;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The process that interprets a hook: arguments and environment, nothing inherited, no shell. */
final class WorkerCommand {
    /** Names the processes of one worker, daemons too. */
    static final String COOKIE = "PROJECT_DEPLOYER_HOOK";

    private WorkerCommand() {}

    static ProcessBuilder of(
            HookEngine engine, HookWorkerSettings settings, Path program, Path home, String cookie) {
        List<String> arguments = new ArrayList<>(settings.launcher());
        if (engine instanceof HookEngine.Python3 python) {
            arguments.addAll(List.of(python.interpreter().toString(), "-s", program.toString()));
        } else {
            jython(arguments, settings, program, home);
        }
        ProcessBuilder builder = new ProcessBuilder(arguments).directory(home.toFile());
        environment(builder.environment(), settings, home, cookie);
        return builder;
    }

    private static void jython(List<String> arguments, HookWorkerSettings settings, Path program, Path home) {
        String java = isWindows() ? "java.exe" : "java";
        arguments.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + java);
        arguments.addAll(List.of(
                "-Xmx" + settings.jythonHeapMiB() + "m",
                // Short-lived and small: the first compiler and the plain collector start and run with least CPU.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // Its messages must not get between the protocol's lines.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:-CreateCoredumpOnCrash",
                "-Dfile.encoding=UTF-8",
                "-Dpython.import.site=false",
                "-Dpython.cachedir.skip=true",
                "-Dpython.console.encoding=UTF-8",
                "-Dpython.io.encoding=UTF-8",
                // Jython reads a registry file there, and Java takes it from the account, not from HOME.
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + home));
        if (Runtime.version().feature() >= 24) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        arguments.addAll(List.of(
                "-cp", settings.jythonJar().toString(), "org.python.util.jython", program.toString()));
    }

    private static void environment(
            Map<String, String> environment, HookWorkerSettings settings, Path home, String cookie) {
        Map<String, String> inherited = Map.copyOf(environment);
        environment.clear();
        if (isWindows()) {
            for (String name : List.of("SystemRoot", "PATH", "PATHEXT", "COMSPEC")) {
                inherited.entrySet().stream()
                        .filter(e -> e.getKey().equalsIgnoreCase(name))
                        .forEach(e -> environment.put(name, e.getValue()));
            }
            environment.put("TEMP", home.toString());
            environment.put("TMP", home.toString());
        } else {
            environment.put("PATH", "/usr/bin:/bin");
            environment.put("LANG", "C.UTF-8");
        }
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", home.toString());
        environment.put("PYTHONIOENCODING", "utf-8");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.putAll(settings.environment());
        environment.put(COOKIE, cookie);
    }

    static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A runner on a directory of its own, and hooks to run in it. */
final class Hooks implements AutoCloseable {
    static final HookHttp NOWHERE = request -> {
        throw new HookHttp.Failure(HookHttp.Failure.Kind.CONNECT, "This test has no node");
    };

    /** Long enough for a machine that does much else; a test that fails shows by its assertion, not by this. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    final HookWorkers workers;
    final HookThrottle throttle;
    final HookRunner runner;

    Hooks(Path directory) throws Exception {
        this(settings(directory), HookThrottle.Settings.DEFAULT, text -> {});
    }

    Hooks(HookWorkerSettings settings, HookThrottle.Settings slots, HookApproval approval) throws Exception {
        workers = new HookWorkers(settings);
        throttle = new HookThrottle(slots, ForkJoinPool.commonPool());
        runner = new HookRunner(workers, throttle, approval);
    }

    static HookWorkerSettings settings(Path directory) {
        return HookWorkerSettings.defaults(directory.toAbsolutePath(), jythonJar()).withSpareIdle(Duration.ZERO)
                .withStartLimit(PATIENCE);
    }

    static Path jythonJar() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(p -> p.getFileName().toString().startsWith("jython-standalone"))
                .findFirst()
                .orElseThrow()
                .toAbsolutePath();
    }

    /** A Python 3 of this machine; without one the test is skipped, as Jython's never is. */
    static HookEngine python3() {
        Optional<Path> found = findPython3();
        assumeTrue(found.isPresent(), "no python3 on this machine");
        return new HookEngine.Python3("py3", found.orElseThrow());
    }

    private static Optional<Path> findPython3() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .filter(d -> !d.contains("shims"))
                .map(d -> Path.of(d, "python3"))
                .filter(p -> p.isAbsolute() && Files.isExecutable(p))
                .findFirst();
    }

    static HookEngine engine(String name) {
        return name.equals("jython") ? HookEngine.JYTHON : python3();
    }

    /** The signature that Dataiku documents, with this body. */
    static String executing(String... lines) {
        return "def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,\n"
                + "            deploying_user, deployed_project_key, **kwargs):\n    "
                + String.join("\n    ", lines)
                + "\n";
    }

    static RunSpec hook(HookEngine engine, String source) {
        return new RunSpec(engine, source);
    }

    HookOutcome run(RunSpec spec) throws Exception {
        return runner.run(spec.toRun(), () -> {}).outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    HookOutcome run(HookEngine engine, String source) throws Exception {
        return run(hook(engine, source));
    }

    @Override
    public void close() {
        runner.close();
        throttle.close();
        workers.close();
    }

    /** One run in the making; what a test does not set is plain. */
    static final class RunSpec {
        private final HookEngine engine;
        private final String source;
        String name = "notify";
        HookPhase phase = HookPhase.PRE;
        HookArguments arguments = new HookArguments("alice", "CHURN-on-prod", null, "svc_deploy", "CHURN");
        Map<String, String> secrets = Map.of();
        Duration limit = PATIENCE;
        HookHttp automation = NOWHERE;
        HookHttp deployer = NOWHERE;

        private RunSpec(HookEngine engine, String source) {
            this.engine = engine;
            this.source = source;
        }

        RunSpec named(String name) {
            this.name = name;
            return this;
        }

        RunSpec arguments(HookArguments arguments) {
            this.arguments = arguments;
            this.phase = arguments.report() == null ? HookPhase.PRE : HookPhase.POST;
            return this;
        }

        RunSpec secrets(Map<String, String> secrets) {
            this.secrets = secrets;
            return this;
        }

        RunSpec limit(Duration limit) {
            this.limit = limit;
            return this;
        }

        RunSpec automation(HookHttp automation) {
            this.automation = automation;
            return this;
        }

        RunSpec deployer(HookHttp deployer) {
            this.deployer = deployer;
            return this;
        }

        HookRun toRun() {
            HookText text = new HookText(
                    "prod", name, phase, engine, "svc_hooks", secrets.keySet().stream().map(n -> new HookSecret(n, n + "-credential")).toList(), source);
            HookTicket ticket = new HookTicket("CHURN on prod by alice, hook " + name, 41, phase);
            return new HookRun(ticket, text, arguments, secrets, limit, automation, deployer);
        }
    }
}

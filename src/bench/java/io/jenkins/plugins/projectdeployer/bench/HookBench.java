package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.hook.HookArguments;
import io.jenkins.plugins.projectdeployer.hook.HookEngine;
import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.hook.HookOutcome;
import io.jenkins.plugins.projectdeployer.hook.HookRun;
import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.hook.HookStatus;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookTicket;
import io.jenkins.plugins.projectdeployer.hook.HookWorkerSettings;
import io.jenkins.plugins.projectdeployer.hook.HookWorkers;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/**
 * A hook from permit to outcome, all its processes gone. Peers in the same run: for Python 3 a bare {@code python3 -s}
 * of the same text; for Jython the same text in a worker that is used again and again, as ours never is.
 * Must reach: Python 3 at most 2 times, prestarted Jython at most 30 times its peer.
 * Arguments: path of a python3 (default /usr/bin/python3), number of hooks (default 20).
 */
public final class HookBench {
    private static final String HOOK = """
            import json
            import datetime

            def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,
                        deploying_user, deployed_project_key, **kwargs):
                text = json.dumps({'user': requesting_user, 'at': datetime.datetime(2026, 1, 2).isoformat()})
                return HookResult.success(text)
            """;
    private static final String BARE = """
            class HookResult(object):
                @staticmethod
                def success(message):
                    return message

            %s
            print(execute('alice', 'd', None, None, None, 'bob', 'K'))
            """;
    private static final String REUSED = """
            import json, sys
            sys.path.insert(0, sys.argv[1])
            import worker
            job = {'name': 'bench', 'source': sys.stdin.readline(), 'secrets': {}, 'args': {
                'requesting_user': 'alice', 'deployment_id': 'd', 'deployment_report': None,
                'deploying_user': 'bob', 'deployed_project_key': 'K'}}
            job['source'] = json.loads(job['source'])
            clients = {'automation_client': None, 'deployer_client': None}
            while sys.stdin.readline():
                sys.stdout.write(worker.run_hook(job, clients)['status'] + '\\n')
                sys.stdout.flush()
            """;

    private final HookWorkers workers;
    private final HookRunner runner;
    private final Path directory;
    private final Path jython;
    private final int count;

    private HookBench(HookWorkers workers, HookRunner runner, Path directory, Path jython, int count) {
        this.workers = workers;
        this.runner = runner;
        this.directory = directory;
        this.jython = jython;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        Path python = Path.of(arguments.length > 0 ? arguments[0] : "/usr/bin/python3");
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        // Not java.class.path: benchmarks run inside Maven.
        Path jython = Path.of(Class.forName("org.python.util.jython").getProtectionDomain().getCodeSource().getLocation().toURI());
        try (BenchHome home = BenchHome.create();
                HookWorkers workers = new HookWorkers(HookWorkerSettings.defaults(home.path(), jython));
                HookThrottle throttle = new HookThrottle(HookThrottle.Settings.DEFAULT, ForkJoinPool.commonPool());
                HookRunner runner = new HookRunner(workers, throttle, text -> {})) {
            HookBench bench = new HookBench(workers, runner, home.path(), jython, count);
            bench.python(python);
            bench.jython();
        }
    }

    private void python(Path python) throws Exception {
        if (!Files.isExecutable(python)) {
            System.out.println("Python 3: " + python + " is not there; name another as the first argument");
            return;
        }
        Path script = Files.writeString(directory.resolve("bare.py"), BARE.formatted(HOOK));
        HookEngine engine = new HookEngine.Python3("bench", python);
        List<Long> ours = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        for (int i = -3; i < count; i++) {
            long theirs = nanos(() -> bare(python, script));
            long hook = nanos(() -> hook(engine));
            if (i >= 0) {
                bare.add(theirs);
                ours.add(hook);
            }
        }
        report("Python 3", ours, "bare python3 -s", bare, 2);
    }

    private void jython() throws Exception {
        List<Long> ours = new ArrayList<>();
        for (int i = -1; i < count; i++) {
            runner.prepare(HookEngine.JYTHON);
            while (!workers.spare().map(HookWorkers.Spare::ready).orElse(false)) {
                Thread.sleep(20);
            }
            long hook = nanos(() -> hook(HookEngine.JYTHON));
            if (i >= 0) {
                ours.add(hook);
            }
        }
        report("Jython, prestarted", ours, "reused worker", reused(), 30);
    }

    private Void hook(HookEngine engine) throws Exception {
        HookHttp nowhere = request -> {
            throw new HookHttp.Failure(HookHttp.Failure.Kind.REFUSED, "no node here");
        };
        HookText text = new HookText("bench", "bench", HookPhase.PRE, engine, null, List.of(), HOOK);
        HookRun run = new HookRun(
                new HookTicket("bench", 1, HookPhase.PRE),
                text,
                new HookArguments("alice", "d", null, "bob", "K"),
                Map.of(),
                Duration.ofMinutes(1),
                nowhere,
                nowhere);
        HookOutcome outcome = runner.run(run, () -> {}).outcome().get();
        if (outcome.status() != HookStatus.SUCCESS) {
            throw new IllegalStateException(outcome.toString());
        }
        return null;
    }

    private static Void bare(Path python, Path script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(python.toString(), "-s", script.toString());
        builder.environment().clear();
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the bare script failed");
        }
        return null;
    }

    private List<Long> reused() throws Exception {
        Path script = Files.writeString(directory.resolve("reused.py"), REUSED);
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dpython.import.site=false",
                "-Dpython.cachedir.skip=true",
                "-cp",
                jython.toString(),
                "org.python.util.jython",
                script.toString(),
                directory.resolve("program").toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<Long> times = new ArrayList<>();
        try (Writer in = process.outputWriter(StandardCharsets.US_ASCII);
                BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            in.write("\"" + HOOK.replace("\n", "\\n") + "\"\n");
            for (int i = -200; i < 200; i++) {
                long time = nanos(() -> {
                    in.write("go\n");
                    in.flush();
                    return out.readLine();
                });
                if (i >= 0) {
                    times.add(time);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        return times;
    }

    private static long nanos(Callable<?> task) throws Exception {
        long start = System.nanoTime();
        task.call();
        return System.nanoTime() - start;
    }

    private static void report(String what, List<Long> ours, String peer, List<Long> theirs, int limit) {
        double mine = median(ours);
        double other = median(theirs);
        System.out.printf(
                "%s: permit to outcome %.1f ms, %s %.2f ms (medians of %d and %d)%n", what, mine, peer, other, ours.size(), theirs.size());
        Limit.atMost(limit, what + " against " + peer + ", ratio", mine / other);
    }

    private static double median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / 1e6;
    }
}

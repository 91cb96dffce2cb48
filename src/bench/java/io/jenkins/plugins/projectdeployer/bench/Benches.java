package io.jenkins.plugins.projectdeployer.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs all benchmarks, or those that are named, one after the other. Each prints its ratio and what it must reach;
 * where a limit that is checked was missed, it ends with 1.
 */
public final class Benches {

    /** A benchmark's main method. */
    private interface Bench {
        void run(String[] args) throws Exception;
    }

    private Benches() {}

    public static void main(String[] args) throws Exception {
        Map<String, Bench> all = new LinkedHashMap<>();
        all.put("rights", RightsBench::main);
        all.put("waiting", WaitingListBench::main);
        all.put("waiting-page", WaitingPageBench::main);
        all.put("access", AccessBench::main);
        all.put("throttle", ThrottleBench::main);
        all.put("hook", HookBench::main);
        all.put("update", UpdateBench::main);
        all.put("scenarios", ManyScenariosBench::main);
        all.put("nodes", NodesBench::main);
        all.put("upload", UploadBench::main);
        all.put("open", OpenBench::main);
        all.put("dashboard", DashboardBench::main);
        String only = System.getProperty("bench", "");
        for (Map.Entry<String, Bench> bench : all.entrySet()) {
            if (only.isEmpty() || only.equals(bench.getKey())) {
                bench.getValue().run(new String[0]);
            }
        }
        System.exit(Limit.missed() ? 1 : 0);
    }
}

package io.jenkins.plugins.projectdeployer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs all benchmarks, or those that {@code -Dbench=} names with commas between them, one after the other. Each prints its ratio and what it must reach;
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
        List<String> only = List.of(System.getProperty("bench", String.join(",", all.keySet())).split(","));
        only.stream().filter(name -> !all.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("There is no benchmark " + name + ", but " + String.join(", ", all.keySet()) + ".");
        });
        for (Map.Entry<String, Bench> bench : all.entrySet()) {
            if (only.contains(bench.getKey())) {
                bench.getValue().run(new String[0]);
            }
        }
        System.exit(Limit.missed() ? 1 : 0);
    }
}

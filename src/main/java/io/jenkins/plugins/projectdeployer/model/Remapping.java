package io.jenkins.plugins.projectdeployer.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The three tables of renamed resources. What no table names keeps its name. */
public record Remapping(List<Remap> connections, List<Remap> codeEnvs, List<Remap> containerExecs) {

    /** Everything keeps its name. */
    public static final Remapping NONE = new Remapping(List.of(), List.of(), List.of());

    public Remapping {
        connections = Text.list(connections);
        codeEnvs = Text.list(codeEnvs);
        containerExecs = Text.list(containerExecs);
    }

    /** These tables with {@code own} laid over them: for a source in both, the target of {@code own} wins (Dataiku: A3.4). */
    public Remapping overriddenBy(Remapping own) {
        return new Remapping(
                merged(connections, own.connections), merged(codeEnvs, own.codeEnvs), merged(containerExecs, own.containerExecs));
    }

    /** These tables without the lines that {@code other} has too. */
    public Remapping without(Remapping other) {
        return new Remapping(
                without(connections, other.connections), without(codeEnvs, other.codeEnvs),
                without(containerExecs, other.containerExecs));
    }

    private static List<Remap> without(List<Remap> lines, List<Remap> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    /** What the connection is called on the node. */
    public String connection(String source) {
        return target(connections, source);
    }

    /** What the code env is called on the node. */
    public String codeEnv(String source) {
        return target(codeEnvs, source);
    }

    /** What the containerized execution configuration is called on the node. */
    public String containerExec(String source) {
        return target(containerExecs, source);
    }

    private static String target(List<Remap> table, String source) {
        return table.stream()
                .filter(remap -> source.equals(remap.source()) && remap.target() != null)
                .map(Remap::target)
                .findFirst()
                .orElse(source);
    }

    private static List<Remap> merged(List<Remap> below, List<Remap> above) {
        Map<String, Remap> bySource = new LinkedHashMap<>();
        below.forEach(remap -> bySource.put(remap.source(), remap));
        above.forEach(remap -> bySource.put(remap.source(), remap));
        return new ArrayList<>(bySource.values());
    }
}

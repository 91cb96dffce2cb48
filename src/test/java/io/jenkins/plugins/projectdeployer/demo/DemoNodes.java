package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One automation node for each stage, over real HTTP on free ports. */
final class DemoNodes implements AutoCloseable {

    private static final List<String> STAGES = List.of("dev", "test", "prod");

    private final Map<String, EmbeddedNode> nodes = new LinkedHashMap<>();

    DemoNodes() {
        STAGES.forEach(stage -> nodes.put(stage, EmbeddedNode.builder().nodeId(stage).world(state -> DemoWorld.stage(state, stage)).start()));
    }

    EmbeddedNode node(String stage) {
        return nodes.get(stage);
    }

    Map<String, EmbeddedNode> all() {
        return nodes;
    }

    /** Where they are and their keys, under the names that {@code jenkins.yaml} has for them. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        nodes.forEach((stage, node) -> {
            values.put(stage.toUpperCase(Locale.ROOT) + "_URL", node.url());
            values.put(stage.toUpperCase(Locale.ROOT) + "_KEY", node.key());
        });
        return values;
    }

    @Override
    public void close() {
        nodes.values().forEach(EmbeddedNode::close);
    }
}

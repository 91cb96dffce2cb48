package io.jenkins.plugins.projectdeployer.embedded;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Starts one automation node alone, prints {@code node http://127.0.0.1:PORT key KEY}, and stays up until it is stopped.
 *
 * <p>System properties, all optional: {@code node.port}, {@code node.key}, {@code node.id}, {@code node.type} (AUTOMATION or
 * DESIGN), {@code node.discard} (true: keep nothing of uploads but their head).
 */
public final class EmbeddedNodeMain {
    private EmbeddedNodeMain() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedNode.Builder builder = EmbeddedNode.builder()
                .nodeId(System.getProperty("node.id", "automation-1"))
                .type(NodeType.valueOf(System.getProperty("node.type", "AUTOMATION")))
                .port(Integer.getInteger("node.port", 0))
                .key(System.getProperty("node.key", UUID.randomUUID().toString()))
                .world(DemoWorld::standard);
        if (Boolean.getBoolean("node.discard")) {
            builder.discardUploads();
        }
        EmbeddedNode node = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "embedded-node-stop"));
        System.out.println("node " + node.url() + " key " + node.key());
        new CountDownLatch(1).await();
    }
}

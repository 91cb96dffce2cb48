package io.jenkins.plugins.projectdeployer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone after the benchmark. */
record BenchHome(Path path) implements AutoCloseable {

    static BenchHome create() throws IOException {
        return new BenchHome(Files.createTempDirectory("project-deployer-bench"));
    }

    @Override
    public void close() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.walk(path)) {
            left = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : left) {
            Files.deleteIfExists(each);
        }
    }
}

package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The worker's Python files, put where an interpreter can read them. */
final class WorkerProgram {
    private static final List<String> FILES = List.of(
            "worker.py",
            "project_deployer_pipe.py",
            "project_deployer_client.py",
            "project_deployer_parts.py",
            "project_deployer_project.py",
            "project_deployer_scenario.py",
            "project_deployer_deployer.py");

    private WorkerProgram() {}

    /** Writes the files anew, so that an older version or a change by hand does not stay; returns the worker's path. */
    static Path install(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : FILES) {
            Path written = Files.createTempFile(directory, name, ".new");
            try (InputStream resource = WorkerProgram.class.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IOException("The plugin lacks its file " + name + "; install it again");
                }
                Files.copy(resource, written, StandardCopyOption.REPLACE_EXISTING);
                Private.readableByAll(written);
                Files.move(written, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        }
        return directory.resolve(FILES.get(0));
    }
}

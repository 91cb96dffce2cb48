package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that change together. Each is written beside its place first, so that a full disk is met before anything is touched;
 * then they are put in place, in the order in which they were given. Where that fails half-way, those before are put back.
 */
final class ChangeOnDisk implements Closeable {

    /** @param written what is to be put in the file's place; null when the file is to go */
    private record Step(XmlFile file, Path written, Runnable done) {

        private Path place() {
            return file.getFile().toPath();
        }
    }

    private final Saveable owner;
    private final List<Step> steps = new ArrayList<>();

    ChangeOnDisk(Saveable owner) {
        this.owner = owner;
    }

    /** @param done is told once the whole change is on the disk */
    void write(XmlFile file, Object content, Runnable done) throws IOException {
        Path written = beside(file.getFile().toPath());
        steps.add(new Step(file, written, done));
        new XmlFile(written.toFile()).write(content);
    }

    /** @param done is told once the whole change is on the disk */
    void delete(XmlFile file, Runnable done) {
        steps.add(new Step(file, null, done));
    }

    /** @throws IOException when it could not be made; what could not be put back either is among the suppressed */
    void commit() throws IOException {
        List<byte[]> before = new ArrayList<>();
        for (Step step : steps) {
            before.add(Files.isRegularFile(step.place()) ? Files.readAllBytes(step.place()) : null);
        }
        int made = 0;
        try {
            for (Step step : steps) {
                if (step.written != null) {
                    move(step.written, step.place());
                } else {
                    Files.deleteIfExists(step.place());
                }
                made++;
            }
        } catch (IOException e) {
            while (made-- > 0) {
                putBack(steps.get(made).place(), before.get(made), e);
            }
            throw e;
        }
        steps.forEach(step -> step.done.run());
        for (Step step : steps) {
            if (step.written != null) {
                SaveableListener.fireOnChange(owner, step.file);
            } else {
                SaveableListener.fireOnDeleted(owner, step.file);
            }
        }
    }

    private static void putBack(Path place, byte[] before, IOException cause) {
        try {
            if (before == null) {
                Files.deleteIfExists(place);
            } else {
                move(Files.write(beside(place), before), place);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static Path beside(Path place) {
        return place.resolveSibling(place.getFileName() + ".new");
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Clears away what was written and never put in place. */
    @Override
    public void close() throws IOException {
        for (Step step : steps) {
            if (step.written != null) {
                Files.deleteIfExists(step.written);
            }
        }
    }
}

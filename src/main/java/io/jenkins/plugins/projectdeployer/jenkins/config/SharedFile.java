package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.XmlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file of what the infrastructures share. Stages without their gates would open every door, so one that cannot be read, or
 * is gone while infrastructures are there, is not taken for one that was never written: it is lost until somebody restores it or
 * begins anew.
 */
final class SharedFile {

    private static final Logger LOGGER = Logger.getLogger(SharedFile.class.getName());

    private final XmlFile file;

    /** What it holds; null when it is to be written in any case. */
    private String state;

    private boolean unreadable;
    private String lost;

    SharedFile(XmlFile file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @param forget clears {@code into}, of which a file may have filled a part before it turned out to be broken
     */
    void readInto(Object into, Runnable forget) {
        forget.run();
        state = null;
        lost = null;
        unreadable = false;
        try {
            if (isThere()) {
                file.unmarshal(into);
                WholeXml.requireWhole(file.getFile(), into, "infrastructures");
            }
        } catch (IOException | RuntimeException e) {
            // What builds are told names no path on the controller.
            LOGGER.log(Level.SEVERE, "What the infrastructures share cannot be read", e);
            unreadable = true;
            lost = Messages.SharedFile_unreadable(name());
            forget.run();
        }
    }

    /** Is told that there are infrastructures, which this file is never without. */
    void neededByInfrastructures() {
        if (!isThere()) {
            lost = Messages.SharedFile_gone(name());
        }
    }

    /** Why what it holds is not known; null when it is. */
    String lost() {
        return lost;
    }

    /** Somebody has looked through all of the settings and saves them. What could not be read is kept beside the file. */
    void beginAnew() {
        lost = null;
    }

    /** Takes what was read for what it holds. */
    void hold(String read) {
        state = isThere() ? read : null;
    }

    /** Makes it hold this, if it does not. */
    void put(ChangeOnDisk change, Object content, String wanted) throws IOException {
        if (wanted.equals(state)) {
            return;
        }
        if (unreadable) {
            Path aside = place().resolveSibling(name() + ".unreadable-" + System.currentTimeMillis());
            Files.copy(place(), aside);
            LOGGER.log(Level.WARNING, "What could not be read of the shared settings is kept as {0}", aside.getFileName());
        }
        change.write(file, content, () -> {
            state = wanted;
            unreadable = false;
        });
    }

    String name() {
        return file.getFile().getName();
    }

    private Path place() {
        return file.getFile().toPath();
    }

    /** A link that leads nowhere is there, too: what it led to is lost. */
    private boolean isThere() {
        return Files.exists(place(), LinkOption.NOFOLLOW_LINKS);
    }
}

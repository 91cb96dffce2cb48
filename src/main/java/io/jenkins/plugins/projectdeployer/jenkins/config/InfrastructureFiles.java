package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.XmlFile;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The infrastructures on disk: a file for each, named by its id in lower case because ids ignore case. Only those that changed
 * are written, each as a whole or not at all. A file that cannot be read is left alone until its infrastructure is saved anew.
 */
final class InfrastructureFiles {

    private static final Logger LOGGER = Logger.getLogger(InfrastructureFiles.class.getName());
    /** Some ids, con or nul for instance, are no file names where the controller runs on Windows. */
    private static final String PREFIX = "infrastructure-";
    private static final String SUFFIX = ".xml";

    private final File directory;

    /** What each file holds, by its name. */
    private final Map<String, String> states = new HashMap<>();

    private final Map<String, String> unreadable = new TreeMap<>();

    /** The directory is there, but which files are in it is not known. */
    private boolean unlisted;

    InfrastructureFiles(File directory) {
        this.directory = directory;
    }

    /** All that are there; those of {@code order} in its order, then the others by id. */
    List<InfrastructureConfig> read(List<String> order) {
        states.clear();
        unreadable.clear();
        List<InfrastructureConfig> all = new ArrayList<>();
        File[] files = directory.listFiles((parent, name) -> name.endsWith(SUFFIX));
        unlisted = files == null && Files.exists(directory.toPath(), LinkOption.NOFOLLOW_LINKS);
        for (File file : files == null ? new File[0] : files) {
            try {
                InfrastructureConfig config = (InfrastructureConfig) WholeXml.file(file).read();
                WholeXml.requireWhole(file, config, "");
                if (config.getId() == null) {
                    unreadable.put(file.getName(), Messages.InfrastructureFiles_noId());
                } else if (file.getName().equals(name(config))) {
                    all.add(config);
                    states.put(file.getName(), "");
                } else {
                    unreadable.put(file.getName(), Messages.InfrastructureFiles_other(
                            Ids.printable(config.getId()), Ids.printable(name(config))));
                }
            } catch (IOException | RuntimeException e) {
                // What builds are told names no path on the controller.
                LOGGER.log(Level.SEVERE, "An infrastructure's file cannot be read", e);
                unreadable.put(file.getName(), Messages.InfrastructureFiles_unreadable());
            }
        }
        List<String> places = order.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
        all.sort(Comparator.<InfrastructureConfig>comparingInt(config -> {
            int place = places.indexOf(config.getId().toLowerCase(Locale.ROOT));
            return place < 0 ? places.size() : place;
        }).thenComparing(InfrastructureFiles::name));
        return all;
    }

    /** Whether there are any files, be it that they can be read or not. */
    boolean isEmpty() {
        return states.isEmpty() && unreadable.isEmpty() && !unlisted;
    }

    /** Why nobody knows which infrastructures there are; null when it is known. */
    String lost() {
        return unlisted ? Messages.InfrastructureFiles_unlisted(directory.getName()) : null;
    }

    /** Whether the infrastructure of this id may well be there, in a file that cannot be read. */
    boolean isUnreadable(InfrastructureConfig config) {
        return unlisted || config.getId() != null && unreadable.containsKey(name(config));
    }

    /** What is wrong with files here; null when nothing is. */
    String problem() {
        return unlisted ? lost() : unreadable.isEmpty() ? null : unreadable.entrySet().stream()
                .map(file -> directory.getName() + "/" + file.getKey() + ": " + file.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Takes what was read for what the files hold. Every part has been checked. */
    void hold(List<InfrastructureConfig> read) {
        read.forEach(config -> states.computeIfPresent(name(config), (name, before) -> config.state()));
    }

    /** Makes the files those of these infrastructures. Every part has been checked. */
    void put(ChangeOnDisk change, List<InfrastructureConfig> all) throws IOException {
        Map<String, InfrastructureConfig> wanted = new TreeMap<>();
        all.forEach(config -> wanted.put(name(config), config));
        for (Map.Entry<String, InfrastructureConfig> each : wanted.entrySet()) {
            String name = each.getKey();
            String state = each.getValue().state();
            if (!state.equals(states.get(name))) {
                change.write(file(name), each.getValue(), () -> {
                    states.put(name, state);
                    unreadable.remove(name);
                });
            }
        }
        for (String name : states.keySet()) {
            if (!wanted.containsKey(name)) {
                change.delete(file(name), () -> states.remove(name));
            }
        }
    }

    private XmlFile file(String name) {
        return new XmlFile(new File(directory, name));
    }

    private static String name(InfrastructureConfig config) {
        return PREFIX + config.getId().toLowerCase(Locale.ROOT) + SUFFIX;
    }
}

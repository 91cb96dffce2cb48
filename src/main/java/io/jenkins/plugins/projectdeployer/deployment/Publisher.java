package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.access.Publishing;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.BundleLimits;
import io.jenkins.plugins.projectdeployer.store.EntryTooLarge;
import io.jenkins.plugins.projectdeployer.store.IncomingBundle;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Brings bundles onto the controller, for whoever may publish their project. */
public final class Publisher {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Publishing publishing;
    private final Predicate<String> mayCreateProjects;
    private final Records records;
    private final BundleFiles files;
    private final Consumer<String> afterwards;
    private final Clock clock;

    /** @param afterwards what follows each publication, by its project */
    Publisher(
            Supplier<Configuration> configuration,
            People people,
            Publishing publishing,
            Predicate<String> mayCreateProjects,
            Records records,
            BundleFiles files,
            Consumer<String> afterwards,
            Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.publishing = publishing;
        this.mayCreateProjects = mayCreateProjects;
        this.records = records;
        this.files = files;
        this.afterwards = afterwards;
        this.clock = clock;
    }

    /**
     * Streams an archive onto the disk, looks into it and publishes it. Right and quota are checked before a byte is
     * read, as far as the project is known beforehand; and as they are then, when it is recorded.
     *
     * @param projectKey what the bundle must say; null: whatever it says
     * @param bundleId likewise
     */
    public Bundle publish(
            String userId, String projectKey, String bundleId, InputStream archive, String origin, String releaseNotes)
            throws IOException {
        Lengths.checked("releaseNotes", releaseNotes, Lengths.RELEASE_NOTES);
        if (projectKey == null) {
            Person person = people.person(userId);
            publishing.mayPublishAny(person, records.projects(), configuration.get().projects(), mayCreateProjects.test(person.id()))
                    .require();
        } else {
            requireRight(userId, projectKey);
        }
        BundleStorage storage = configuration.get().bundleStorage();
        BundleLimits limits = projectKey == null
                ? BundleLimits.ofAnyProject(storage.freeSpaceFloor(), storage.quotaPerProject())
                : limits(storage, projectKey, bundleId);
        Bundle published;
        try (IncomingBundle incoming = files.receive(archive, limits)) {
            BundleContents contents = incoming.read(projectKey, bundleId);
            published = record(userId, contents, incoming, origin, releaseNotes);
        }
        afterwards.accept(published.projectKey());
        return published;
    }

    /**
     * Makes a published project that has no bundle yet, for whoever may publish it first; its grants are as with a first
     * bundle.
     *
     * @throws Refused when there is one of this key, also one that the person may not see
     */
    public synchronized PublishedProject create(String userId, String projectKey) {
        Person person = people.person(userId);
        requireKey(projectKey);
        requireRight(person, projectKey);
        return created(person, projectKey);
    }

    /** Whether a published project can have this key. */
    public static boolean isKey(String projectKey) {
        return KEY.matcher(projectKey).matches();
    }

    private static void requireKey(String projectKey) {
        if (!isKey(projectKey)) {
            throw Refused.invalid("The project key \"" + Ids.printable(projectKey) + "\" must be letters, digits, dashes and"
                    + " underscores, 255 at most.");
        }
    }

    private PublishedProject created(Person person, String projectKey) {
        PublishedProject project = first(person, projectKey);
        records.create(project);
        return project;
    }

    /** The project as it would be if this person published it first, now. */
    PublishedProject first(Person person, String projectKey) {
        return new PublishedProject(projectKey, person.id(), clock.instant(), publishing.firstGrants(person, rule(projectKey)));
    }

    /** Refuses unless the person may publish a bundle of this project. */
    void requireRight(String userId, String projectKey) {
        requireRight(people.person(userId), projectKey);
    }

    private void requireRight(Person person, String projectKey) {
        publishing.mayPublish(person, records.project(projectKey), projectKey, rule(projectKey), mayCreateProjects.test(person.id()))
                .require();
    }

    /** One at a time: an upload takes long, and others may have made the project or filled its quota meanwhile. */
    private synchronized Bundle record(
            String userId, BundleContents contents, IncomingBundle incoming, String origin, String releaseNotes)
            throws IOException {
        String projectKey = contents.projectKey();
        Person person = people.person(userId);
        requireKey(projectKey);
        requireRight(person, projectKey);
        limits(configuration.get().bundleStorage(), projectKey, contents.bundleId()).checkQuota(incoming.size());
        incoming.keep();
        Instant now = clock.instant();
        if (records.project(projectKey).isEmpty()) {
            created(person, projectKey);
        }
        try {
            return records.publish(new Bundle(projectKey, contents.bundleId(), incoming.sha256(), incoming.size(), person.id(), now,
                    origin, releaseNotes, contents));
        } catch (EntryTooLarge e) {
            throw Refused.invalid("What bundle \"" + Ids.printable(contents.bundleId()) + "\" holds is too much to be recorded: "
                    + e.getMessage() + " Split the project.");
        }
    }

    /** A bundle that is published again takes no more room than it has. */
    private BundleLimits limits(BundleStorage storage, String projectKey, String bundleId) {
        long used = records.bundlesInBrief(projectKey).stream()
                .filter(bundle -> !bundle.bundleId().equals(bundleId))
                .mapToLong(Bundle::size)
                .sum();
        return new BundleLimits(storage.freeSpaceFloor(), storage.quotaPerProject(), used, projectKey);
    }

    private Optional<ProjectRule> rule(String projectKey) {
        return configuration.get().ruleFor(projectKey);
    }
}

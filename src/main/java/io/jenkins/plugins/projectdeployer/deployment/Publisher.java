package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.access.Publishing;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.BundleLimits;
import io.jenkins.plugins.projectdeployer.store.IncomingBundle;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Brings bundles onto the controller, for whoever may publish their project. */
public final class Publisher {

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Publishing publishing;
    private final Predicate<String> mayCreateProjects;
    private final Records records;
    private final BundleFiles files;
    private final Runnable afterwards;
    private final Clock clock;

    /** @param afterwards what follows each publication */
    Publisher(
            Supplier<Configuration> configuration,
            People people,
            Publishing publishing,
            Predicate<String> mayCreateProjects,
            Records records,
            BundleFiles files,
            Runnable afterwards,
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
     * Streams an archive onto the disk, looks into it and publishes it. Where the project is known beforehand, the right
     * to publish it is checked before a byte is read, and in any case before anything of it is kept.
     *
     * @param projectKey what the bundle must say; null: whatever it says
     * @param bundleId likewise
     */
    public Bundle publish(
            String userId, String projectKey, String bundleId, InputStream archive, String origin, String releaseNotes)
            throws IOException {
        Person person = people.person(userId);
        if (projectKey != null) {
            requireRight(person, projectKey);
        }
        BundleStorage storage = configuration.get().bundleStorage();
        BundleLimits limits = projectKey == null
                ? BundleLimits.floor(storage.freeSpaceFloor())
                : limits(storage, projectKey);
        Bundle published;
        try (IncomingBundle incoming = files.receive(archive, limits)) {
            BundleContents contents = incoming.read(projectKey, bundleId);
            if (projectKey == null) {
                requireRight(person, contents.projectKey());
                limits(storage, contents.projectKey()).checkQuota(incoming.size());
            }
            incoming.keep();
            published = record(person, contents, incoming, origin, releaseNotes);
        }
        afterwards.run();
        return published;
    }

    /** Refuses unless the person may publish a bundle of this project. */
    void requireRight(String userId, String projectKey) {
        requireRight(people.person(userId), projectKey);
    }

    private void requireRight(Person person, String projectKey) {
        publishing.mayPublish(person, records.project(projectKey), projectKey, rule(projectKey), mayCreateProjects.test(person.id()))
                .require();
    }

    private Bundle record(
            Person person, BundleContents contents, IncomingBundle incoming, String origin, String releaseNotes) {
        Instant now = clock.instant();
        synchronized (this) {
            if (records.project(contents.projectKey()).isEmpty()) {
                records.create(new PublishedProject(contents.projectKey(), person.id(), now,
                        publishing.firstGrants(person, rule(contents.projectKey()))));
            }
        }
        return records.publish(new Bundle(contents.projectKey(), contents.bundleId(), incoming.sha256(), incoming.size(),
                person.id(), now, origin, releaseNotes, contents));
    }

    private BundleLimits limits(BundleStorage storage, String projectKey) {
        long used = records.bundles(projectKey).stream().mapToLong(Bundle::size).sum();
        return new BundleLimits(storage.freeSpaceFloor(), storage.quotaPerProject(), used, projectKey);
    }

    private Optional<ProjectRule> rule(String projectKey) {
        return configuration.get().ruleFor(projectKey);
    }
}

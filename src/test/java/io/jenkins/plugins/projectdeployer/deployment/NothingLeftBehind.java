package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes in through the front door: it ends in one clear sentence, leaves the node as it was or says what is
 * there, and leaves nothing behind on the controller. After each test a good deployment still works.
 */
abstract class NothingLeftBehind {

    @TempDir
    Path home;

    World world;

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
    }

    /** A good deployment works, and then no file, process, slot or thread is left of what came before. */
    @AfterEach
    void nothing_is_left_behind() throws IOException {
        try {
            node().faults().clear();
            world.hooks("prod");
            Update good = deploy("good");
            assertThat(good.status()).as("a good deployment afterwards: %s", good.messages()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("good");
            assertThat(world.deployer().records().openUpdates()).isEmpty();
            assertThat(world.deployer().hookSlots().holders()).isEmpty();
            assertThat(files("bundles")).allMatch(file -> file.matches("[0-9a-f]{64}\\.zip"));
            // Where the engine that is built in ran a hook, one worker that has run none stands ready: a process and two files.
            assertThat(files("hooks/workers")).hasSizeLessThanOrEqualTo(ranJython() ? 2 : 0);
            assertThat(processes()).hasSizeLessThanOrEqualTo(ranJython() ? 1 : 0);
        } finally {
            world.close();
        }
        assertThat(files("hooks/workers")).isEmpty();
        assertThat(processes()).isEmpty();
        // Those of the deployer end when it closes.
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !threadsBefore.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("project-deployer") || name.startsWith("hook")));
    }

    List<String> processes() {
        return ProcessHandle.current().descendants().map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(home.toString())).toList();
    }

    List<String> files(String directory) throws IOException {
        Path there = home.resolve(directory);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(there)) {
            // Whose the directory is stays in it.
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !Set.of("lock", "journal-id").contains(name)).toList();
        }
    }

    EmbeddedNode node() {
        return world.node("prod");
    }

    static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").owner("alice");
    }

    Update deploy(String bundleId) {
        world.publish(churn(bundleId));
        return world.deploy(World.request("CHURN", bundleId, "prod"));
    }

    static void assertOneSentence(String text) {
        assertThat(text).isNotBlank().doesNotContain("\n", "Exception", " at io.", "null");
        assertThat(text).as("ends as a sentence does").matches("(?s).*[.!?…]$");
        assertThat(text).as("says what to do").containsPattern("[;:,] (make|create|publish|correct|give|name|let|put|set|check|add|raise|deploy|mend|look) "
                + "|, or you may not see it");
        assertThat(text.length()).isLessThan(700);
    }

    static void assertSays(Update update, String code, String... words) {
        Message message = update.messages().stream().filter(it -> it.code().equals(code)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " in " + update.messages()));
        assertThat(message.text()).contains(words);
        assertOneSentence(message.text());
    }

    static String whatIsWhere(Update update) {
        return update.messages().stream().filter(it -> it.code().equals("WHAT_IS_WHERE")).map(Message::text).findFirst().orElse("");
    }

    /** Whether a hook ran on the engine that is built in. */
    boolean ranJython() {
        return false;
    }
}

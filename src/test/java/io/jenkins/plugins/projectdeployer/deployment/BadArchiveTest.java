package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that are no bundle, or another than asked for. */
class BadArchiveTest extends NothingLeftBehind {

    private static Arguments archive(String what, Supplier<byte[]> bytes, String... words) {
        return Arguments.of(what, bytes, List.of(words));
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                archive("truncated", () -> Arrays.copyOf(churn("v1").bytes(), 900), "cut"),
                archive("empty", () -> new byte[0], "empty"),
                archive("no zip", () -> "hello, this is a text".repeat(20).getBytes(StandardCharsets.UTF_8), "zip"),
                archive("id with ../", () -> churn("../../etc").bytes(), "../../etc"),
                archive("id ..", () -> churn("..").bytes(), "\"..\""),
                archive("encrypted", () -> churn("v1").encrypted().bytes(), "encrypted"),
                archive("two manifests", () -> churn("v1").withSecondManifest().bytes(), "export-manifest.json"),
                archive("headers disagree", () -> churn("v1").namesDisagree().bytes(), "manifest"),
                archive("no manifest", () -> churn("v1").withoutManifest().bytes(), "export-manifest.json"),
                archive("a project export", () -> BundleZip.plainExport("CHURN").bytes(), "bundle"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void an_archive_that_is_no_bundle_is_refused_and_nothing_of_it_is_kept(String what, Supplier<byte[]> bytes, List<String> words)
            throws IOException {
        assertThatThrownBy(() -> world.publish("alice", bytes.get()))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertOneSentence(refused.getMessage());
                    assertThat(refused.getMessage()).contains(words);
                });
        assertThat(world.deployer().records().projects()).isEmpty();
        assertThat(files("bundles")).isEmpty();
    }

    @Test
    void an_archive_whose_sender_breaks_off_leaves_nothing() throws IOException {
        byte[] whole = churn("v1").bytes();
        java.io.InputStream broken = new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(whole, 0, 500), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("The agent went away");
                    }
                });
        assertThatThrownBy(() -> world.deployer().publish("alice", null, null, broken, "a test", null))
                .isInstanceOf(IOException.class).hasMessage("The agent went away");
        assertThat(files("bundles")).isEmpty();
    }

    @Test
    void seventy_thousand_entries_are_no_reason_to_fail() {
        world.publish("alice", churn("large").entries(70_000).bytes());
        Update update = world.deploy(World.request("CHURN", "large", "prod"));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void another_project_than_asked_for_is_refused_with_both_named() {
        assertThatThrownBy(() -> world.deployer().publish("alice", "SALES", null,
                new java.io.ByteArrayInputStream(churn("v1").bytes()), "a test", null))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertOneSentence(refused.getMessage());
                    assertThat(refused.getMessage()).contains("CHURN", "SALES");
                });
        assertThat(world.deployer().records().projects()).isEmpty();
    }
}

package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller is killed with -9 while a design node makes the bundle, and while it sends it; the next one goes on. */
class ExportKillTest {

    @TempDir
    private Path home;

    @Test
    void a_bundle_that_was_being_made_is_made_and_deployed_by_the_next_start() throws Exception {
        goesOnAfter("PUT", "/bundles/exported/v9", new Fault.Hang(), false);
    }

    @Test
    void a_bundle_that_was_on_its_way_is_fetched_again_and_not_made_twice() throws Exception {
        goesOnAfter("GET", "/exported/v9/archive", new Fault.HangReply(1000), true);
    }

    private void goesOnAfter(String method, String path, Fault fault, boolean made) throws Exception {
        try (Site site = new Site(home).bundle("v9")) {
            EmbeddedNode design = site.design();
            design.faults().on(method, "*" + path).once(fault);
            try (DoomedJvm jvm = new DoomedJvm(Controller.class, site.arguments(), line -> false)) {
                jvm.awaits(lines -> came(design, method, path) && (!made || archives().size() > 2));
                jvm.kill();
            }
            assertThat(site.node().calls()).as("before a plan is made").isEmpty();
            design.faults().clear();

            Update end = site.goOn();

            assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(end.number()).as("the same update").isEqualTo(1);
            assertThat(site.project().activeBundleId()).isEqualTo("v9");
            assertThat(archives()).as("v1, v2, v9, and nothing half of it").hasSize(3).allMatch(file -> file.toString().endsWith(".zip"));
            assertThat(design.calls()).filteredOn(call -> call.method().equals("PUT") && call.status() == 200).as("made once").hasSize(1);
        }
    }

    private static boolean came(EmbeddedNode design, String method, String path) {
        return design.calls().stream().anyMatch(call -> call.method().equals(method) && call.path().endsWith(path));
    }

    /** Whole or half. */
    private List<Path> archives() {
        try (Stream<Path> files = Files.walk(home.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".zip") || file.toString().endsWith(".tmp")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

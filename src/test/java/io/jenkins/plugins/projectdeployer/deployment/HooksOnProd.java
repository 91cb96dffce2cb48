package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A deployer whose infrastructures have hooks, and a server that such hooks call. */
abstract class HooksOnProd {

    @TempDir
    Path home;

    World world;
    final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
        python3().ifPresent(python -> world.codeEnv(new CodeEnv("py3", python.toString(), "admin", true, null)));
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    /** Python 3 starts in a fraction of the time; where there is none, hooks run as they do by default. */
    static Hook hook(String name, HookPhase phase, String... lines) {
        return asUser(name, phase, "bob", World.executing(lines));
    }

    static Hook asUser(String name, HookPhase phase, String user, String text, HookSecret... secrets) {
        return new Hook(name, phase, text, python3().isPresent() ? "py3" : null, user, List.of(secrets));
    }

    static Optional<Path> python3() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.contains("shims"))
                .map(directory -> Path.of(directory, "python3"))
                .filter(file -> file.isAbsolute() && Files.isExecutable(file))
                .findFirst();
    }

    static BundleZip bundle(String project) {
        return BundleZip.of(project, "v1").connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev")
                .scenario("WARM_UP").owner("alice");
    }

    Update deploy(String project, String infrastructure) {
        publishOnce(project);
        return world.deploy(World.request(project, "v1", infrastructure));
    }

    Update submit(String project, String infrastructure) {
        publishOnce(project);
        return world.submit(World.request(project, "v1", infrastructure).build());
    }

    void publishOnce(String project) {
        if (world.deployer().records().bundle(project, "v1").isEmpty()) {
            world.publish(bundle(project));
        }
    }

    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    static Update.Run run(Update update, String hook) {
        return update.runs().stream().filter(run -> run.name().equals(hook)).findFirst().orElseThrow();
    }

    void assertUntouched(String node, String project) {
        assertThat(world.node(node).state().findProject(project)).isEmpty();
        assertThat(world.node(node).calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    /** Hooks that call this are held until the latch opens. */
    CountDownLatch holdingServer() {
        CountDownLatch latch = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                latch.await(2, TimeUnit.MINUTES);
                return new MockResponse.Builder().body("go").build();
            }
        });
        return latch;
    }

    Hook holding(String name, HookPhase phase) {
        return hook(name, phase,
                "try:",
                "    from urllib.request import urlopen",
                "except ImportError:",
                "    from urllib2 import urlopen",
                "urlopen('" + server.url("/") + "').read()",
                "return HookResult.success('let go')");
    }
}

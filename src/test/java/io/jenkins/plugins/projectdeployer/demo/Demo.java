package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * {@code mvn -q test-compile exec:java}: starts three automation nodes, configures the engine by {@code demo/jenkins.yaml}
 * and runs {@code demo/Jenkinsfile} twice. Alice gets as far as the test stage and is refused in production; bob goes
 * through. Ends by itself, with an exception when anything but that refusal goes wrong; with {@code -Dserve} it stays up
 * instead, and serves pages and APIs.
 */
public final class Demo implements AutoCloseable {

    private final DemoLog log;
    private final Path home;
    private final DemoNodes nodes = new DemoNodes();
    private final Configuration configuration;
    private final ProjectDeployer deployer;
    private final List<String> users;
    private final Map<String, Update> last = new LinkedHashMap<>();
    private int builds;
    private ApiServer server;

    /**
     * Opens everything.
     *
     * @param sources the directory {@code demo}
     */
    public Demo(Path sources, PrintStream out) throws IOException {
        log = new DemoLog(out);
        home = Files.createTempDirectory("project-deployer-demo-");
        try {
            copy(sources, workspace().resolve("demo"));
            DemoConfiguration read = DemoConfiguration.read(sources.resolve("jenkins.yaml"), values());
            configuration = read.deployer();
            users = read.users();
            deployer = ProjectDeployer.open(new DemoSurroundings(home.resolve("project-deployer"), read));
            deployer.resume();
        } catch (IOException | RuntimeException e) {
            leaveNothing();
            throw e;
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING);
        try (Demo demo = new Demo(Path.of("demo"), System.out)) {
            demo.run();
            if (staysUp(System.getProperty("serve"))) {
                demo.serve();
                new CountDownLatch(1).await(); // until the process is ended
            }
        }
    }

    /** As {@code -Dserve} and {@code -Dserve=true} ask for it. */
    static boolean staysUp(String serve) {
        return serve != null && (serve.isEmpty() || Boolean.parseBoolean(serve));
    }

    /** Serves pages and APIs on this machine; the last line says where, and an administrator's key. */
    ApiServer serve() {
        String token = UUID.randomUUID().toString();
        People people = new DemoPeople(users);
        PlainShell shell = new PlainShell(Path.of("src/main/webapp"));
        server = new ApiServer(deployer,
                key -> users.contains(key.userId()) && key.token().equals(token) ? Optional.of(people.person(key.userId())) : Optional.empty(),
                shell::at);
        log.line("serving " + server.url() + "/ key admin:" + token);
        return server;
    }

    /** The whole show. */
    public void run() {
        introduce();
        build("alice", "prod");
        build("bob", null);
        whatIsWhere();
        look();
    }

    Path home() {
        return home;
    }

    EmbeddedNode node(String stage) {
        return nodes.node(stage);
    }

    /** The update that made each infrastructure what it is. */
    Map<String, Update> last() {
        return Map.copyOf(last);
    }

    /** The nodes' addresses and keys; the passwords are for a real Jenkins, nobody logs in here. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(nodes.values());
        List.of("ADMIN", "ALICE", "BOB", "CAROL").forEach(user -> values.put(user + "_PASSWORD", ""));
        return values;
    }

    private Path workspace() {
        return home.resolve("workspace");
    }

    private void introduce() {
        log.line("Three automation nodes, one Jenkinsfile, two people.");
        Table table = new Table("stage", "infrastructure", "node", "who may deploy there");
        configuration.infrastructures().forEach(infrastructure -> table.row(infrastructure.stage(), infrastructure.id(),
                infrastructure.nodes().get(0).url(), String.join(", ", infrastructure.grants().stream()
                        .filter(grant -> grant.group() != null && grant.right().name().equals("DEPLOY"))
                        .map(grant -> grant.group())
                        .toList())));
        log.table(table);
    }

    /** One build; the one refusal that is meant to be explained, any other end than the expected is an error. */
    private void build(String userId, String refusedOn) {
        log.heading("demo/Jenkinsfile, started by " + userId + " of " + String.join(", ", DemoPeople.GROUPS.get(userId))
                + (last.isEmpty() ? "" : "; of what was shown before, only the phases"));
        DemoBuild build = new DemoBuild(deployer, workspace(), userId, ++builds, Set.copyOf(last.keySet()), log);
        try {
            build.run();
            if (refusedOn != null) {
                throw new IllegalStateException(userId + " was not refused on " + refusedOn);
            }
        } catch (DemoBuild.UpdateFailed failed) {
            if (!isRefusal(failed.update(), refusedOn)) {
                throw failed;
            }
            log.line("The build fails here, as it should: " + userId + " may not deploy to " + refusedOn + ".");
        } finally {
            build.updates().stream()
                    .filter(Update::isDeployed)
                    .forEach(update -> last.put(update.request().infrastructure(), update));
        }
    }

    private static boolean isRefusal(Update update, String infrastructure) {
        return update.request().infrastructure().equals(infrastructure)
                && update.messages().stream().map(Message::code).anyMatch("FORBIDDEN"::equals);
    }

    private void whatIsWhere() {
        log.heading("What is where");
        Table table = new Table("stage", "infrastructure", "project", "bundle", "by", "update", "status");
        configuration.infrastructures().forEach(infrastructure -> {
            Update update = last.get(infrastructure.id());
            table.row(infrastructure.stage(), infrastructure.id(), update.request().project(), update.bundleId(),
                    update.request().requestingUser(), update.number(), update.status());
        });
        log.table(table);
    }

    private void look() {
        log.heading("What the nodes have");
        Table table = new Table("", "dev", "test", "prod");
        DemoProjectView.ROWS.forEach((name, cell) -> table.row(
                name, cell.apply(project("dev")), cell.apply(project("test")), cell.apply(project("prod"))));
        log.table(table);
    }

    private Project project(String stage) {
        return node(stage).state().project("CHURN");
    }

    /** Stops everything and deletes what it wrote. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        deployer.close();
        leaveNothing();
    }

    private void leaveNothing() {
        nodes.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}

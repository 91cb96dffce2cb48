package io.jenkins.plugins.projectdeployer;

import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.gate.Notifier;
import io.jenkins.plugins.projectdeployer.hook.HookApproval;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Stage;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.Disk;
import io.jenkins.plugins.projectdeployer.store.FileJournal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A whole deployer with embedded nodes around it: what a test of an update needs, and nothing of Jenkins. */
public final class World implements ProjectDeployer.Surroundings, AutoCloseable {

    private final Path home;
    private final Map<String, Infrastructure> infrastructures = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, EmbeddedNode> nodes = new LinkedHashMap<>();
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final List<CodeEnv> codeEnvs = new CopyOnWriteArrayList<>();
    private final List<DesignNode> designNodes = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, StageGate> gates = new ConcurrentHashMap<>();
    private final Set<String> mayOverrideFreeze = ConcurrentHashMap.newKeySet();
    private final Map<String, FolderRules> readableJobs = new ConcurrentHashMap<>();
    private final Set<String> mayBreakGlass = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<GlobalRight>> global = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final List<Notifier> notifiers = new CopyOnWriteArrayList<>();
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean directoryDown;
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
    private volatile String requestLinks;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile HookLimits hookLimits = HookLimits.DEFAULT;
    private volatile BundleStorage bundleStorage = new BundleStorage(null, 0, 0, 0, 2, 0);
    private volatile LoginMapping loginMapping = LoginMapping.SAME;
    private NodeTimeouts nodeTimeouts = NodeTimeouts.DEFAULT;
    private Disk disk;
    private volatile Barrier barrier = Barrier.NONE;
    private HookApproval approval = text -> {};
    private volatile boolean wanted = true;
    private ProjectDeployer deployer;
    private volatile Configuration configuration;
    private boolean closed;

    public World(Path home) {
        this.home = home;
        person("admin", true);
        person("alice", false, "data-team");
        person("bob", false, "release");
        person("carol", false);
    }

    /** Starts a node and makes an infrastructure of it that alice may deploy to. */
    public World infrastructure(String id, String stage) {
        return infrastructure(id, stage, 1);
    }

    /** The same with several nodes, called {@code id-1}, {@code id-2} and so on. */
    public World infrastructure(String id, String stage, int count) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String name = count == 1 ? id : id + "-" + number;
            addresses.add(address(name, EmbeddedNode.builder().nodeId(name).world(state -> {
                DemoWorld.standard(state);
                DemoWorld.stage(state, id);
            }).start()));
        }
        return infrastructure(infrastructure(id, stage, addresses));
    }

    /** A node that the test has started itself. */
    public NodeAddress address(String name, EmbeddedNode node) {
        nodes.put(name, node);
        keys.put(name + "-key", node.key());
        return new NodeAddress(node.url(), name + "-key");
    }

    /** A node in another JVM. */
    public NodeAddress address(String name, String url, String key) {
        keys.put(name + "-key", key);
        return new NodeAddress(url, name + "-key");
    }

    public World infrastructure(Infrastructure infrastructure) {
        infrastructures.put(infrastructure.id(), infrastructure);
        return this;
    }

    public static Infrastructure infrastructure(String id, String stage, List<NodeAddress> addresses) {
        return new Infrastructure(id, stage, addresses, null,
                List.of(Grant.toGroup("data-team", InfrastructureRight.DEPLOY), Grant.toUser("bob", InfrastructureRight.ADMIN)),
                null, null, null, null, new Policies(null, "svc_deploy", null, null), null, null);
    }

    /** A job that everybody may read. */
    public World readable(String job) {
        return readable(job, FolderRules.NONE);
    }

    /** The same of a job whose folders say something. */
    public World readable(String job, FolderRules rules) {
        readableJobs.put(job, rules);
        return this;
    }

    /** What somebody else does while the directory is asked for a person the next time. */
    public void meanwhile(Runnable somebodyElse) {
        meanwhile.set(somebodyElse);
    }

    /** Takes an infrastructure out of the configuration. */
    public World forget(String id) {
        infrastructures.remove(id);
        return this;
    }

    /** Changes an infrastructure's settings as its administrator would. */
    public World change(String id, UnaryOperator<Infrastructure> change) {
        infrastructures.compute(id, (key, infrastructure) -> change.apply(infrastructure));
        return this;
    }

    public World policies(String id, PermissionsPropagation propagation, String deployAs, String scenarios, String webApps) {
        return change(id, i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), i.grants(), i.connections(),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), new Policies(propagation, deployAs, scenarios, webApps),
                i.hooks(), i.allowedJobs()));
    }

    public World connections(String id, Remap... remaps) {
        return change(id, i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), i.grants(), List.of(remaps),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
    }

    public World hooks(String id, Hook... hooks) {
        return change(id, i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), i.grants(), i.connections(),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), List.of(hooks), i.allowedJobs()));
    }

    public static Hook hook(String name, HookPhase phase, String text) {
        return new Hook(name, phase, text, null, "bob", null);
    }

    /** The signature that Dataiku documents, with this body. */
    public static String executing(String... lines) {
        return "def execute(requesting_user, deployment_id, deployment_report, deployer_client, automation_client,\n"
                + "            deploying_user, deployed_project_key, **kwargs):\n    " + String.join("\n    ", lines) + "\n";
    }

    public World hookLimits(HookLimits limits) {
        hookLimits = limits;
        return this;
    }

    public World bundleStorage(BundleStorage storage) {
        bundleStorage = storage;
        return this;
    }

    public World loginMapping(LoginMapping mapping) {
        loginMapping = mapping;
        return this;
    }

    /** To be set before the deployer is opened. */
    public World nodeTimeouts(NodeTimeouts timeouts) {
        nodeTimeouts = timeouts;
        return this;
    }

    /** What the journal is kept on; to be set before the deployer is opened. */
    public World disk(Disk underTheJournal) {
        disk = underTheJournal;
        return this;
    }

    /** What a node's credential holds from now on. */
    public World key(String nodeName, String key) {
        keys.put(nodeName + "-key", key);
        return this;
    }

    public World approval(HookApproval hookApproval) {
        approval = hookApproval;
        return this;
    }

    public World secret(String credentialsId, String value) {
        secrets.put(credentialsId, value);
        return this;
    }

    public World codeEnv(CodeEnv codeEnv) {
        codeEnvs.add(codeEnv);
        return this;
    }

    /** Registers these code envs in place of those that are. */
    public World codeEnvs(CodeEnv... instead) {
        codeEnvs.clear();
        codeEnvs.addAll(List.of(instead));
        return this;
    }

    public World designNode(String id, EmbeddedNode node) {
        return designNode(id, address(id, node));
    }

    public World designNode(String id, NodeAddress address) {
        designNodes.add(new DesignNode(id, address));
        return this;
    }

    public World person(String id, boolean administrator, String... groups) {
        people.put(id, new Person(id, Set.of(groups), administrator));
        return this;
    }

    /** What stands before a stage from now on. */
    public World gate(String stage, StageGate gate) {
        gates.put(stage, gate);
        return this;
    }

    /** A gate that asks for approvals and nothing else. */
    public static StageGate approvals(int count, Principal... approvers) {
        return new StageGate(count, List.of(approvers), null, null, null, null, null, null, null);
    }

    public World overridesFreezes(String userId) {
        mayOverrideFreeze.add(userId);
        return this;
    }

    public World breaksGlass(String userId) {
        mayBreakGlass.add(userId);
        return this;
    }

    /** Where requests are found: this and their number. */
    public World requestLinks(String before) {
        requestLinks = before;
        return this;
    }

    @Override
    public String requestLink(long update) {
        return requestLinks == null ? null : requestLinks + update;
    }

    public World notifier(Notifier notifier) {
        notifiers.add(notifier);
        return this;
    }

    /** Sets the deployer's clock on; what waits for a time is not woken by it. */
    public World later(Duration duration) {
        ahead = ahead.plus(duration);
        return this;
    }

    public World directoryDown(boolean down) {
        directoryDown = down;
        return this;
    }

    public World nobody(String id) {
        people.remove(id);
        return this;
    }

    public World wanted(boolean stillBuilding) {
        wanted = stillBuilding;
        return this;
    }

    public World barrier(Barrier somewhere) {
        barrier = somewhere;
        return this;
    }

    public EmbeddedNode node(String name) {
        return nodes.get(name);
    }

    /** What somebody does on a node itself, with its own key. */
    public void post(String node, String path) {
        Request request = new Request.Builder()
                .url(node(node).url() + "/public/api" + path)
                .header("Authorization", Credentials.basic(node(node).key(), ""))
                .post(RequestBody.create("{}", MediaType.get("application/json")))
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new AssertionError(response.code() + " " + response.body().string());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The deployer, opened on first use. */
    public synchronized ProjectDeployer deployer() {
        if (deployer == null) {
            try {
                deployer = ProjectDeployer.open(this);
                deployer.resume();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return deployer;
    }

    /** Closes the deployer as an orderly stop of the controller does, and opens it again. */
    public synchronized World restart() {
        if (deployer != null) {
            deployer.close();
            deployer = null;
        }
        deployer();
        return this;
    }

    /** Publishes as alice. */
    public Bundle publish(BundleZip bundle) {
        return publish("alice", bundle.bytes());
    }

    public Bundle publish(String userId, byte[] archive) {
        try {
            return deployer().publish(userId, null, null, new ByteArrayInputStream(archive), "a test", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request by alice. */
    public static DeployRequest.Builder request(String project, String bundle, String infrastructure) {
        return DeployRequest.of(UUID.randomUUID().toString(), "alice", project, infrastructure).bundle(bundle);
    }

    /** Deploys and waits for the end. */
    public Update deploy(DeployRequest.Builder request) {
        return await(submit(request.build()));
    }

    public Update submit(DeployRequest request) {
        return deployer().submit(request);
    }

    /** The update once it has ended; two minutes at most. */
    public Update await(Update update) {
        CompletableFuture<Update> end = new CompletableFuture<>();
        deployer().follow(update.request().key(), new UpdateListener() {
            @Override
            public void progress(String line) {
                lines.add(line);
            }

            @Override
            public void changed(Update now) {
                // Only the end matters here.
            }

            @Override
            public void ended(Update ended) {
                end.complete(ended);
            }
        });
        try {
            return end.get(2, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError("the update does not end; it is " + deployer().records().update(update.number()), e);
        }
    }

    /** What followers were told. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public NodeTimeouts nodeTimeouts() {
        return nodeTimeouts;
    }

    @Override
    public FileJournal journal() {
        return disk == null ? ProjectDeployer.Surroundings.super.journal() : disk.journal(home.resolve("journal"), clock());
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Configuration configuration() {
        List<Stage> stages = Stage.DEFAULTS.stream().map(stage -> new Stage(stage.name(), null, gates.get(stage.name()))).toList();
        Configuration now = new Configuration(stages, List.copyOf(infrastructures.values()),
                List.of(new ProjectRule("*", List.of(Grant.toGroup("data-team", ProjectRight.ADMIN),
                        Grant.toGroup("release", ProjectRight.DEPLOY)), null)),
                codeEnvs, designNodes, loginMapping, hookLimits, bundleStorage);
        // As in Jenkins, it is one and the same until somebody changes it.
        if (!now.equals(configuration)) {
            configuration = now;
        }
        return configuration;
    }

    @Override
    public People people() {
        return new People() {
            @Override
            public Person person(String userId) {
                lookUps.incrementAndGet();
                Runnable somebodyElse = meanwhile.getAndSet(null);
                if (somebodyElse != null) {
                    somebodyElse.run();
                }
                if (directoryDown) {
                    throw new Refused(Refused.Reason.UNAVAILABLE, "The directory does not answer.");
                }
                Person person = people.get(userKey(userId));
                if (person == null) {
                    throw Refused.notFound("user", userId);
                }
                return person;
            }

            @Override
            public String userKey(String userId) {
                return userId.toLowerCase(Locale.ROOT);
            }

            @Override
            public String groupKey(String groupName) {
                return groupName;
            }
        };
    }

    @Override
    public String key(NodeAddress node) {
        String key = keys.get(node.credentialsId());
        if (key == null) {
            throw Refused.notFound("credential", node.credentialsId());
        }
        return key;
    }

    @Override
    public String secret(String credentialsId) {
        String secret = secrets.get(credentialsId);
        if (secret == null) {
            throw Refused.notFound("credential", credentialsId);
        }
        return secret;
    }

    @Override
    public boolean wanted(DeployRequest.Origin origin) {
        return wanted;
    }

    @Override
    public boolean mayCreateProjects(String userId) {
        return userId.equals("alice");
    }

    @Override
    public boolean mayOverrideFreeze(String userId) {
        return mayOverrideFreeze.contains(userId);
    }

    @Override
    public boolean mayBreakGlass(String userId) {
        return mayBreakGlass.contains(userId);
    }

    /** A group to which Jenkins gives rights on the whole deployer. */
    public World global(String group, GlobalRight... rights) {
        global.put(group, Set.of(rights));
        return this;
    }

    /** How often the directory was asked for a person. */
    public int lookUps() {
        return lookUps.get();
    }

    @Override
    public GlobalRights globalRights() {
        return new GlobalRights() {
            @Override
            public Set<GlobalRight> of(String userId, Set<String> groups) {
                Set<GlobalRight> held = EnumSet.noneOf(GlobalRight.class);
                groups.forEach(group -> held.addAll(global.getOrDefault(group, Set.of())));
                if (userId.equals("admin") || held.contains(GlobalRight.ADMINISTER)) {
                    held.addAll(EnumSet.allOf(GlobalRight.class));
                }
                return held;
            }

            @Override
            public Set<String> groups() {
                return global.keySet();
            }
        };
    }

    @Override
    public boolean mayReadJob(String fullName) {
        return readableJobs.containsKey(fullName);
    }

    @Override
    public FolderRules folderRules(String fullName) {
        return readableJobs.getOrDefault(fullName, FolderRules.NONE);
    }

    @Override
    public List<Notifier> notifiers() {
        return notifiers;
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }
        };
    }

    @Override
    public void changeGrants(String userId, Infrastructure before, List<Grant<InfrastructureRight>> grants) {
        change(before.id(), i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), grants, i.connections(),
                i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
    }

    @Override
    public Path jython() {
        // Not java.class.path: benchmarks run inside Maven.
        try {
            return Path.of(Class.forName("org.python.util.jython").getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | java.net.URISyntaxException e) {
            throw new IllegalStateException("jython-standalone is not on the class path", e);
        }
    }

    @Override
    public HookApproval hookApproval() {
        return text -> approval.check(text);
    }

    @Override
    public Barrier barrier() {
        return name -> barrier.at(name);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (deployer != null) {
                deployer.close();
            }
            nodes.values().forEach(EmbeddedNode::close);
        }
    }
}

package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Publishing;
import io.jenkins.plugins.projectdeployer.gate.Gates;
import io.jenkins.plugins.projectdeployer.gate.PreApprovals;
import io.jenkins.plugins.projectdeployer.hook.HookHttp;
import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.BundleRetention;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** The engine with every phase in its place, and beside it what people do without an update. */
public record Deployments(
        Engine engine,
        Publisher publisher,
        DesignExport designExport,
        Administration administration,
        Steering steering,
        PreApprovals.Planning planning,
        DeploymentHealth health,
        ResourceReading resources,
        TestingStatus testingStatus,
        Retention retention)
        implements AutoCloseable {

    /** What they are made of. */
    public record Parts(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records,
            BundleFiles files,
            Gates gates,
            HookRunner hooks,
            OkHttpClient http,
            NodeTimeouts timeouts,
            Function<NodeAddress, String> keys,
            Function<String, String> secrets,
            Predicate<String> mayCreateProjects,
            Predicate<DeployRequest.Origin> wanted,
            Function<DeployRequest.Origin, FolderRules> folderRules,
            Function<String, HookHttp> deployerDoor,
            Barrier barrier,
            Clock clock) {}

    /** Puts them together. */
    public static Deployments of(Parts parts) {
        Retention retention = new Retention(
                parts.configuration, new BundleRetention(parts.records, parts.files), parts.records, parts.clock);
        Publisher publisher = new Publisher(parts.configuration, parts.people, new Publishing(parts.access, parts.people),
                parts.mayCreateProjects, parts.records, parts.files, retention::of, parts.clock);
        Lanes lanes = new Lanes();
        TargetProjects targets = new TargetProjects(parts.http, parts.keys, parts.timeouts);
        ReportedResources reported = new ReportedResources(parts.configuration, parts.clock);
        DesignExport designExport = new DesignExport(parts.configuration, targets, publisher, parts.people);
        WarmHooks warmHooks = new WarmHooks(parts.hooks);
        Authorize authorize = new Authorize(parts.configuration, parts.people, parts.access, publisher, parts.records, lanes,
                parts.folderRules);
        MakePlan plans = new MakePlan(parts.configuration, parts.people, parts.records,
                new Planner(parts.access, parts.people, new SeenNodes(parts.records, parts.configuration), parts.hooks::isApproved), targets,
                warmHooks, reported, parts.clock);
        Engine engine = new Engine(parts.records, actions(parts, designExport, lanes, targets, warmHooks, authorize, plans), lanes,
                parts.wanted, parts.barrier, authorize::announce, update -> retention.of(update.request().project()));
        retention.begin();
        Administration administration = new Administration(
                parts.configuration, parts.people, parts.access, parts.records, parts.files, parts.clock);
        DownNodes down = new DownNodes(parts.clock);
        return new Deployments(
                engine,
                publisher,
                designExport,
                administration,
                new Steering(engine, administration, authorize, parts.configuration, parts.people, parts.access, parts.records),
                new PlanAhead(authorize, plans, parts.records, parts.clock, parts.timeouts.shortCall()),
                new DeploymentHealth(parts.records, new NodeLooks(targets, down), parts.clock),
                new ResourceReading(targets, reported),
                new TestingStatus(targets, parts.records, down, parts.clock),
                retention);
    }

    /** Stops; what is open goes on at the next start. */
    @Override
    public void close() {
        retention.close();
        engine.close();
    }

    private static Map<Phase, PhaseAction> actions(
            Parts parts, DesignExport designExport, Lanes lanes, TargetProjects targets, WarmHooks warmHooks, Authorize authorize, MakePlan plans) {
        HookRuns hookRuns = new HookRuns(parts.configuration, parts.secrets, targets, parts.deployerDoor);
        PassGate gate = new PassGate(authorize, plans, parts.gates, parts.records.gates(), parts.clock);
        UnchangedTarget target = new UnchangedTarget(parts.records);
        Map<Phase, PhaseAction> actions = new EnumMap<>(Phase.class);
        actions.put(Phase.AUTHORIZE, authorize);
        actions.put(Phase.FETCH, new Fetch(parts.records, designExport));
        actions.put(Phase.PLAN, plans);
        actions.put(Phase.GATE, gate);
        actions.put(Phase.RECHECK, new Recheck(authorize, gate, new PlannedConfiguration(parts.configuration, parts.people),
                parts.records, parts.files, targets, target, warmHooks, lanes));
        actions.put(Phase.PRE_HOOKS, new RunHooks(HookPhase.PRE, parts.hooks, hookRuns));
        actions.put(Phase.SEND, new EachNode(Phase.SEND, targets, new Send(parts.files, target)));
        actions.put(Phase.CONFIGURE, new EachNode(Phase.CONFIGURE, targets, new Configure()));
        actions.put(Phase.PRELOAD, new EachNode(Phase.PRELOAD, targets,
                (project, run) -> project.preload(run.update().bundleId())));
        actions.put(Phase.ACTIVATE, new ActivateAll(new EachNode(Phase.ACTIVATE, targets, new Activate(parts.records)), parts.records, parts.files));
        actions.put(Phase.SECURE, new EachNode(Phase.SECURE, targets, new Secure()));
        actions.put(Phase.VERIFY, new RunTests(new EachNode(Phase.VERIFY, targets, new Verify()), targets));
        actions.put(Phase.ROLL_BACK, new RollBackAll(new EachNode(Phase.ROLL_BACK, targets, new RollBack()), parts.records));
        actions.put(Phase.POST_HOOKS, new RunHooks(HookPhase.POST, parts.hooks, hookRuns));
        return actions;
    }
}

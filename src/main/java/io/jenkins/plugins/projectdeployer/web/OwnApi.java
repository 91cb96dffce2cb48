package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.deployment.ActiveBundles;
import io.jenkins.plugins.projectdeployer.deployment.Deployments;
import io.jenkins.plugins.projectdeployer.deployment.ResourceReading;
import io.jenkins.plugins.projectdeployer.gate.Emergencies;
import io.jenkins.plugins.projectdeployer.gate.Gates;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.takeover.TakeOver;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Our own resources, which the pages show and scripts may use: everything that a page can do, for whoever is logged in.
 * Paths begin below {@code /project-deployer/api}, such as {@code /deployments}. What somebody may not see is answered
 * exactly as what does not exist. Reading goes by the groups that a login has brought; the directory of people is asked
 * again by what changes something, for the approvals that a request has, and for whether to offer an emergency's ways.
 */
public final class OwnApi {

    private final Api api;

    /**
     * What the resources are made of.
     *
     * @param mayReadJob whether whoever asks on this thread may read the job of this full name
     * @param folderRules what the folders around a job that they may read let it use
     */
    public record Parts(
            Supplier<Configuration> configuration,
            People people,
            GlobalRights globalRights,
            Access access,
            Records records,
            Deployments deployments,
            Gates gates,
            Supplier<HookThrottle.Snapshot> hooks,
            Predicate<String> mayReadAudit,
            Predicate<String> mayReadJob,
            Function<String, FolderRules> folderRules,
            AuditResources.Check auditCheck,
            TakeOver takeOver) {}

    public OwnApi(Parts parts) {
        Records records = parts.records();
        Deployments deployments = parts.deployments();
        Gates gates = parts.gates();
        api = new Api(parts.configuration(), person -> isAuditor(person, parts.mayReadAudit()), parts.access(), records);
        new MyResources().addTo(api.routes());
        new DashboardResources(records, deployments.health()).addTo(api.routes());
        new OneDeployment(records, deployments.administration(), deployments.health()).addTo(api.routes());
        new PermissionResources(records, deployments.health()).addTo(api.routes());
        new DeploymentUpdates(records, deployments.steering(), parts.mayReadJob()).addTo(api.routes());
        new InfrastructureList().addTo(api.routes());
        Emergencies emergencies = gates.emergencies(deployments.engine());
        new ApprovalResources(gates.approvals(deployments.engine()), emergencies).addTo(api.routes());
        new PreApprovalResources(gates.preApprovals(deployments.planning())).addTo(api.routes());
        new BrokenGlassResources(emergencies).addTo(api.routes());
        new PublishedProjects(records, deployments.publisher(), deployments.administration(),
                new ActiveBundles(records, deployments.health())).addTo(api.routes());
        new HookResources(records, parts.hooks()).addTo(api.routes());
        new AuditResources(records, parts.auditCheck()).addTo(api.routes());
        new TakeOverResources(parts.takeOver()).addTo(api.routes());
        addAccess(parts);
    }

    private void addAccess(Parts parts) {
        GlobalRights global = parts.globalRights();
        ResourceReading nodes = parts.deployments().resources();
        AccessMatrix matrix = new AccessMatrix(parts.people(), new MatrixRows(parts.people(), global, nodes.reported()),
                new MatrixColumns(parts.access(), nodes.reported()));
        new AccessResources(matrix, nodes).addTo(api.routes());
        new MayI(matrix, parts).addTo(api.routes());
    }

    private static boolean isAuditor(Person person, Predicate<String> mayReadAudit) {
        try {
            return person.administrator() || mayReadAudit.test(person.id());
        } catch (Refused e) {
            return false; // nobody whom the directory knows, or it does not answer
        }
    }

    /**
     * Answers a request as it came over the wire; whatever goes wrong is in the answer too.
     *
     * @param rawPath below the API's root, as it stood in the request line
     * @param rawQuery likewise; null: none
     * @param headers value of a header by its name, such as {@code If-None-Match}; null where there is none
     * @param body read once, closed by the caller; null: none
     * @param person who asks
     */
    public WebReply answer(
            String method, String rawPath, String rawQuery, UnaryOperator<String> headers, InputStream body, Person person) {
        return api.answer(() -> WebRequest.of(method, rawPath, rawQuery, headers, body, person.id()), () -> person);
    }

    /** The pages that somebody may open, in their order; those about one thing are reached from them. */
    public List<Page> pages(Person person) {
        try {
            return pages(api.view(person));
        } catch (Refused e) {
            return List.of(); // the configuration is broken, and what a page asks for says so
        }
    }

    static List<Page> pages(View view) {
        return Arrays.stream(Page.values()).filter(page -> page.isListed() && opens(view, page, null)).toList();
    }

    /**
     * Whether somebody may open a page.
     *
     * @param item the one thing that it is about; null: no single thing
     */
    public boolean opens(Person person, Page page, String item) {
        return opens(api.view(person), page, item);
    }

    private static boolean opens(View view, Page page, String item) {
        try {
            page.require(view, item);
            return true;
        } catch (Refused e) {
            // Hidden and absent lead nowhere; of anything else the page's own requests tell.
            return e.reason() != Refused.Reason.NOT_FOUND;
        }
    }

    /** All that is offered. */
    List<Routes.Route> routes() {
        return api.routes().all();
    }
}

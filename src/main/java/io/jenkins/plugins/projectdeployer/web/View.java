package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Decision;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.Stage;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.store.SeenNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one person may see, for the length of one request: the configuration is the same from its start to its end. What
 * is hidden is not found, by the same words as what does not exist.
 */
final class View {

    /** A configuration with what is worked out once for all requests under it. Ids of infrastructures are unique ignoring case. */
    record Settings(Configuration configuration, int hash, Map<String, Infrastructure> infrastructures) {
        static Settings of(Configuration configuration) {
            Map<String, Infrastructure> infrastructures = new HashMap<>();
            configuration.infrastructures().forEach(each -> infrastructures.putIfAbsent(key(each.id()), each));
            return new Settings(configuration, configuration.hashCode(), infrastructures);
        }
    }

    private final Person person;
    private final Settings settings;
    private final Configuration configuration;
    private final Access access;
    private final Records records;
    private final Predicate<Person> auditors;
    private final long recorded;

    /** @param auditors who may read the audit; asked where it matters alone, since that may be a question to a directory */
    View(Person person, Predicate<Person> auditors, Settings settings, Access access, Records records) {
        this.recorded = records.head().seq(); // before anything is read: what comes in between is in the next answer
        this.person = person;
        this.auditors = auditors;
        this.settings = settings;
        this.configuration = settings.configuration();
        this.access = access;
        this.records = records;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    Person person() {
        return person;
    }

    /** What a node of an infrastructure said that it is when it was last planned with; null before. */
    String nodeId(Infrastructure infrastructure, NodeAddress address) {
        return SeenNode.at(records.seenNodes(), infrastructure.id(), address.url()).orElse(null);
    }

    /** @throws Refused unless the person may read the audit, which is about everything */
    void requireAuditor() {
        if (!auditors.test(person)) {
            throw new Refused(Refused.Reason.NOT_FOUND, "The audit is for those with the permission Project Deployer/ReadAudit.");
        }
    }

    /** Those on which the person sees hooks and what they print. */
    List<Infrastructure> administered() {
        return configuration.infrastructures().stream().filter(each -> may(each, InfrastructureRight.ADMIN)).toList();
    }

    /** @throws Refused unless there is such an infrastructure */
    void requireAdministered() {
        if (administered().isEmpty()) {
            throw new Refused(Refused.Reason.NOT_FOUND, "Hooks are for those who administer an infrastructure.");
        }
    }

    /** @throws Refused unless the person administers Jenkins */
    void requireAdministrator(String what) {
        if (!person.administrator()) {
            throw new Refused(Refused.Reason.FORBIDDEN, what + " takes Jenkins' permission Overall/Administer.");
        }
    }

    /** The same where others are not to know of it. */
    void hideFromOthersThanAdministrators() {
        if (!person.administrator()) {
            throw new Refused(Refused.Reason.NOT_FOUND, "This is for those who administer Jenkins.");
        }
    }

    /** Code envs on the controller that the person may use. */
    List<CodeEnv> codeEnvs() {
        return configuration.codeEnvs().stream().filter(each -> access.may(person, each, ResourceRight.USE).granted()).toList();
    }

    /** The rules for projects that are published for the first time; for administrators. */
    List<ProjectRule> projectRules() {
        return person.administrator() ? configuration.projects() : List.of();
    }

    LoginMapping loginMapping() {
        return configuration.loginMapping();
    }

    /** The infrastructure of this id, seen or not; what is said of it is for a {@link Decision} to answer. */
    Optional<Infrastructure> anyInfrastructure(String id) {
        return Optional.ofNullable(settings.infrastructures().get(key(id)));
    }

    BundleStorage bundleStorage() {
        return configuration.bundleStorage();
    }

    /** Number of the journal's newest entry when the request came: at least what is recorded up to it is seen. */
    long recorded() {
        return recorded;
    }

    /** Changes when the person's rights or the configuration do. */
    int version() {
        return 31 * person.hashCode() + settings.hash();
    }

    List<Stage> stages() {
        return configuration.stages();
    }

    Optional<Stage> stage(Infrastructure infrastructure) {
        return stages().stream().filter(stage -> stage.name().equals(infrastructure.stage())).findFirst();
    }

    /** Whether there is an infrastructure of this id that whoever asks may see. */
    boolean seesInfrastructure(String id) {
        return anyInfrastructure(id).filter(infrastructure -> may(infrastructure, InfrastructureRight.READ)).isPresent();
    }

    boolean may(Infrastructure infrastructure, InfrastructureRight right) {
        return access.may(person, infrastructure, right).granted();
    }

    boolean may(PublishedProject project, ProjectRight right) {
        return access.may(person, project, right).granted();
    }

    List<Infrastructure> infrastructures() {
        return configuration.infrastructures().stream().filter(each -> may(each, InfrastructureRight.READ)).toList();
    }

    /** @throws Refused unless the person holds this right on it */
    Infrastructure infrastructure(String id, InfrastructureRight right) {
        return access.require(person, Optional.ofNullable(settings.infrastructures().get(key(id))), id, right);
    }

    List<PublishedProject> projects() {
        return records.projects().stream().filter(each -> may(each, ProjectRight.READ)).toList();
    }

    /** @throws Refused unless the person holds this right on it */
    PublishedProject project(String key, ProjectRight right) {
        return access.require(person, records.project(key), key, right);
    }

    /** Visible deployments, by id. */
    List<Deployment> deployments(Predicate<Deployment> which) {
        return records.deployments().stream().filter(which.and(this::sees)).toList();
    }

    /** @throws Refused unless the person may see its infrastructure and its project */
    Deployment deployment(String id) {
        Optional<Deployment> found = records.deployment(id);
        return access.require(person, found, found.map(this::on), found.flatMap(it -> records.project(it.projectKey())), id);
    }

    /** Who has changed a deployment last, which may be whoever made it. */
    String lastChangedBy(Deployment deployment) {
        return records.changedBy(deployment.id()).orElse(deployment.createdBy());
    }

    /** Where a visible deployment is. */
    Infrastructure on(Deployment deployment) {
        return settings.infrastructures().get(key(deployment.infrastructureId()));
    }

    private boolean sees(Deployment deployment) {
        return sees(deployment.infrastructureId(), deployment.projectKey());
    }

    /** @throws Refused unless there is an update of this number that the person may see */
    Update update(String number) {
        return Optional.of(number).filter(text -> text.matches("[1-9][0-9]{0,17}"))
                .flatMap(text -> records.update(Long.parseLong(text)))
                .filter(this::sees)
                .orElseThrow(() -> Refused.notFound("update", number));
    }

    /** Whether the person may see an update, also one of a deployment that is gone or never came to be. */
    boolean sees(Update update) {
        return sees(update.request().infrastructure(), update.request().project());
    }

    private boolean sees(String infrastructureId, String projectKey) {
        Infrastructure infrastructure = settings.infrastructures().get(key(infrastructureId));
        return infrastructure != null
                && records.project(projectKey).filter(project -> access.sees(person, infrastructure, project)).isPresent();
    }
}

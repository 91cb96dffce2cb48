package io.jenkins.plugins.projectdeployer.model;

import java.util.List;
import java.util.Optional;

/**
 * All that administrators set up, in the shape of the file that configures it as code. It may still be wrong:
 * {@link ConfigurationCheck} says in what.
 *
 * @param nodesInHealth whether a node that cannot be worked with makes Jenkins' own health check fail
 */
public record Configuration(
        List<Stage> stages,
        List<Infrastructure> infrastructures,
        List<ProjectRule> projects,
        List<CodeEnv> codeEnvs,
        List<DesignNode> designNodes,
        LoginMapping loginMapping,
        HookLimits hookLimits,
        BundleStorage bundleStorage,
        List<TechnicalUser> technicalUsers,
        boolean nodesInHealth) {

    /** The three usual stages and nothing else. */
    public static final Configuration EMPTY = new Configuration(null, null, null, null, null, null, null, null);

    /** Without technical users, so that only what people start may deploy, and with nodes left out of Jenkins' health. */
    public Configuration(
            List<Stage> stages,
            List<Infrastructure> infrastructures,
            List<ProjectRule> projects,
            List<CodeEnv> codeEnvs,
            List<DesignNode> designNodes,
            LoginMapping loginMapping,
            HookLimits hookLimits,
            BundleStorage bundleStorage) {
        this(stages, infrastructures, projects, codeEnvs, designNodes, loginMapping, hookLimits, bundleStorage, null, false);
    }

    public Configuration {
        stages = stages == null || stages.isEmpty() ? Stage.DEFAULTS : List.copyOf(stages);
        infrastructures = Text.list(infrastructures);
        projects = Text.list(projects);
        codeEnvs = Text.list(codeEnvs);
        designNodes = Text.list(designNodes);
        loginMapping = Text.orElse(loginMapping, LoginMapping.SAME);
        hookLimits = Text.orElse(hookLimits, HookLimits.DEFAULT);
        bundleStorage = Text.orElse(bundleStorage, BundleStorage.DEFAULT);
        technicalUsers = Text.list(technicalUsers);
    }

    /** The infrastructure of this id; ids are unique ignoring case, so it is found ignoring case. */
    public Optional<Infrastructure> infrastructure(String id) {
        return infrastructures.stream().filter(infrastructure -> infrastructure.id().equalsIgnoreCase(id)).findFirst();
    }

    /** The stage of this name. */
    public Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** What stands before the stage of this infrastructure; open where there is no such stage any more. */
    public StageGate gate(Infrastructure infrastructure) {
        return stage(infrastructure.stage()).map(Stage::gate).orElse(StageGate.OPEN);
    }

    /** The code env that hooks call by this name. */
    public Optional<CodeEnv> codeEnv(String name) {
        return codeEnvs.stream().filter(codeEnv -> codeEnv.name().equals(name)).findFirst();
    }

    /** The design node of this id. */
    public Optional<DesignNode> designNode(String id) {
        return designNodes.stream().filter(node -> node.id().equalsIgnoreCase(id)).findFirst();
    }

    /** The first rule that is about this project. */
    public Optional<ProjectRule> ruleFor(String projectKey) {
        return projects.stream().filter(rule -> rule.matches(projectKey)).findFirst();
    }

    /** For whom a job deploys when no person started its build; the first that names the job counts. */
    public Optional<String> technicalUser(String jobFullName) {
        return technicalUsers.stream()
                .filter(technical -> Wildcard.matches(technical.jobs(), jobFullName))
                .map(TechnicalUser::user)
                .findFirst();
    }
}

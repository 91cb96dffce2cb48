package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * {@code deployProject project: 'CHURN', bundle: 'v12', infrastructure: 'prod'}: brings a project to an infrastructure
 * and returns a {@link DeploymentReport}. What each parameter means is said in its help file.
 */
public final class DeployProjectStep extends Step {

    private final String project;
    private final String infrastructure;
    private String bundle;
    private String archive;
    private String designNode;
    private String deploymentId;
    private String targetProject;
    private String projectFolder;
    private Map<String, String> connections;
    private Map<String, String> codeEnvs;
    private Map<String, String> containerExecs;
    private Map<String, Object> variables;
    private Map<String, Boolean> scenarios;
    private Boolean disableAutomaticTriggers;
    private List<String> testScenarios;
    private String onFailure;
    private boolean dryRun;
    private boolean queue;
    private boolean adopt;
    private boolean ignoreWarnings;
    private String releaseNotes;

    @DataBoundConstructor
    public DeployProjectStep(String project, String infrastructure) {
        this.project = Util.fixEmptyAndTrim(project);
        this.infrastructure = Util.fixEmptyAndTrim(infrastructure);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DeployProjectExecution(context, this);
    }

    /** What is asked for, as this step says it, with the project that it names or its folder does. */
    DeployRequest request(String key, List<String> requestedBy, DeployRequest.Origin origin, String projectKey) {
        if (projectKey == null) {
            throw Refused.invalid(Messages.DeployProjectStep_noProject());
        }
        if (infrastructure == null) {
            throw Refused.invalid(Messages.DeployProjectStep_noInfrastructure());
        }
        if (archive != null && designNode != null) {
            throw Refused.invalid(Messages.BundleStep_source());
        }
        return new DeployRequest.Builder(key, requestedBy, projectKey, infrastructure)
                .origin(origin)
                .bundle(bundle)
                .designNode(designNode)
                .deploymentId(deploymentId)
                .targetProject(targetProject)
                .settings(new SettingsChange(
                        projectFolder,
                        Written.remaps("connections", connections),
                        Written.remaps("codeEnvs", codeEnvs),
                        Written.remaps("containerExecs", containerExecs),
                        null,
                        Written.variables(variables),
                        Written.switches("scenarios", scenarios),
                        disableAutomaticTriggers,
                        null))
                .testScenarios(Written.texts("testScenarios", testScenarios))
                .onFailure(Written.named(OnFailure.class, "onFailure", onFailure))
                .dryRun(dryRun)
                .queue(queue)
                .adopt(adopt)
                .ignoreWarnings(ignoreWarnings)
                .releaseNotes(releaseNotes)
                .build();
    }

    public String getProject() {
        return project;
    }

    public String getInfrastructure() {
        return infrastructure;
    }

    public String getBundle() {
        return bundle;
    }

    @DataBoundSetter
    public void setBundle(String bundle) {
        this.bundle = Util.fixEmptyAndTrim(bundle);
    }

    public String getArchive() {
        return archive;
    }

    @DataBoundSetter
    public void setArchive(String archive) {
        this.archive = Util.fixEmptyAndTrim(archive);
    }

    public String getDesignNode() {
        return designNode;
    }

    @DataBoundSetter
    public void setDesignNode(String designNode) {
        this.designNode = Util.fixEmptyAndTrim(designNode);
    }

    public String getDeploymentId() {
        return deploymentId;
    }

    @DataBoundSetter
    public void setDeploymentId(String deploymentId) {
        this.deploymentId = Util.fixEmptyAndTrim(deploymentId);
    }

    public String getTargetProject() {
        return targetProject;
    }

    @DataBoundSetter
    public void setTargetProject(String targetProject) {
        this.targetProject = Util.fixEmptyAndTrim(targetProject);
    }

    public String getProjectFolder() {
        return projectFolder;
    }

    @DataBoundSetter
    public void setProjectFolder(String projectFolder) {
        this.projectFolder = Util.fixEmptyAndTrim(projectFolder);
    }

    public Map<String, String> getConnections() {
        return connections;
    }

    @DataBoundSetter
    public void setConnections(Map<String, String> connections) {
        this.connections = kept(connections);
    }

    public Map<String, String> getCodeEnvs() {
        return codeEnvs;
    }

    @DataBoundSetter
    public void setCodeEnvs(Map<String, String> codeEnvs) {
        this.codeEnvs = kept(codeEnvs);
    }

    public Map<String, String> getContainerExecs() {
        return containerExecs;
    }

    @DataBoundSetter
    public void setContainerExecs(Map<String, String> containerExecs) {
        this.containerExecs = kept(containerExecs);
    }

    public Map<String, Object> getVariables() {
        return variables;
    }

    @DataBoundSetter
    public void setVariables(Map<String, Object> variables) {
        this.variables = kept(variables);
    }

    public Map<String, Boolean> getScenarios() {
        return scenarios;
    }

    @DataBoundSetter
    public void setScenarios(Map<String, Boolean> scenarios) {
        this.scenarios = kept(scenarios);
    }

    public Boolean getDisableAutomaticTriggers() {
        return disableAutomaticTriggers;
    }

    @DataBoundSetter
    public void setDisableAutomaticTriggers(Boolean disableAutomaticTriggers) {
        this.disableAutomaticTriggers = disableAutomaticTriggers;
    }

    public List<String> getTestScenarios() {
        return testScenarios;
    }

    @DataBoundSetter
    public void setTestScenarios(List<String> testScenarios) {
        this.testScenarios = testScenarios == null ? null : new ArrayList<>(testScenarios);
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isQueue() {
        return queue;
    }

    @DataBoundSetter
    public void setQueue(boolean queue) {
        this.queue = queue;
    }

    public boolean isAdopt() {
        return adopt;
    }

    @DataBoundSetter
    public void setAdopt(boolean adopt) {
        this.adopt = adopt;
    }

    public boolean isIgnoreWarnings() {
        return ignoreWarnings;
    }

    @DataBoundSetter
    public void setIgnoreWarnings(boolean ignoreWarnings) {
        this.ignoreWarnings = ignoreWarnings;
    }

    public String getReleaseNotes() {
        return releaseNotes;
    }

    @DataBoundSetter
    public void setReleaseNotes(String releaseNotes) {
        this.releaseNotes = Util.fixEmptyAndTrim(releaseNotes);
    }

    /** A table in a form that Jenkins saves, whatever it was given in. */
    private static <V> Map<String, V> kept(Map<String, V> table) {
        return table == null || table.isEmpty() ? null : new LinkedHashMap<>(table);
    }

    @Extension
    public static final class DescriptorImpl extends DeployProjectForm {

        @Override
        public String getFunctionName() {
            return "deployProject";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployProjectStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class, TaskListener.class);
        }

        /** In the build's graph: the words that matter. */
        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("project") + " to " + arguments.get("infrastructure");
        }

        /** The form has tables as lines of {@code name = value}. */
        @Override
        public DeployProjectStep newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            String connections = take(form, "connections");
            String codeEnvs = take(form, "codeEnvs");
            String containerExecs = take(form, "containerExecs");
            String variables = take(form, "variables");
            String scenarios = take(form, "scenarios");
            String testScenarios = take(form, "testScenarios");
            String triggers = take(form, "disableAutomaticTriggers");
            DeployProjectStep step = (DeployProjectStep) super.newInstance(req, form);
            step.setConnections(TypedTable.read(connections, TypedTable::text));
            step.setCodeEnvs(TypedTable.read(codeEnvs, TypedTable::text));
            step.setContainerExecs(TypedTable.read(containerExecs, TypedTable::text));
            step.setVariables(TypedTable.read(variables, TypedTable::variable));
            step.setScenarios(TypedTable.read(scenarios, TypedTable::isOn));
            // An empty field says nothing; to say that there are none takes a script, as [].
            step.setTestScenarios(testScenarios.isBlank() ? null : List.copyOf(TypedTable.read(testScenarios, TypedTable::text).keySet()));
            step.setDisableAutomaticTriggers(triggers.isEmpty() ? null : Boolean.valueOf(triggers));
            return step;
        }

        private static String take(JSONObject form, String field) {
            return form.has(field) ? String.valueOf(form.remove(field)) : "";
        }
    }
}

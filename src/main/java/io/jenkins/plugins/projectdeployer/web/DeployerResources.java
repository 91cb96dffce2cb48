package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Deployments and published projects in the shapes of Dataiku's Project Deployer (facts B7), for one person: what they
 * may not see is not found.
 */
public final class DeployerResources {

    private final Supplier<Configuration> configuration;
    private final Access access;
    private final Records records;

    public DeployerResources(Supplier<Configuration> configuration, Access access, Records records) {
        this.configuration = configuration;
        this.access = access;
        this.records = records;
    }

    /** What is asked for at a path below {@code /project-deployer}; segments are decoded. */
    public ObjectNode get(Person person, List<String> segments) {
        String kind = segments.isEmpty() ? "" : segments.get(0);
        if (kind.equals("deployments") && segments.size() == 2) {
            return light(person, segments.get(1));
        }
        if (kind.equals("deployments") && segments.size() == 3 && segments.get(2).equals("status")) {
            return status(person, segments.get(1));
        }
        if (kind.equals("deployments") && segments.size() == 3 && segments.get(2).equals("settings")) {
            return settings(person, segments.get(1));
        }
        if (kind.equals("projects") && segments.size() == 2) {
            return project(person, segments.get(1));
        }
        if (kind.equals("projects") && segments.size() == 3 && segments.get(2).equals("settings")) {
            return projectSettings(person, segments.get(1));
        }
        throw Refused.notFound("resource", String.join("/", segments));
    }

    private ObjectNode light(Person person, String id) {
        Deployment deployment = deployment(person, id);
        Infrastructure infrastructure = configuration.get().infrastructure(deployment.infrastructureId()).orElseThrow();
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putObject("deploymentBasicInfo")
                .put("id", deployment.id())
                .put("infraId", deployment.infrastructureId())
                .put("publishedProjectKey", deployment.projectKey())
                .put("bundleId", deployment.bundleId())
                .put("deployedProjectKey", deployment.targetProject())
                .put("createdByDisplayName", deployment.createdBy())
                .set("tags", Json.MAPPER.valueToTree(deployment.settings().tags()));
        answer.set("infraBasicInfo", infraBasicInfo(infrastructure));
        answer.putObject("projectBasicInfo").put("id", deployment.projectKey()).put("name", deployment.projectKey());
        answer.set("packages", packages(deployment.projectKey()));
        answer.put("neverEverDeployed", !records.everDeployed(deployment.id()));
        return answer;
    }

    private static ObjectNode infraBasicInfo(Infrastructure infrastructure) {
        return Json.MAPPER.createObjectNode()
                .put("id", infrastructure.id())
                .put("stage", infrastructure.stage())
                .put("automationNodeUrl", infrastructure.nodes().get(0).url())
                .put("automationNodeExternalUrl", infrastructure.externalUrl());
    }

    private ObjectNode status(Person person, String id) {
        Deployment deployment = deployment(person, id);
        Optional<Update> last = lastAtWork(deployment);
        ObjectNode answer = Json.MAPPER.createObjectNode().put("deploymentId", deployment.id()).put("health", health(last));
        ArrayNode messages = answer.putObject("healthMessages").putArray("messages");
        last.ifPresent(update -> update.messages().forEach(message -> messages.add(message(message))));
        return answer;
    }

    /** The last update that has ended and had begun to change something: a refused or a dry run says nothing of health. */
    private Optional<Update> lastAtWork(Deployment deployment) {
        long number = records.past(deployment.id()).lastAtWork();
        return number == 0 ? Optional.empty() : records.update(number);
    }

    /** What the last update left; a look at the nodes themselves is not part of it yet. */
    private static String health(Optional<Update> last) {
        if (last.isEmpty()) {
            return "UNKNOWN";
        }
        UpdateStatus status = last.get().status();
        return switch (status) {
            case SUCCESS, ROLLED_BACK -> "HEALTHY";
            case WARNING -> "WARNING";
            default -> "ERROR";
        };
    }

    private static ObjectNode message(Message message) {
        return Json.MAPPER.createObjectNode()
                .put("severity", message.severity().name())
                .put("isFatal", message.severity() == Message.Severity.ERROR)
                .put("code", message.code())
                .put("title", message.text())
                .put("message", message.text());
    }

    private ObjectNode settings(Person person, String id) {
        Deployment deployment = deployment(person, id);
        DeploymentSettings settings = deployment.settings();
        ObjectNode answer = Json.MAPPER.createObjectNode()
                .put("id", deployment.id())
                .put("infraId", deployment.infrastructureId())
                .put("publishedProjectKey", deployment.projectKey())
                .put("bundleId", deployment.bundleId())
                .put("deployedProjectKey", deployment.targetProject())
                .put("disableAutomaticTriggers", settings.disableAutomaticTriggers());
        answer.set("tags", Json.MAPPER.valueToTree(settings.tags()));
        answer.set("localVariables", Json.MAPPER.valueToTree(settings.variables() == null ? java.util.Map.of() : settings.variables()));
        answer.set("scenariosToActivate", Json.MAPPER.valueToTree(settings.scenarios()));
        ObjectNode remapping = answer.putObject("bundleContainerSettings").putObject("remapping");
        remapping.set("connections", remaps(settings.connections()));
        remapping.set("codeEnvs", remaps(settings.codeEnvs()));
        remapping.set("containerExecs", remaps(settings.containerExecs()));
        return answer;
    }

    private static ArrayNode remaps(List<Remap> remaps) {
        return Json.MAPPER.valueToTree(remaps);
    }

    private ObjectNode project(Person person, String key) {
        PublishedProject project = access.require(person, records.project(key), key, ProjectRight.READ);
        ObjectNode answer = Json.MAPPER.createObjectNode()
                .put("isAdmin", access.may(person, project, ProjectRight.ADMIN).granted())
                .put("canDeploy", access.may(person, project, ProjectRight.DEPLOY).granted())
                .put("canWrite", access.may(person, project, ProjectRight.WRITE).granted());
        answer.putObject("projectBasicInfo").put("id", project.key()).put("name", project.key());
        answer.set("packages", packages(project.key()));
        ArrayNode deployments = answer.putArray("deployments");
        records.deployments().stream()
                .filter(deployment -> deployment.projectKey().equals(project.key()) && mayRead(person, deployment))
                .forEach(deployment -> deployments.addObject()
                        .put("id", deployment.id())
                        .put("infraId", deployment.infrastructureId())
                        .put("bundleId", deployment.bundleId()));
        return answer;
    }

    /** Who may do what with a published project is for those who administer it. */
    private ObjectNode projectSettings(Person person, String key) {
        PublishedProject project = access.require(person, records.project(key), key, ProjectRight.ADMIN);
        ObjectNode answer = Json.MAPPER.createObjectNode()
                .put("id", project.key())
                .put("name", project.key())
                .put("owner", project.createdBy());
        ArrayNode permissions = answer.putArray("permissions");
        for (Grant<ProjectRight> grant : project.grants()) {
            ObjectNode line = permissions.addObject()
                    .put(grant.principal().isGroup() ? "group" : "user", grant.principal().name());
            for (ProjectRight right : ProjectRight.values()) {
                line.put(right.name().toLowerCase(Locale.ROOT), grant.right().implies(right));
            }
        }
        return answer;
    }

    private ArrayNode packages(String projectKey) {
        ArrayNode packages = Json.MAPPER.createArrayNode();
        for (Bundle bundle : records.bundlesInBrief(projectKey)) {
            packages.addObject()
                    .put("id", bundle.bundleId())
                    .put("publishedOn", bundle.publishedAt().toEpochMilli())
                    .put("publishedBy", bundle.publishedBy());
        }
        return packages;
    }

    private Deployment deployment(Person person, String id) {
        Optional<Deployment> found = records.deployment(id);
        return access.require(person, found, found.flatMap(this::infrastructure), found.flatMap(this::project), id);
    }

    private boolean mayRead(Person person, Deployment deployment) {
        Optional<Infrastructure> infrastructure = infrastructure(deployment);
        Optional<PublishedProject> project = project(deployment);
        return infrastructure.isPresent() && project.isPresent()
                && access.sees(person, infrastructure.get(), project.get());
    }

    private Optional<Infrastructure> infrastructure(Deployment deployment) {
        return configuration.get().infrastructure(deployment.infrastructureId());
    }

    private Optional<PublishedProject> project(Deployment deployment) {
        return records.project(deployment.projectKey());
    }
}

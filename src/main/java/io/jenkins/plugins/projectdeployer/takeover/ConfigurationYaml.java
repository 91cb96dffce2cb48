package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.util.ArrayList;
import java.util.List;

/** What was read, as configuration as code: comments say what to do before it is loaded, and what it lacks. Without any key. */
final class ConfigurationYaml {

    private ConfigurationYaml() {}

    static String of(String source, DeployerContents contents) {
        ObjectNode ours = Json.MAPPER.createObjectNode();
        ArrayNode stages = ours.putArray("stages");
        contents.stages().forEach(stage -> stages.add(stage(stage)));
        ArrayNode infrastructures = ours.putArray("infrastructures");
        contents.infrastructures().forEach(infrastructure -> infrastructures.add(infrastructure(infrastructure)));
        if (!contents.projects().isEmpty()) {
            ArrayNode projects = ours.putArray("projects");
            contents.projects().forEach(rule -> projects.add(project(rule)));
        }
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.putObject("unclassified").set("projectDeployer", ours);
        return header(source, contents) + Yaml.of(root);
    }

    private static String header(String source, DeployerContents contents) {
        List<String> lines = new ArrayList<>();
        lines.add("Read from the Project Deployer at " + source + ".");
        lines.add("");
        lines.add("Before you load it, make these credentials in Jenkins: Secret text, scope System, each with the secret of a global API key");
        lines.add("that has admin rights on that node. Other ids will do, if you change them below.");
        contents.infrastructures().forEach(infrastructure -> infrastructure.nodes().forEach(node ->
                lines.add("  " + node.credentialsId() + ": infrastructure " + infrastructure.id() + ", " + node.url())));
        lines.add("");
        lines.add("Loading it replaces what Project Deployer has for configuration. Users and groups are named as in Dataiku: where Jenkins knows");
        lines.add("them otherwise, change that; a right for a group is for whoever Jenkins has in the group of that name.");
        if (!contents.left().isEmpty()) {
            lines.add("");
            lines.add("Not carried over:");
            contents.left().forEach(sentence -> lines.add("  " + sentence));
        }
        StringBuilder header = new StringBuilder();
        lines.forEach(line -> header.append(("# " + Yaml.printable(Ids.oneLine(line))).stripTrailing()).append('\n'));
        return header.toString();
    }

    private static ObjectNode stage(Stage stage) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", stage.name());
        return stage.description() == null ? json : json.put("description", stage.description());
    }

    private static ObjectNode infrastructure(Infrastructure infrastructure) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("id", infrastructure.id());
        if (infrastructure.stage() != null) {
            json.put("stage", infrastructure.stage());
        }
        ArrayNode nodes = json.putArray("nodes");
        infrastructure.nodes().forEach(node -> nodes.add(node(node)));
        if (infrastructure.externalUrl() != null) {
            json.put("externalUrl", infrastructure.externalUrl());
        }
        grants(json, infrastructure.grants());
        remaps(json, "connections", infrastructure.connections());
        remaps(json, "codeEnvs", infrastructure.codeEnvs());
        remaps(json, "containerExecs", infrastructure.containerExecs());
        if (!infrastructure.codeEnvsBehavior().equals(CodeEnvsBehavior.DEFAULT)) {
            json.set("codeEnvsBehavior", Json.MAPPER.valueToTree(infrastructure.codeEnvsBehavior()));
        }
        if (!infrastructure.policies().equals(Policies.DEFAULT)) {
            json.set("policies", Json.MAPPER.valueToTree(infrastructure.policies()));
        }
        return json;
    }

    private static ObjectNode node(NodeAddress node) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("url", node.url()).put("credentialsId", node.credentialsId());
        return node.trustAll() ? json.put("trustAll", true) : json;
    }

    private static ObjectNode project(ProjectRule rule) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("pattern", rule.pattern());
        grants(json, rule.grants());
        return json;
    }

    private static void grants(ObjectNode json, List<? extends Grant<?>> grants) {
        if (!grants.isEmpty()) {
            ArrayNode lines = json.putArray("grants");
            grants.forEach(grant -> lines.addObject()
                    .put(grant.principal().isGroup() ? "group" : "user", grant.principal().name())
                    .put("right", grant.right().name()));
        }
    }

    private static void remaps(ObjectNode json, String table, List<Remap> remaps) {
        if (!remaps.isEmpty()) {
            json.set(table, Json.MAPPER.valueToTree(remaps));
        }
    }
}

package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tree of project folders of a node. Source: facts B4. */
public final class ProjectFolders {

    /**
     * A project folder.
     *
     * @param name empty for the root
     * @param children ids of the folders in it
     * @param projects keys of the projects in it
     */
    public record Folder(String id, String name, List<String> children, List<String> projects) {

        /** Freezes the lists. */
        public Folder {
            children = List.copyOf(children);
            projects = List.copyOf(projects);
        }
    }

    private static final ApiPath ROOT = ApiPath.of("project-folders");

    private final NodeHttp http;

    ProjectFolders(NodeHttp http) {
        this.http = http;
    }

    /** The folder that holds all others. */
    public Folder root() throws NodeException {
        return folder(http.json(NodeRequest.get(ROOT.then(""))));
    }

    /** The folder of this id. */
    public Folder folder(String id) throws NodeException {
        return folder(http.json(NodeRequest.get(ROOT.id("project folder", id))));
    }

    /**
     * The folder that these names lead to from the root, as people see them: {@code "Marketing/Churn"}. Leading and
     * double slashes do not count; no name at all is the root.
     */
    public Optional<Folder> find(String path) throws NodeException {
        Folder at = root();
        for (String name : path.split("/")) {
            if (!name.isBlank()) {
                Optional<Folder> next = child(at, name.strip());
                if (next.isEmpty()) {
                    return next;
                }
                at = next.get();
            }
        }
        return Optional.of(at);
    }

    /** Makes a folder in another. */
    public Folder create(String parentId, String name) throws NodeException {
        return folder(http.json(NodeRequest.post(ROOT.id("project folder", parentId).then("children"))
                .query("name", name)));
    }

    /** Moves a project from the folder where it is to another. */
    public void move(String projectKey, String fromId, String toId) throws NodeException {
        ApiPath path = ROOT.id("project folder", fromId)
                .then("projects")
                .id("project key", projectKey)
                .then("move");
        http.send(NodeRequest.post(path).query("destination", toId));
    }

    private Optional<Folder> child(Folder parent, String name) throws NodeException {
        for (String id : parent.children()) {
            Folder child = folder(id);
            if (child.name().equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private static Folder folder(JsonNode json) {
        return new Folder(
                json.path("id").asText(),
                json.path("name").asText(""),
                strings(json.path("childrenIds")),
                strings(json.path("projectKeys")));
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}

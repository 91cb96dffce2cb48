package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Bundles on a design node: export, list, download, publish, delete (B1). */
final class ExportedBundleRoutes {
    private final NodeState state;
    private final Path directory;

    ExportedBundleRoutes(NodeState state, Path directory) {
        this.state = state;
        this.directory = directory;
    }

    void register(Router router) {
        String exported = "/projects/{project}/bundles/exported";
        router.get(exported, this::list);
        router.put(exported + "/{bundle}", this::export);
        router.streaming("GET", exported + "/{bundle}/archive", this::archive);
        router.delete(exported + "/{bundle}", this::delete);
        router.post("/projects/{project}/bundles/{bundle}/publish", this::publish);
    }

    private Reply list(Request request) {
        ObjectNode answer = Json.object();
        ArrayNode bundles = answer.putArray("bundles");
        for (ExportedBundle bundle : project(request).exported.values()) {
            bundles.addObject()
                    .put("bundleId", bundle.bundleId())
                    .put("releaseNotes", bundle.releaseNotes())
                    .put("exportedBy", bundle.exportedBy())
                    .put("exportedOn", bundle.exportedOn().toEpochMilli());
        }
        return Reply.json(answer);
    }

    private Reply export(Request request) throws IOException {
        Project project = project(request);
        String bundleId = request.path("bundle");
        if (project.exported.containsKey(bundleId)) {
            throw ApiError.illegal("Bundle '" + bundleId + "' already exists in project " + project.key);
        }
        Path archive = Files.createTempFile(directory, "export", ".zip");
        BundleZip.export(state, project, bundleId, request.caller().identifier()).writeTo(archive);
        project.exported.put(
                bundleId,
                new ExportedBundle(bundleId, archive, request.query("releaseNotes"), request.caller().identifier(), Instant.now()));
        return Reply.json(Json.object().put("bundleId", bundleId).put("projectKey", project.key));
    }

    private Reply archive(Request request) {
        synchronized (state) {
            return Reply.file("application/zip", bundle(request).archive());
        }
    }

    private Reply delete(Request request) throws IOException {
        ExportedBundle bundle = bundle(request);
        project(request).exported.remove(bundle.bundleId());
        Files.deleteIfExists(bundle.archive());
        return Reply.done("Deleted bundle " + bundle.bundleId());
    }

    private Reply publish(Request request) {
        Project project = project(request);
        ObjectNode published = Json.object()
                .put("publishedOn", System.currentTimeMillis())
                .put("publishedBy", request.caller().identifier())
                .put("publishedProjectKey", request.query("publishedProjectKey", project.key));
        bundle(request);
        project.published.add(published.deepCopy().put("bundleId", request.path("bundle")));
        return Reply.json(published);
    }

    private Project project(Request request) {
        if (state.nodeType() != NodeType.DESIGN) {
            throw ApiError.illegal("This action is only possible on a design node");
        }
        return state.existingProject(request).require(request.caller(), ProjectFlag.writeProjectContent);
    }

    private ExportedBundle bundle(Request request) {
        ExportedBundle bundle = project(request).exported.get(request.path("bundle"));
        if (bundle == null) {
            throw ApiError.notFound("Bundle '" + request.path("bundle") + "' does not exist in project " + request.path("project"));
        }
        return bundle;
    }
}

package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Bundles on an automation node: create a project from one, import, list, preload, activate, delete (B2). */
final class ImportedBundleRoutes {
    private final NodeState state;
    private final Uploads uploads;

    ImportedBundleRoutes(NodeState state, Uploads uploads) {
        this.state = state;
        this.uploads = uploads;
    }

    void register(Router router) {
        router.streaming("POST", "/projectsFromBundle", request -> create(request, true));
        router.streaming("POST", "/projectsFromBundle/fromArchive", request -> create(request, false));
        String imported = "/projects/{project}/bundles/imported";
        router.get(imported, this::list);
        router.streaming("POST", imported + "/actions/importFromStream", request -> importInto(request, true));
        router.streaming("POST", imported + "/actions/importFromArchive", request -> importInto(request, false));
        router.post(imported + "/{bundle}/actions/preload", this::preload);
        router.post(imported + "/{bundle}/actions/activate", this::activate);
        router.delete(imported + "/{bundle}", this::delete);
    }

    private Reply create(Request request, boolean stream) throws IOException {
        synchronized (state) {
            checkMayCreate(request);
        }
        ImportedBundle bundle = stream ? uploads.receive(request) : uploads.fromArchive(request.query("archivePath", ""), request.caller());
        synchronized (state) {
            checkMayCreate(request);
            return createFrom(bundle, request, !stream || state.streamTakesPropagation());
        }
    }

    private void checkMayCreate(Request request) {
        requireAutomation();
        if (!request.caller().mayCreateProjects()) {
            throw ApiError.forbidden("Action forbidden: '" + request.caller().identifier() + "' may not create projects");
        }
        state.folders().existing(request.query("projectFolderId", Folders.ROOT));
    }

    private Reply createFrom(ImportedBundle bundle, Request request, boolean policyCounts) {
        BundleContents contents = bundle.contents();
        refuseNewer(contents);
        String key = contents.projectKey();
        if (state.projects.containsKey(key)) {
            throw ApiError.illegal("Project '" + key + "' already exists");
        }
        String policy = policyCounts ? request.query("permissionsPropagationPolicy", "NONE") : "NONE";
        ArrayNode permissions = Propagation.permissions(policy, contents, state.directory());
        Project project = state.addProject(key, request.caller().identifier());
        project.name = contents.params.path("name").asText(key);
        project.folderId = request.query("projectFolderId", Folders.ROOT);
        project.permissions = permissions;
        project.imported.put(bundle.bundleId(), bundle);
        return Reply.json(Json.object().put("projectKey", key).put("bundleId", bundle.bundleId()));
    }

    private void refuseNewer(BundleContents contents) {
        String made = contents.manifest.path("generatedWithDSSVersion").asText("");
        if (DssVersion.isNewer(made, state.version())) {
            throw ApiError.illegal("Bundle '" + contents.bundleId() + "' was made with DSS " + made + ", which is newer than this node's " + state.version());
        }
    }

    private Reply importInto(Request request, boolean stream) throws IOException {
        synchronized (state) {
            writable(request);
        }
        ImportedBundle bundle = stream ? uploads.receive(request) : uploads.fromArchive(request.query("archivePath", ""), request.caller());
        synchronized (state) {
            Project project = writable(request);
            refuseNewer(bundle.contents());
            String from = bundle.contents().projectKey();
            if (!from.equals(project.key) && !state.takesForeignBundles()) {
                throw ApiError.illegal("Bundle '" + bundle.bundleId() + "' is of project " + from + ", not of " + project.key);
            }
            if (project.imported.containsKey(bundle.bundleId())) {
                throw ApiError.illegal("Bundle '" + bundle.bundleId() + "' already exists in project " + project.key);
            }
            project.imported.put(bundle.bundleId(), bundle);
            return Reply.json(Json.object().put("projectKey", project.key).put("bundleId", bundle.bundleId()));
        }
    }

    private Reply list(Request request) {
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.readProjectContent);
        ObjectNode answer = Json.object();
        ArrayNode bundles = answer.putArray("bundles");
        for (ImportedBundle bundle : project.imported.values()) {
            bundles.addObject()
                    .put("bundleId", bundle.bundleId())
                    .put("importedBy", bundle.importedBy())
                    .put("importedOn", bundle.importedOn().toEpochMilli())
                    .put("active", bundle.bundleId().equals(project.activeBundleId))
                    .set("exportManifest", bundle.contents().manifest);
        }
        return Reply.json(answer);
    }

    private Reply preload(Request request) {
        Project project = writable(request);
        ImportedBundle bundle = project.existingImported(request.path("bundle"));
        return Reply.json(state.futures().submit("preload", request.caller(), () -> new Preload(state, project).preload(bundle)));
    }

    private Reply activate(Request request) {
        Project project = writable(request);
        ImportedBundle bundle = project.existingImported(request.path("bundle"));
        var scenarios = request.json().path("scenariosActiveOnActivation");
        return Reply.json(state.futures().submit("activate", request.caller(), () ->
                new Activation(state, project, request.caller()).activate(bundle, scenarios)));
    }

    /** Came with 13.5.3. */
    private Reply delete(Request request) {
        if (DssVersion.isNewer("13.5.3", state.version())) {
            throw ApiError.notFound("No such API endpoint on DSS " + state.version());
        }
        Project project = writable(request);
        ImportedBundle bundle = project.existingImported(request.path("bundle"));
        if (bundle.bundleId().equals(project.activeBundleId)) {
            throw ApiError.illegal("Bundle '" + bundle.bundleId() + "' is active in project " + project.key + " and cannot be deleted");
        }
        project.imported.remove(bundle.bundleId());
        project.preloaded.remove(bundle.bundleId());
        return Reply.done("Deleted bundle " + bundle.bundleId());
    }

    private Project writable(Request request) {
        requireAutomation();
        return state.existingProject(request).require(request.caller(), ProjectFlag.writeProjectContent);
    }

    private void requireAutomation() {
        if (state.nodeType() != NodeType.AUTOMATION) {
            throw ApiError.illegal("This action is only possible on an automation node");
        }
    }
}

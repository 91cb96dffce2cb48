package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what a bundle says of itself: a few small JSON entries, by name, bounded; nothing is extracted.
 *
 * <p>Layout: facts "what is inside a bundle". What is refused is refused with one sentence; what is there but cannot be
 * understood becomes a note.
 */
public final class BundleReader {

    private static final String MANIFEST = "export-manifest.json";
    private static final String CHANGELOG = "changelog.json";
    private static final String PARAMS = "project_config/params.json";
    private static final int KNOWN_VERSION = 3;
    private static final int MAX_ENTRY = 4 << 20;
    private static final int MAX_TOGETHER = 64 << 20;

    /** The same key twice in one object would let two readers see two things. */
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final ZipDirectory zip;
    private final List<String> notes = new ArrayList<>();
    private int read;

    private BundleReader(ZipDirectory zip) {
        this.zip = zip;
    }

    /**
     * Looks into an archive.
     *
     * @param projectKey what the bundle must be of; null: anything
     * @param bundleId what the bundle must call itself; null: anything
     * @throws Refused when it is no bundle that a node could take, or another one than asked for
     */
    public static BundleContents read(Path archive, String projectKey, String bundleId) throws IOException {
        try (ZipDirectory zip = ZipDirectory.open(archive)) {
            return new BundleReader(zip).read(projectKey, bundleId);
        }
    }

    private BundleContents read(String askedProject, String askedBundle) throws IOException {
        if (!zip.has(MANIFEST)) {
            throw Refused.invalid("The archive is no bundle: it holds no " + MANIFEST
                    + "; create a bundle of the project on the design node and publish that.");
        }
        JsonNode manifest = json(MANIFEST);
        boolean known = manifest.path("manifestVersion").asInt(-1) == KNOWN_VERSION;
        String project = identity(manifest, "originalProjectKey", askedProject, known);
        if (!manifest.hasNonNull("bundleId") && (known || askedBundle == null)) {
            throw Refused.invalid("The archive is a project export, not a bundle: its manifest names project \""
                    + Ids.printable(project) + "\" but no bundleId; create a bundle of the project on the design node and"
                    + " publish that.");
        }
        String bundle = identity(manifest, "bundleId", askedBundle, known);
        checkIdentity("project key", project);
        checkIdentity("bundle id", bundle);
        if (askedProject != null && !askedProject.equals(project) || askedBundle != null && !askedBundle.equals(bundle)) {
            throw Refused.invalid("The archive holds " + named(bundle, project) + ", but " + named(askedBundle, askedProject)
                    + " was asked for; publish the right archive or correct the request.");
        }
        if (!known) {
            notes.add("The manifest has version \"" + Ids.printable(manifest.path("manifestVersion").asText("none"))
                    + "\", known is " + KNOWN_VERSION + ": the plan could not look inside the bundle.");
            return new BundleContents(project, bundle, text(manifest, "generatedWithDSSVersion"), null, null, null, null,
                    null, null, null, null, null, null, null, null, null, notes);
        }
        JsonNode params = optional(PARAMS, "owner and permissions of the design project, code env, container and cluster"
                + " choices are not known");
        BundleSettings settings = BundleSettings.of(manifest, params, notes);
        return new BundleContents(
                project,
                bundle,
                text(manifest, "generatedWithDSSVersion"),
                text(manifest.path("exportUserInfo"), "exportedBy"),
                text(manifest.path("exportUserInfo"), "exportedOn"),
                zip.has(CHANGELOG) ? text(optional(CHANGELOG, "the bundle before is not known"), "previousBundleId") : null,
                connections(manifest.path("requiredConnections")),
                names(manifest.path("allowedMissingConnections")),
                settings.codeEnvs(),
                settings.containerExecs(),
                settings.clusters(),
                text(params, "owner"),
                settings.permissions(),
                scenarios(),
                webApps(),
                includedData(manifest.path("actualContent")),
                notes);
    }

    private static String identity(JsonNode manifest, String field, String asked, boolean known) {
        JsonNode value = manifest.path(field);
        if (value.isTextual()) {
            return value.textValue();
        }
        if (!value.isMissingNode() && !value.isNull() || known || asked == null) {
            throw Refused.invalid("The archive is no bundle: its manifest does not say its " + field + ZipDirectory.REMEDY);
        }
        return asked;
    }

    /** Ids travel in URLs and file names of the node, where these would mean something else. */
    private static void checkIdentity(String what, String id) {
        boolean usable = !id.isBlank() && id.length() <= 255 && !id.equals(".") && !id.equals("..")
                && id.codePoints().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        if (!usable) {
            throw Refused.invalid("The archive's " + what + " \"" + Ids.printable(id) + "\" cannot be used: it must have 1 to"
                    + " 255 characters, not be . or .., and hold no slash, backslash or control character; give the bundle"
                    + " another id on the design node.");
        }
    }

    private static String named(String bundle, String project) {
        return (bundle == null ? "a bundle" : "bundle \"" + Ids.printable(bundle) + "\"")
                + (project == null ? "" : " of project \"" + Ids.printable(project) + "\"");
    }

    private static Map<String, String> connections(JsonNode required) {
        Map<String, String> connections = new TreeMap<>();
        required.properties().forEach(field -> connections.put(
                field.getValue().path("name").asText(field.getKey()), field.getValue().path("type").asText("")));
        return connections;
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.path("name").asText(name.asText())));
        return names;
    }

    private List<BundleContents.Scenario> scenarios() throws IOException {
        List<BundleContents.Scenario> scenarios = new ArrayList<>();
        for (String id : children("project_config/scenarios/")) {
            JsonNode scenario = optional("project_config/scenarios/" + id + ".json", "the scenario is not shown");
            scenarios.add(new BundleContents.Scenario(id, scenario.path("name").asText(id),
                    scenario.path("active").asBoolean(false), text(scenario, "runAsUser"),
                    scenario.path("markedAsTest").asBoolean(false)));
        }
        return scenarios;
    }

    private List<BundleContents.WebApp> webApps() throws IOException {
        List<BundleContents.WebApp> webApps = new ArrayList<>();
        for (String id : children("project_config/web_apps/")) {
            JsonNode webApp = optional("project_config/web_apps/" + id + ".json", "the web app is not shown");
            webApps.add(new BundleContents.WebApp(id, webApp.path("name").asText(id), text(webApp, "runAsUser")));
        }
        return webApps;
    }

    private List<String> children(String folder) {
        List<String> ids = new ArrayList<>();
        for (String name : zip.names()) {
            if (name.startsWith(folder) && name.endsWith(".json") && name.indexOf('/', folder.length()) < 0) {
                ids.add(name.substring(folder.length(), name.length() - ".json".length()));
            }
        }
        ids.sort(null);
        return ids;
    }

    private static List<String> includedData(JsonNode content) {
        List<String> included = new ArrayList<>();
        Map.of("includedDatasets", "dataset", "includedSavedModels", "saved model", "includedManagedFolders",
                        "managed folder", "includedModelEvaluationStores", "model evaluation store", "includedKnowledgeBanks",
                        "knowledge bank")
                .forEach((field, kind) -> content.path(field).forEach(item -> {
                    String name = item.isTextual() ? item.textValue() : item.path("name").asText(item.path("id").asText(null));
                    if (name != null) {
                        included.add(kind + " " + name);
                    }
                }));
        included.sort(null);
        return included;
    }

    /** An entry without which the bundle can still be deployed: what is wrong with it becomes a note. */
    private JsonNode optional(String name, String consequence) throws IOException {
        if (!zip.has(name)) {
            notes.add("The bundle holds no " + name + ": " + consequence + ".");
            return JSON.missingNode();
        }
        if (zip.size(name) > MAX_ENTRY || read + zip.size(name) > MAX_TOGETHER) {
            notes.add(Ids.printable(name) + " was not read, because it is too large: " + consequence + ".");
            return JSON.missingNode();
        }
        JsonNode json = parse(name);
        if (!json.isObject()) {
            notes.add(Ids.printable(name) + " is not a JSON object: " + consequence + ".");
        }
        return json;
    }

    private JsonNode json(String name) throws IOException {
        JsonNode json = parse(name);
        if (!json.isObject()) {
            throw Refused.invalid("The archive is refused: its entry \"" + name + "\" is not a JSON object" + ZipDirectory.REMEDY);
        }
        return json;
    }

    /** The entry's JSON; a missing node when it is none. */
    private JsonNode parse(String name) throws IOException {
        byte[] content = zip.read(name, MAX_ENTRY);
        read += content.length;
        try {
            return JSON.readTree(content);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }
}

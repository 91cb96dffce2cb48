package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.projectdeployer.jenkins.config.InfrastructureGrantConfig;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Every address at which the plugin does something: only by POST, only with a crumb, only for those who may. A new web
 * method has to be listed here before this passes again.
 */
@WithOneJenkins
@Tag("smoke")
class EndpointsTest {

    private static final String CONFIG = "io.jenkins.plugins.projectdeployer.jenkins.config.";

    /** Drop-downs whose choices are the same for everybody: there is nothing to ask. */
    private static final Set<String> CONSTANT = Set.of(
            "CodeEnvGrantConfig.fillRightItems",
            "CodeEnvsBehaviorConfig.fillEnvImportSpecificationModeItems",
            "CodeEnvsBehaviorConfig.fillImportTimeModeItems",
            "DeployProjectStep.fillDisableAutomaticTriggersItems",
            "DeployProjectStep.fillOnFailureItems",
            "FreezeConfig.fillZoneItems",
            "HookConfig.fillPhaseItems",
            "InfrastructureGrantConfig.fillRightItems",
            "PoliciesConfig.fillPermissionsPropagationItems",
            "ProjectGrantConfig.fillRightItems",
            "StageGateConfig.fillPromoteHealthItems");

    /** Form checks and drop-downs that read something. */
    static final Set<String> ASKING = Set.of(
            "BundleStorageConfig.checkDirectory",
            "CodeEnvConfig.checkInterpreter",
            "CodeEnvConfig.checkName",
            "CodeEnvConfig.checkOwner",
            "CodeEnvGrantConfig.checkGroup",
            "CodeEnvGrantConfig.checkUser",
            "DeployProjectStep.checkArchive",
            "DeployProjectStep.checkCodeEnvs",
            "DeployProjectStep.checkConnections",
            "DeployProjectStep.checkContainerExecs",
            "DeployProjectStep.checkDeploymentId",
            "DeployProjectStep.checkDesignNode",
            "DeployProjectStep.checkInfrastructure",
            "DeployProjectStep.checkProject",
            "DeployProjectStep.checkScenarios",
            "DeployProjectStep.checkTargetProject",
            "DeployProjectStep.checkVariables",
            "DeployProjectStep.fillBundleItems",
            "DeployProjectStep.fillDesignNodeItems",
            "DeployProjectStep.fillInfrastructureItems",
            "DeployProjectStep.fillProjectItems",
            "DesignNodeConfig.checkId",
            "FolderDeployments.checkInfrastructures",
            "FolderDeployments.checkProject",
            "FolderDeployments.fillProjectItems",
            "FreezeConfig.checkEnd",
            "FreezeConfig.checkInfrastructures",
            "FreezeConfig.checkName",
            "FreezeConfig.checkRrule",
            "FreezeConfig.checkStart",
            "GateWebhookConfig.checkCredentialsId",
            "GateWebhookConfig.checkUrl",
            "GateWebhookConfig.fillCredentialsIdItems",
            "HookConfig.checkName",
            "HookConfig.checkText",
            "HookConfig.checkUser",
            "HookConfig.fillCodeEnvItems",
            "HookConfig.validate",
            "HookLimitsConfig.checkLauncher",
            "HookSecretConfig.checkCredentialsId",
            "HookSecretConfig.checkName",
            "HookSecretConfig.fillCredentialsIdItems",
            "InfrastructureConfig.checkAllowedJobs",
            "InfrastructureConfig.checkExternalUrl",
            "InfrastructureConfig.checkId",
            "InfrastructureConfig.fillStageItems",
            "InfrastructureGrantConfig.checkGroup",
            "InfrastructureGrantConfig.checkUser",
            "LoginConfig.checkLogin",
            "LoginConfig.checkUser",
            "LoginMappingConfig.checkPattern",
            "NodeConfig.checkCertificates",
            "NodeConfig.checkCredentialsId",
            "NodeConfig.checkUrl",
            "NodeConfig.fillCredentialsIdItems",
            "NodeConfig.testAutomation",
            "NodeConfig.testDesign",
            "PrincipalConfig.checkGroup",
            "PrincipalConfig.checkUser",
            "ProjectGrantConfig.checkGroup",
            "ProjectGrantConfig.checkUser",
            "ProjectRuleConfig.checkPattern",
            "PublishBundleStep.checkArchive",
            "PublishBundleStep.checkDesignNode",
            "PublishBundleStep.checkProject",
            "PublishBundleStep.fillDesignNodeItems",
            "PublishBundleStep.fillProjectItems",
            "RemapConfig.checkSource",
            "RemapConfig.checkTarget",
            "StageConfig.checkName",
            "StageGateConfig.checkApprovals",
            "StageGateConfig.checkExcludeEditorsWithin",
            "StageGateConfig.checkPromoteAfter",
            "StageGateConfig.checkTimeLimit",
            "StageGateConfig.fillPromoteFromItems",
            "TechnicalUserConfig.checkJobs",
            "TechnicalUserConfig.checkUser");

    /** Of these, what anybody is answered, by what they may see; all else is for administrators. */
    private static final String FOR_ALL = "(DeployProjectStep|PublishBundleStep|FolderDeployments)[.].*|NodeConfig[.](fill|check)CredentialsId(Items)?";

    /** What changes something. */
    private static final Set<String> CHANGING = Set.of(
            "InfrastructurePage.configSubmit", "InfrastructurePage.doDelete", "ProjectDeployerLink.configure", "ProjectDeployerLink.create");

    /** Ours with resources below that check each request themselves, the crumb too: see OwnPagesTest. */
    private static final Set<String> RESOURCES = Set.of("OwnResources.dynamic");

    private static final String LINK = "manage/project-deployer-configuration/";
    private static final String SETTINGS = "project-deployer/infrastructure/dev/settings/";

    private static final List<String> FOR_ADMINISTRATORS = List.of(LINK + "configure", LINK + "create");
    private static final List<String> FOR_OWNERS = List.of(SETTINGS + "configSubmit", SETTINGS + "doDelete");

    /** What nobody without the right may learn from any answer. */
    private static final String[] CONFIGURED = {"dev-key", "Development", "py311", "svc_deploy", "19999"};

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
        ProjectDeployerConfiguration.get().getInfrastructures().get(0).setGrants(List.of(
                grant("data-team", "DEPLOY"), grant("release", "ADMIN")));
        Scene.code("unclassified: {projectDeployer: {codeEnvs: [{name: py311, interpreter: /usr/bin/python3, usableByAll: false}]}}");
    }

    /** By name, whichever class has declared them. */
    private static final Map<String, JavaMethod> METHODS = methods();

    private static Map<String, JavaMethod> methods() {
        Map<String, JavaMethod> methods = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.jenkins.plugins.projectdeployer.jenkins")) {
            if (!type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                type.getAllMethods().stream()
                        .filter(method -> method.getName().matches("do[A-Z].*") && method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> method.getOwner().getPackageName().startsWith("io.jenkins.plugins.projectdeployer."))
                        .forEach(method -> methods.put(shortName(type, method), method));
            }
        }
        return methods;
    }

    @Test
    void each_web_method_is_listed_here() {
        Set<String> listed = new TreeSet<>(CONSTANT);
        listed.addAll(ASKING);
        listed.addAll(CHANGING);
        listed.addAll(RESOURCES);
        assertThat(METHODS.keySet()).isEqualTo(listed);
    }

    @Test
    void what_is_the_same_for_everybody_is_asked_nothing() {
        assertThat(CONSTANT).allSatisfy(name -> assertThat(METHODS.get(name).getRawParameterTypes()).as(name).isEmpty());
    }

    @Test
    void the_form_of_the_step_names_only_what_its_reader_may_see() throws Exception {
        Scene.publish(directory, "v1");
        Scene.code("unclassified: {projectDeployer: {designNodes: [{id: sketches, node: {url: \"http://127.0.0.1:19998\", credentialsId: dev-key}}]}}");
        String step = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.step.DeployProjectStep/";
        Map.of("fillInfrastructureItems", "dev", "fillProjectItems", "CHURN", "fillBundleItems?project=CHURN", "v1", "fillDesignNodeItems", "sketches")
                .forEach((fill, name) -> {
                    assertThat(answer("alice", step + fill)).as(fill).contains('"' + name + '"');
                    assertThat(answer("bob", step + fill)).as(fill).doesNotContain(name);
                });
        String check = step + "checkInfrastructure?value=";
        assertThat(answer("alice", check + "dev")).doesNotContain("warning");
        assertThat(answer("bob", check + "dev").replace("dev", "ID")).isEqualTo(answer("bob", check + "nowhere").replace("nowhere", "ID"));

        String folder = jenkins.createFolder("team").getUrl() + "descriptorByName/" + CONFIG + "FolderDeployments/fillProjectItems";
        assertThat(answer("admin", folder)).contains("CHURN");
        assertThat(post("bob", folder).statusCode()).as("who may not configure the folder").isEqualTo(403);
    }

    private String answer(String user, String path) {
        try {
            return post(user, path).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nobody_but_an_administrator_is_answered_outside_an_infrastructures_page() throws Exception {
        Configuration before = ProjectDeployerConfiguration.get().configuration();
        for (String user : List.of("alice", "bob", "carol", "anonymous")) {
            for (String method : ASKING) {
                HttpResponse<String> answer = post(user, asking("", method));
                assertThat(answer.statusCode()).as("%s by %s", method, user).isEqualTo(method.matches(FOR_ALL) && !user.equals("anonymous") ? 200 : 403);
                assertThat(answer.body()).as("%s by %s", method, user).doesNotContain(CONFIGURED);
            }
            for (String path : FOR_ADMINISTRATORS) {
                assertThat(post(user, path).statusCode()).as("%s by %s", path, user).isEqualTo(403);
            }
            for (String path : List.of(LINK, LINK + "new")) {
                assertThat(get(user, path).statusCode()).as("%s by %s", path, user).isEqualTo(403);
            }
        }
        for (String path : asking("")) {
            assertThat(post("admin", path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of(LINK, LINK + "new", SETTINGS)) {
            assertThat(get("admin", path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(ProjectDeployerConfiguration.get().configuration()).isEqualTo(before);
    }

    @Test
    void an_infrastructures_page_answers_those_who_administer_it() throws Exception {
        Configuration before = ProjectDeployerConfiguration.get().configuration();
        for (String user : List.of("alice", "bob")) {
            for (String path : asking(SETTINGS)) {
                assertThat(post(user, path).statusCode()).as("%s by %s", path, user).isEqualTo(404);
            }
            for (String path : FOR_OWNERS) {
                assertThat(post(user, path).statusCode()).as("%s by %s", path, user).isEqualTo(404);
            }
            assertThat(get(user, SETTINGS).statusCode()).as(user).isEqualTo(404);
        }
        assertThat(get("alice", "project-deployer/infrastructure/dev/").body())
                .as("who may read it, sees deployments and no settings").contains("dev").doesNotContain("dev-key", "svc_deploy", "19999");
        assertThat(get("bob", "project-deployer/infrastructure/dev/").statusCode()).isEqualTo(404);
        assertThat(get("bob", "project-deployer/").body()).doesNotContain(CONFIGURED).doesNotContain("infrastructure/dev");

        assertThat(get("carol", SETTINGS).statusCode()).isEqualTo(200);
        for (String method : List.of("HookConfig/checkText", "HookConfig/checkName", "HookConfig/fillCodeEnvItems", "NodeConfig/checkUrl")) {
            assertThat(post("carol", SETTINGS + "descriptorByName/" + CONFIG + method + "?value=x&codeEnv=").statusCode()).as(method).isEqualTo(200);
        }
        assertThat(post("carol", SETTINGS + "descriptorByName/" + CONFIG + "HookConfig/fillCodeEnvItems?codeEnv=").body())
                .as("a code env that hooks of hers may not use").doesNotContain("py311");
        assertThat(post("carol", SETTINGS + "doDelete").statusCode()).as("this is for Jenkins' administrators").isEqualTo(403);
        assertThat(ProjectDeployerConfiguration.get().configuration()).isEqualTo(before);
    }

    @Test
    void nothing_is_asked_or_done_by_a_link() throws Exception {
        Configuration before = ProjectDeployerConfiguration.get().configuration();
        List<String> paths = new ArrayList<>(asking(""));
        paths.addAll(FOR_ADMINISTRATORS);
        paths.addAll(FOR_OWNERS);
        for (String path : paths) {
            assertThat(get("admin", path).statusCode()).as(path).isIn(404, 405);
        }
        assertThat(ProjectDeployerConfiguration.get().configuration()).isEqualTo(before);
    }

    @Test
    void nothing_is_done_without_a_crumb() throws Exception {
        Configuration before = ProjectDeployerConfiguration.get().configuration();
        for (String path : Stream.concat(FOR_ADMINISTRATORS.stream(), FOR_OWNERS.stream()).toList()) {
            assertThat(new Caller(jenkins, "admin").postWithoutCrumb(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(ProjectDeployerConfiguration.get().configuration()).isEqualTo(before);
    }

    @Test
    void an_infrastructure_that_is_hidden_answers_like_one_that_is_not_there() throws Exception {
        for (String user : List.of("bob", "anonymous")) {
            for (String below : List.of("", "settings/", "settings/configSubmit", "settings/doDelete",
                    "settings/descriptorByName/" + CONFIG + "HookConfig/checkText?value=x")) {
                String place = "project-deployer/infrastructure/";
                assertSame(get(user, place + "dev/" + below), get(user, place + "nowhere/" + below));
                assertSame(post(user, place + "dev/" + below), post(user, place + "nowhere/" + below));
            }
        }
    }

    private static void assertSame(HttpResponse<String> hidden, HttpResponse<String> absent) {
        assertThat(hidden.statusCode()).as(hidden.uri().toString()).isEqualTo(absent.statusCode());
        assertThat(withoutAddress(hidden)).as(hidden.uri().toString()).isEqualTo(withoutAddress(absent));
    }

    /** Jenkins repeats the address that was asked for. */
    private static String withoutAddress(HttpResponse<String> answer) {
        return answer.body().replaceAll("(?<=/|%2F|\")(dev|nowhere)\\b", "ID").strip();
    }

    private static InfrastructureGrantConfig grant(String group, String right) {
        InfrastructureGrantConfig grant = new InfrastructureGrantConfig();
        grant.setGroup(group);
        grant.setRight(right);
        return grant;
    }

    private static List<String> asking(String place) {
        return ASKING.stream().sorted().map(method -> asking(place, method)).toList();
    }

    private static String asking(String place, String method) {
        return place + "descriptorByName/" + place(method)
                + "?value=x&url=http://127.0.0.1&codeEnv=&stage=&promoteFrom=&credentialsId=&text=x&name=x&user=&group=&project=CHURN";
    }

    static String place(String method) {
        String inPackage = method.matches("(DeployProject|PublishBundle)Step[.].*") ? CONFIG.replace(".config.", ".step.") : CONFIG;
        return inPackage + method.replace('.', '/');
    }

    private static String shortName(JavaClass type, JavaMethod method) {
        String name = method.getName().substring(2);
        String owner = type.getName();
        return owner.substring(owner.lastIndexOf('.') + 1).replaceAll("\\$.*", "")
                + "." + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return new Caller(jenkins, user).get(path);
    }

    private HttpResponse<String> post(String user, String path) throws IOException, InterruptedException {
        return new Caller(jenkins, user).post(path);
    }
}

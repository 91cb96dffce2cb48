package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records read the file in the shape that configuration as code has (design 11). */
class ConfigurationFileTest {

    private static final String FILE = """
            stages:
              - name: Development
              - {name: Production, description: Where others rely on it}
            infrastructures:
              - id: prod
                stage: Production
                nodes: [{url: "https://prod.example.com:10000/", credentialsId: prod-key}]
                grants: [{group: release, right: DEPLOY}, {user: carol, right: ADMIN}]
                connections: [{source: sql-dev, target: sql-prod}]
                codeEnvsBehavior: {importTimeMode: FAIL_IF_MISS}
                policies: {permissionsPropagation: Limited, deployAsUser: svc_deploy, scenariosRunAsUser: svc_run}
                hooks:
                  - name: notify
                    phase: POST
                    codeEnv: py311
                    user: svc_hooks
                    secrets: [{name: token, credentialsId: tracker}]
                    text: |
                      def execute(**kwargs):
                          return HookResult.success("done")
                allowedJobs: ["release/*"]
            projects:
              - pattern: "CHURN*"
                grants: [{group: churn-team, right: DEPLOY}]
                creators: [{group: data-team}]
            codeEnvs:
              - {name: py311, interpreter: /opt/envs/py311/bin/python}
            designNodes:
              - {id: design, node: {url: "https://design.example.com:11000", credentialsId: design-key, trustAll: true}}
            loginMapping: {table: [{user: alice, login: a.smith}], pattern: "{user}@example.com"}
            hookLimits: {permits: 5}
            bundleStorage: {quotaPerProject: 1000}
            """;

    @Test
    void the_file_is_read_whole_and_what_it_leaves_out_has_its_default() throws IOException {
        Configuration configuration = read(FILE);

        Infrastructure prod = configuration.infrastructure("PROD").orElseThrow();
        assertThat(configuration.stages()).containsExactly(new Stage("Development"), new Stage("Production", "Where others rely on it"));
        assertThat(prod.nodes()).containsExactly(new NodeAddress("https://prod.example.com:10000", "prod-key"));
        assertThat(prod.grants()).containsExactly(
                Grant.toGroup("release", InfrastructureRight.DEPLOY), Grant.toUser("carol", InfrastructureRight.ADMIN));
        assertThat(prod.policies()).isEqualTo(new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", null));
        assertThat(prod.codeEnvsBehavior()).isEqualTo(new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, null));
        assertThat(prod.hooks(HookPhase.POST)).singleElement().satisfies(hook -> {
            assertThat(hook.text()).startsWith("def execute(**kwargs):\n").endsWith("\n");
            assertThat(hook.secrets()).containsExactly(new HookSecret("token", "tracker"));
        });
        assertThat(prod.hooks(HookPhase.PRE)).isEmpty();
        assertThat(configuration.ruleFor("CHURN_EU")).hasValueSatisfying(
                rule -> assertThat(rule.creators()).containsExactly(Principal.ofGroup("data-team")));
        assertThat(configuration.ruleFor("OTHER")).isEmpty();
        assertThat(configuration.codeEnv("py311")).hasValueSatisfying(codeEnv -> assertThat(codeEnv.usableByAll()).isTrue());
        assertThat(configuration.designNode("design").orElseThrow().node().trustAll()).isTrue();
        assertThat(configuration.loginMapping().login("alice")).isEqualTo("a.smith");
        assertThat(configuration.hookLimits()).isEqualTo(new HookLimits(5, 10, 60, 3600, List.of()));
        assertThat(configuration.bundleStorage().freeSpaceFloor()).isEqualTo(1L << 30);
        assertThat(ConfigurationCheck.problems(configuration)).isEmpty();
    }

    @Test
    void stages_stand_in_the_order_in_which_they_are_written() throws IOException {
        Configuration configuration = read("""
                stages:
                  - name: Sandbox
                  - name: Acceptance
                  - name: Production
                  - name: Archive
                """);
        assertThat(configuration.stages()).extracting(Stage::name).containsExactly("Sandbox", "Acceptance", "Production", "Archive");
        assertThat(Configuration.EMPTY.stages()).extracting(Stage::name).containsExactly("Development", "Test", "Production");
    }

    @Test
    void what_is_written_is_read_back_the_same() throws IOException {
        Configuration configuration = read(FILE);

        assertThat(Json.STRICT.readValue(Json.MAPPER.writeValueAsBytes(configuration), Configuration.class)).isEqualTo(configuration);
    }

    @Test
    void a_file_that_says_nothing_has_the_three_usual_stages() throws IOException {
        assertThat(read("{}")).isEqualTo(Configuration.EMPTY);
        assertThat(read("{}").stages()).extracting(Stage::name).containsExactly("Development", "Test", "Production");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "infrastructure: []",
        "infrastructures: [{id: prod, stages: Production}]",
        "infrastructures: [{id: prod, nodes: [{url: x, key: secret}]}]",
        "infrastructures: [{id: prod, policies: {permissionPropagation: ALL}}]",
        "infrastructures: [{id: prod, hooks: [{name: a, code: x}]}]",
        "infrastructures: [{id: prod, codeEnvsBehavior: {mode: x}}]",
        "infrastructures: [{id: prod, connections: [{from: a, to: b}]}]",
        "infrastructures: [{id: prod, grants: [{group: a, right: READ, role: x}]}]",
        "projects: [{pattern: a, owner: b}]",
        "projects: [{pattern: a, creators: [{group: a, name: x}]}]",
        "codeEnvs: [{name: a, path: b}]",
        "hookLimits: {permit: 3}",
        "bundleStorage: {quota: 3}",
        "loginMapping: {tables: []}"
    })
    void a_key_that_nobody_reads_is_refused(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "infrastructures: [{id: prod, grants: [{group: a, right: OWNER}]}]",
        "infrastructures: [{id: prod, grants: [{group: a}]}]",
        "infrastructures: [{id: prod, grants: [{right: READ}]}]",
        "infrastructures: [{id: prod, grants: [{group: a, user: b, right: READ}]}]",
        "infrastructures: [{id: prod, policies: {permissionsPropagation: SOME}}]",
        "infrastructures: [{id: prod, hooks: [{name: a, phase: MIDDLE}]}]",
        "hookLimits: {permits: 1.5}",
        "infrastructures: [{id: prod, nodes: [{url: x, trustAll: perhaps}]}]"
    })
    void a_value_that_means_nothing_is_refused(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class);
    }

    private static Configuration read(String file) throws IOException {
        return Json.STRICT.treeToValue(new YAMLMapper().readTree(file), Configuration.class);
    }
}

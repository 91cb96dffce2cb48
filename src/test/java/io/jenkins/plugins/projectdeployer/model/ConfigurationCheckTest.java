package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal names the field and the value. */
class ConfigurationCheckTest {

    private static final String URL = "https://prod.example.com:10000";

    private final List<Stage> stages = new ArrayList<>(Stage.DEFAULTS);
    private final List<Infrastructure> infrastructures = new ArrayList<>(List.of(infrastructure("prod", "Production", URL)));
    private final List<ProjectRule> rules = new ArrayList<>();
    private final List<CodeEnv> codeEnvs = new ArrayList<>();
    private final List<DesignNode> designNodes = new ArrayList<>();
    private LoginMapping logins = LoginMapping.SAME;
    private HookLimits limits = HookLimits.DEFAULT;
    private BundleStorage storage = BundleStorage.DEFAULT;

    @Test
    void a_good_configuration_is_answered_as_it_is() {
        codeEnvs.add(codeEnv("py311", "/opt/py311/bin/python"));
        designNodes.add(new DesignNode("design", new NodeAddress("http://design.example.com:11000", "design-key")));
        rules.add(new ProjectRule("*", null, null));
        infrastructures.add(with(List.of(new Hook("notify", HookPhase.POST, "def execute(): pass", "py311", "bob",
                List.of(new HookSecret("token", "tracker"))))));

        assertThat(ConfigurationCheck.problems(configuration())).isEmpty();
        assertThat(ConfigurationCheck.checked(configuration())).isEqualTo(configuration());
        assertThat(ConfigurationCheck.problems(Configuration.EMPTY)).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_refused_in_one_go() {
        infrastructures.add(infrastructure("test.", "Staging", "ftp://x"));

        assertThatThrownBy(() -> ConfigurationCheck.checked(configuration()))
                .isInstanceOf(Refused.class)
                .satisfies(e -> assertThat(((Refused) e).reason()).isEqualTo(Refused.Reason.INVALID))
                .message().hasLineCount(3).contains("id \"test.\"", "stage \"Staging\"", "url \"ftp://x\"");
    }

    @Test
    void duplicates_are_refused_ignoring_case() {
        infrastructures.add(infrastructure("PROD", "Test", "https://other.example.com:1"));
        assertRefused("infrastructures: id \"PROD\" is there twice");

        infrastructures.remove(1);
        stages.add(new Stage("production"));
        assertRefused("stages: name \"production\" is there twice");

        stages.remove(3);
        codeEnvs.addAll(List.of(codeEnv("py", "/opt/py"), codeEnv("PY", "/opt/py")));
        assertRefused("codeEnvs: name \"PY\" is there twice");

        codeEnvs.clear();
        designNodes.addAll(List.of(new DesignNode("d", new NodeAddress("http://d:1", "k")), new DesignNode("D", new NodeAddress("http://e:1", "k"))));
        assertRefused("designNodes: id \"D\" is there twice");

        designNodes.clear();
        infrastructures.set(0, with(List.of(hook("a"), hook("A"))));
        assertRefused("infrastructure \"hooked\": hooks: name \"A\" is there twice");
    }

    @Test
    void a_freeze_may_name_an_infrastructure_in_any_case_or_by_a_pattern_and_none_that_is_not_there() {
        stages.set(2, frozen("PROD", "asia-*"));
        assertThat(ConfigurationCheck.problems(configuration())).isEmpty();

        stages.set(2, frozen("prdo"));
        assertThat(ConfigurationCheck.problems(configuration())).singleElement().asString().contains("freeze \"year end\": infrastructure \"prdo\"");
    }

    private static Stage frozen(String... infrastructures) {
        Freeze freeze = new Freeze("year end", LocalDateTime.parse("2026-12-20T00:00"), LocalDateTime.parse("2027-01-04T00:00"), null, null,
                List.of(infrastructures), null);
        return new Stage("Production", null, new StageGate(0, null, null, null, null, null, null, List.of(freeze), null));
    }

    @Test
    void an_unknown_stage_is_refused_with_those_there_are() {
        infrastructures.set(0, infrastructure("prod", "Staging", URL));

        assertRefused("infrastructure \"prod\": stage \"Staging\" is none of the stages Development, Production, Test");

        infrastructures.set(0, infrastructure("prod", null, URL));
        assertRefused("infrastructure \"prod\": stage is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://prod.example.com:21                | must begin with http:// or https://
            prod.example.com:10000                   | must begin with http:// or https://
            https://prod.example.com                 | must name the port, such as https://prod.example.com:10000
            https://prod.example.com:0               | must name the port
            https://prod.example.com:65536           | must name the port
            https:///path                            | has no host
            https://pro_d.example.com:10000          | has no host that is a name of letters, digits, dots and dashes
            https://admin:secret@prod.example.com:1  | must not hold a user or a key
            https://key@pro_d:1                      | must not hold a user or a key
            https://prod.example.com:10000?x=1       | must end before ? and #
            https://prod.example.com:10000#x         | must end before ? and #
            https://prod example.com:10000           | is no URL
            https://prod.example.com:1/public/api    | ends in the path of the API
            https://prod.example.com:1/x/dip/publicapi | ends in the path of the API
            """)
    void a_bad_url_is_refused(String url, String problem) {
        infrastructures.set(0, infrastructure("prod", "Production", url));

        assertRefused("infrastructure \"prod\": url \"" + url + "\" " + problem);
    }

    @Test
    void a_missing_url_nodes_or_credential_is_refused() {
        infrastructures.set(0, infrastructure("prod", "Production", " "));
        assertRefused("infrastructure \"prod\": url is missing");

        infrastructures.set(0, infrastructure("prod", "Production"));
        assertRefused("infrastructure \"prod\": nodes is empty");

        infrastructures.set(0, infrastructure("prod", List.of(new NodeAddress(URL, null))));
        assertRefused("infrastructure \"prod\": credentialsId is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-dash", "ends.", "has space", "slash/ed", "..", "ümlaut", "new\nline",
        "a23456789012345678901234567890123456789012345678901234567890abcde"})
    void a_bad_id_is_refused(String id) {
        infrastructures.set(0, infrastructure(id, "Production", URL));

        assertThat(ConfigurationCheck.problems(configuration())).hasSize(1).first().asString()
                .startsWith("infrastructure \"" + Ids.printable(id)).contains(": id ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://prod.example.com:10000", "https://PROD.example.COM:10000/", "http://prod.example.com:10000", "https://prod.example.com.:10000",
        "https://prod.example.com:010000", "https://prod.example.com:10000/./"
    })
    void a_node_that_another_infrastructure_has_is_refused_however_it_is_spelled(String spelling) {
        infrastructures.add(infrastructure("dev", "Development", spelling));

        assertThat(ConfigurationCheck.problems(configuration())).hasSize(1).first().asString()
                .startsWith("infrastructure \"dev\": url \"").endsWith("already belongs to infrastructure \"prod\"");
    }

    @Test
    void two_spellings_of_one_address_in_brackets_are_one_node() {
        infrastructures.set(0, infrastructure("prod", "Production", "http://[::1]:1", "http://[0:0:0:0:0:0:0:1]:1"));

        assertRefused("infrastructure \"prod\": url \"http://[0:0:0:0:0:0:0:1]:1\" is listed twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://prod.example.com:10001", "https://prod.example.com:10000/dss", "https://prod2.example.com:10000"})
    void another_port_path_or_host_is_another_node(String url) {
        infrastructures.add(infrastructure("dev", "Development", url));

        assertThat(ConfigurationCheck.problems(configuration())).isEmpty();
    }

    @Test
    void certificates_must_be_certificates_and_are_never_shown() {
        infrastructures.set(0, infrastructure("prod", List.of(new NodeAddress(URL, "key", "hunter2", false))));
        assertRefused("infrastructure \"prod\": certificates hold no certificate").doesNotContain("hunter2");

        infrastructures.set(0, infrastructure("prod", List.of(new NodeAddress(URL, "key", "-----BEGIN PRIVATE KEY-----\nhunter2", false))));
        assertRefused("infrastructure \"prod\": certificates hold a private key").doesNotContain("hunter2");

        infrastructures.set(0, infrastructure("prod", List.of(new NodeAddress(URL, "key", "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----", false))));
        assertRefused("infrastructure \"prod\": certificates cannot be read, beginning with number 1").doesNotContain("hunter2");
    }

    @Test
    void a_bad_external_url_is_refused() {
        infrastructures.set(0, new Infrastructure("prod", "Production", List.of(new NodeAddress(URL, "key")), "javascript:alert(1)", null, null,
                null, null, null, null, null, null));

        assertRefused("infrastructure \"prod\": externalUrl \"javascript:alert(1)\" must begin with http:// or https://");
    }

    @Test
    void remaps_need_both_names_and_each_source_once() {
        infrastructures.set(0, remapping(new Remap("sql-dev", null)));
        assertRefused("infrastructure \"prod\": connections needs both source and target, got source \"sql-dev\"");

        infrastructures.set(0, remapping(new Remap("sql-dev", "a"), new Remap("sql-dev", "b")));
        assertRefused("infrastructure \"prod\": connections \"sql-dev\" is mapped twice");
    }

    @Test
    void a_hook_must_be_whole() {
        infrastructures.set(0, with(List.of(new Hook("n", null, "x", null, null, null))));
        assertRefused("infrastructure \"hooked\", hook \"n\": phase is missing; it is PRE or POST");

        infrastructures.set(0, with(List.of(new Hook("n", HookPhase.PRE, " ", null, null, null))));
        assertRefused("infrastructure \"hooked\", hook \"n\": text is empty");

        infrastructures.set(0, with(List.of(new Hook("n", HookPhase.PRE, "x", "py39", null, null))));
        assertRefused("infrastructure \"hooked\", hook \"n\": codeEnv \"py39\" is not a registered code env");

        infrastructures.set(0, with(List.of(new Hook("n", HookPhase.PRE, "x", null, null, List.of(new HookSecret("token", null))))));
        assertRefused("infrastructure \"hooked\", hook \"n\": secrets need both name and credentialsId, got name \"token\"");
    }

    @Test
    void a_code_env_needs_an_absolute_interpreter() {
        codeEnvs.add(codeEnv("py311", "python3"));
        assertRefused("code env \"py311\": interpreter \"python3\" must be an absolute path on the controller");

        codeEnvs.set(0, codeEnv("py311", null));
        assertRefused("code env \"py311\": interpreter is missing");
    }

    @Test
    void a_design_node_is_checked_like_any_node() {
        designNodes.add(new DesignNode("design", new NodeAddress("https://design.example.com", null)));

        assertThat(ConfigurationCheck.problems(configuration())).hasSize(2)
                .anyMatch(problem -> problem.startsWith("design node \"design\": url \"https://design.example.com\" must name the port"))
                .anyMatch(problem -> problem.startsWith("design node \"design\": credentialsId is missing"));

        designNodes.set(0, new DesignNode("design", null));
        assertRefused("design node \"design\": node is missing");
    }

    @Test
    void a_rule_needs_a_pattern_and_a_login_pattern_its_place_for_the_user() {
        rules.add(new ProjectRule(" ", null, null));
        assertRefused("projects: a pattern is missing");

        rules.clear();
        logins = new LoginMapping(null, "everybody");
        assertRefused("loginMapping: pattern \"everybody\" must contain {user}");

        logins = new LoginMapping(List.of(new LoginMapping.Entry("alice", " ")), null);
        assertRefused("loginMapping: table needs both user and login, got user \"alice\"");

        logins = new LoginMapping(List.of(new LoginMapping.Entry("alice", "a"), new LoginMapping.Entry("Alice", "b")), null);
        assertRefused("loginMapping: user \"Alice\" is there twice");
    }

    @Test
    void numbers_below_their_least_are_refused() {
        limits = new HookLimits(0, 10, 60, 3600, null);
        assertRefused("hookLimits: permits \"0\" must be at least 1");
        limits = new HookLimits(3, -1, 60, 3600, null);
        assertRefused("hookLimits: preWaitSeconds \"-1\" must be at least 0");
        limits = new HookLimits(3, 10, -1, 3600, null);
        assertRefused("hookLimits: postWaitSeconds \"-1\" must be at least 0");
        limits = new HookLimits(3, 10, 60, 0, null);
        assertRefused("hookLimits: timeLimitSeconds \"0\" must be at least 1");
        limits = HookLimits.DEFAULT;
        storage = new BundleStorage("bundles", 0, 0, 0, 0, 0);
        assertRefused("bundleStorage: directory \"bundles\" must be an absolute path on the controller");
        storage = new BundleStorage(null, 0, -5, 0, 0, 0);
        assertRefused("bundleStorage: quotaPerProject \"-5\" must be at least 0");
        storage = new BundleStorage(null, 0, 0, 0, 0, -1);
        assertRefused("bundleStorage: keepDetailsDays \"-1\" must be at least 0");
    }

    @Test
    void a_hook_waits_a_day_at_most_as_the_throttle_wants_it() {
        limits = new HookLimits(3, 86_401, 60, 3600, null);
        assertRefused("hookLimits: preWaitSeconds \"86401\" must be at most 86400");
        limits = new HookLimits(3, 10, 86_401, 3600, null);
        assertRefused("hookLimits: postWaitSeconds \"86401\" must be at most 86400");
        limits = new HookLimits(3, 86_400, 86_400, 3600, null);
        assertThat(ConfigurationCheck.problems(configuration())).isEmpty();
    }

    @Test
    void a_value_cannot_write_a_line_of_its_own() {
        infrastructures.set(0, infrastructure("a\nok", "Production", URL));

        assertThat(ConfigurationCheck.problems(configuration())).allMatch(problem -> problem.lines().count() == 1);
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertRefused(String beginning) {
        List<String> problems = ConfigurationCheck.problems(configuration());
        assertThat(problems).hasSize(1);
        return assertThat(problems.get(0)).startsWith(beginning);
    }

    private Configuration configuration() {
        return new Configuration(stages, infrastructures, rules, codeEnvs, designNodes, logins, limits, storage);
    }

    private static CodeEnv codeEnv(String name, String interpreter) {
        return new CodeEnv(name, interpreter, null, true, null);
    }

    private static Hook hook(String name) {
        return new Hook(name, HookPhase.PRE, "def execute(): pass", null, null, null);
    }

    private static Infrastructure infrastructure(String id, String stage, String... urls) {
        return new Infrastructure(id, stage, List.of(urls).stream().map(url -> new NodeAddress(url, "key")).toList(), null, null, null, null,
                null, null, null, null, null);
    }

    private static Infrastructure infrastructure(String id, List<NodeAddress> nodes) {
        return new Infrastructure(id, "Production", nodes, null, null, null, null, null, null, null, null, null);
    }

    private static Infrastructure remapping(Remap... remaps) {
        return new Infrastructure("prod", "Production", List.of(new NodeAddress(URL, "key")), null, null, List.of(remaps), null, null, null,
                null, null, null);
    }

    private static Infrastructure with(List<Hook> hooks) {
        return new Infrastructure("hooked", "Test", List.of(new NodeAddress("https://hooked.example.com:1", "key")), null, null, null, null, null,
                null, null, hooks, null);
    }
}

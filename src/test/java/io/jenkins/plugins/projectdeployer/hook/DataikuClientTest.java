package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dataiku's own client over the pipe, unpatched, in an interpreter that has it: give that one's path in the system
 * property {@code hook.dataiku.python}. Each hook here also runs with the bundled client, which must answer the same.
 */
class DataikuClientTest {
    private static final String UPDATE =
            "{\"startTimestamp\":7,\"endTimestamp\":8,\"requester\":\"alice\",\"status\":\"s\",\"logs\":{\"lines\":[\"l\"]}}";

    @TempDir
    Path directory;

    private HookEngine real;

    @BeforeEach
    void find() {
        String python = System.getProperty("hook.dataiku.python");
        assumeTrue(python != null, "hook.dataiku.python names no interpreter with dataikuapi");
        real = new HookEngine.Python3("dataiku", Path.of(python));
    }

    /** What each client made of the hook, and what it asked for. */
    private record Both(HookOutcome real, HookOutcome bundled, List<String> askedByReal, List<String> askedByBundled) {}

    private Both runBoth(HookHttp node, String... lines) throws Exception {
        List<List<String>> asked = List.of(new ArrayList<>(), new ArrayList<>());
        List<HookOutcome> outcomes = new ArrayList<>();
        try (Hooks hooks = new Hooks(directory)) {
            for (HookEngine engine : List.of(real, Hooks.python3())) {
                List<String> log = asked.get(outcomes.size());
                HookHttp recording = request -> {
                    byte[] body = read(request);
                    log.add(request.method() + " " + request.path() + " " + new String(body, StandardCharsets.UTF_8));
                    return node.send(new HookHttp.Request(
                            request.method(),
                            request.path(),
                            request.headers(),
                            new ByteArrayInputStream(body),
                            body.length,
                            request.cancellation()));
                };
                outcomes.add(hooks.run(Hooks.hook(engine, Hooks.executing(lines)).automation(recording)));
            }
        }
        return new Both(outcomes.get(0), outcomes.get(1), asked.get(0), asked.get(1));
    }

    private static byte[] read(HookHttp.Request request) throws HookHttp.Failure {
        try {
            return request.body() == null ? new byte[0] : request.body().readAllBytes();
        } catch (IOException e) {
            throw new HookHttp.Failure(HookHttp.Failure.Kind.CONNECT, "broken", e);
        }
    }

    private static HookHttp answering(Map<String, String> byPath) {
        return request -> {
            String body = byPath.get(request.path());
            return body == null
                    ? new HookClientTest.Fixed(404, "{\"errorType\":\"NotFound\",\"detailedMessage\":\"gone: \u00eb\"}")
                    : new HookClientTest.Fixed(200, body);
        };
    }

    @Test
    void both_clients_ask_the_same_and_understand_the_same() throws Exception {
        HookHttp node = answering(Map.ofEntries(
                Map.entry("/projects/", "[{\"projectKey\":\"A\"},{\"projectKey\":\"B\"}]"),
                Map.entry("/projects/K/permissions", "{\"owner\":\"alice\",\"permissions\":[]}"),
                Map.entry("/projects/K/variables/", "{\"standard\":{},\"local\":{\"x\":1}}"),
                Map.entry("/projects/K/metadata", "{\"label\":\"l\"}"),
                Map.entry("/projects/K/settings", "{\"settings\":{}}"),
                Map.entry("/projects/K/scenarios/", "[{\"projectKey\":\"K\",\"id\":\"S\",\"name\":\"S\",\"running\":false}]"),
                Map.entry("/projects/K/scenarios/S", "{\"type\":\"step_based\",\"active\":false,\"params\":{}}"),
                Map.entry("/projects/K/scenarios/S/light", "{\"running\":true}"),
                Map.entry("/projects/K/webapps/", "[{\"projectKey\":\"K\",\"id\":\"W\",\"name\":\"w\"}]"),
                Map.entry("/projects/K/webapps/W/backend/state", "{\"futureInfo\":{\"alive\":true}}"),
                Map.entry("/projects/K/bundles/imported", "{\"bundles\":[]}"),
                Map.entry("/projects/K/bundles/imported/b%201/actions/preload", "{}"),
                Map.entry("/projects/K/bundles/imported/b1/actions/activate", "{\"result\":{}}"),
                Map.entry("/admin/users/?includeSettings=False", "[{\"login\":\"bob\"}]"),
                Map.entry("/admin/users/bob", "{\"enabled\":true}"),
                Map.entry("/admin/groups/", "[{\"name\":\"g\"}]"),
                Map.entry("/admin/groups/g", "{\"name\":\"g\"}"),
                Map.entry("/admin/connections/", "{\"c\":{\"name\":\"c\",\"type\":\"PostgreSQL\"}}"),
                Map.entry("/connections/c/test", "{\"connectionOK\":true}"),
                Map.entry("/auth/info?withSecrets=False", "{\"authIdentifier\":\"k\"}"),
                Map.entry("/instance-info", "{\"nodeId\":\"n1\",\"nodeName\":\"n\",\"nodeType\":\"AUTOMATION\"}"),
                Map.entry("/futures/f1?peek=False", "{\"hasResult\":true,\"result\":7}"),
                Map.entry(
                        "/project-deployer/deployments",
                        "[{\"deploymentBasicInfo\":{\"id\":\"d1\"}}]"),
                Map.entry("/project-deployer/deployments/d1", "{\"l\":1}"),
                Map.entry("/project-deployer/deployments/d1/status", "{\"health\":\"HEALTHY\",\"healthMessages\":{}}"),
                Map.entry("/project-deployer/deployments/d1/settings", "{\"bundleId\":\"b1\"}"),
                Map.entry(
                        "/project-deployer/deployments/d1/settings?ignoreWarnings=False", "{}"),
                Map.entry(
                        "/project-deployer/deployments/d1/governance-status?bundleId=b1", "{\"g\":1}"),
                Map.entry("/project-deployer/infras", "[{\"infraBasicInfo\":{\"id\":\"i1\"}}]"),
                Map.entry("/project-deployer/infras/i1", "{\"infraBasicInfo\":{\"id\":\"i1\"},\"deployments\":[{\"id\":\"d1\"}]}"),
                Map.entry("/project-deployer/projects", "{}"),
                Map.entry("/project-deployer/projects/K",
                        "{\"packages\":[{\"id\":\"b1\"}],\"deployments\":[{\"id\":\"d1\",\"infraId\":\"i1\"}]}"),
                Map.entry("/project-deployer/projects/K/bundles/b1", "zip"),
                Map.entry("/project-deployer/deployments?ignoreWarnings=False", "{}"),
                Map.entry("/project-deployer/deployments/d1/testing-status?bundleId=b1",
                        "{\"nbTotalRanScenarios\":1,\"nbScenariosPerOutcome\":{\"SUCCESS\":1}}"),
                Map.entry("/project-deployer/deployments/d1/update", "[{\"startTimestamp\":7,\"type\":\"t\",\"status\":\"s\"}]"),
                Map.entry("/project-deployer/deployments/d1/update/7", UPDATE),
                Map.entry("/project-deployer/deployments/d1/last-update", UPDATE)));
        Both both = runBoth(
                node,
                "c = automation_client",
                "p = c.get_project('K')",
                "found = [c.list_project_keys(), p.get_permissions()['owner'], p.get_metadata(), c.get_auth_info()]",
                "p.update_variables({'y': 2}, type='local')",
                "s = p.get_settings(); s.get_raw()['z'] = 1; s.save()",
                "found += [x.to_scenario().get_status().running for x in p.list_scenarios()]",
                "t = p.get_scenario('S').get_settings(); t.active = True; t.run_as = 'bob'; t.save()",
                "found += [(w.id, w.name, w.to_webapp().get_state().running) for w in p.list_webapps()]",
                "found += [p.list_imported_bundles(), p.preload_bundle('b 1'), p.activate_bundle('b1', {'S': True})]",
                "found += [u['login'] for u in c.list_users()] + [g['name'] for g in c.list_groups()]",
                "u = c.get_user('bob').get_settings(); u.enabled = False; u.save()",
                "g = c.get_group('g'); d = g.get_definition(); d['description'] = 'x'; g.set_definition(d)",
                "found += [(n, x['type']) for n, x in c.list_connections().items()] + [c.get_connection('c').test()]",
                "found += [c.get_instance_info().node_id, c.get_future('f1').wait_for_result()]",
                "pd = c.get_projectdeployer()",
                "dep = pd.list_deployments()[0]",
                "found += [dep.id, dep.get_status().get_health(), dep.get_governance_status('b1')]",
                "ds = dep.get_settings(); found.append(ds.bundle_id); ds.bundle_id = 'b2'; ds.save()",
                "found += [i.get_status().get_raw() for i in pd.list_infras()]",
                "pk = pd.get_project('K')",
                "found += [pk.get_status().get_bundles(), [d.id for d in pk.get_status().get_deployments('i1')]]",
                "found += [d.id for d in pd.get_infra('i1').get_status().get_deployments()]",
                "found += [pd.create_deployment('d1', 'K', 'i1', 'b1', deployed_project_key='K2').id, pd.create_project('K').id]",
                "ups = dep.list_updates(); u = ups[0].get_full_update()",
                "found += [ups[0].start_time, ups[0].type, ups[0].status, u.end_time, u.requester, u.logs, dep.get_update().status]",
                "ts = dep.get_testing_status('b1'); found += [ts.nb_total_ran_scenarios, ts.nb_scenarios_per_outcome]",
                "with pk.get_bundle_stream('b1') as b: found.append(b.raw.read())",
                "pk.delete_bundle('b1'); dep.delete(); pk.delete()",
                "for bad in (lambda: c.get_project('NO').get_permissions(), lambda: p.set_variables({})):",
                "    try: bad()",
                "    except Exception as e: found.append('%s %s' % (type(e).__name__, e))",
                "return HookResult.success(repr(found))");
        assertThat(both.real.status()).as(both.real.toString()).isEqualTo(HookStatus.SUCCESS);
        assertThat(both.bundled.message()).isEqualTo(both.real.message());
        assertThat(both.bundled.message()).contains("DataikuException NotFound: gone: \u00eb", "('W', 'w', True)");
        assertThat(both.askedByBundled).containsExactlyElementsOf(both.askedByReal);
    }

    @Test
    void both_clients_upload_a_form_with_one_file_and_stream_a_download() throws Exception {
        HookHttp node = answering(Map.of(
                "/projects/K/bundles/imported/actions/importFromStream", "",
                "/projects/K/managedfolders/F/contents/a", "content"));
        Both both = runBoth(
                node,
                "import io",
                "p = automation_client.get_project('K')",
                "p.import_bundle_from_stream(io.BytesIO(b'zip' * 100000))",
                "with p.get_managed_folder('F').get_file('a') as f: return HookResult.success(f.raw.read().decode())");
        assertThat(both.real.message()).isEqualTo("content");
        assertThat(both.bundled.message()).isEqualTo("content");
        for (List<String> asked : List.of(both.askedByReal, both.askedByBundled)) {
            assertThat(asked.get(0))
                    .startsWith("POST /projects/K/bundles/imported/actions/importFromStream --")
                    .contains("Content-Disposition: form-data; name=\"file\"; filename=\"file\"", "zipzipzip");
        }
    }

    @Test
    void failures_of_the_network_become_the_exceptions_of_requests() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            List<String> told = new ArrayList<>();
            for (HookHttp.Failure.Kind kind : HookHttp.Failure.Kind.values()) {
                told.add(hooks.run(Hooks.hook(real, Hooks.executing("automation_client.list_project_keys()"))
                                .automation(request -> {
                                    throw new HookHttp.Failure(kind, "said so");
                                }))
                        .message());
            }
            assertThat(told)
                    .containsExactly(
                            "The hook raised requests.exceptions.ReadTimeout: said so (line 3)",
                            "The hook raised requests.exceptions.ConnectionError: said so (line 3)",
                            "The hook raised requests.exceptions.SSLError: said so (line 3)",
                            "The hook raised requests.exceptions.InvalidURL: said so (line 3)");
        }
    }

    @Test
    void the_real_client_reaches_no_other_host() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(Hooks.hook(
                    real,
                    Hooks.executing(
                            "import dataikuapi",
                            "found = [isinstance(automation_client, dataikuapi.DSSClient)]",
                            "for url in ('http://example.com/', 'https://automation.hook.invalid/'):",
                            "    try: automation_client._session.get(url)",
                            "    except Exception as e: found.append(type(e).__name__)",
                            "return HookResult.success(repr(found))")));
            assertThat(outcome.message()).isEqualTo("[True, 'InvalidSchema', 'InvalidSchema']");
        }
    }
}

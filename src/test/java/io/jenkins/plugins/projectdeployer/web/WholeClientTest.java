package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dataiku's Python client, unchanged, through what it offers of a project deployer. {@code hook.dataiku.python} names an
 * interpreter that has it.
 */
class WholeClientTest {

    private static final String PYTHON = System.getProperty("hook.dataiku.python");

    /** Everything as alice, who may deploy; what takes an infrastructure's administrator as bob. */
    private static final String SCRIPT =
            """
            import json, sys
            import dataikuapi

            url, directory = sys.argv[1:]
            said = {}

            def deployer(user):
                return dataikuapi.DSSClient(url, user + ':token').get_projectdeployer()

            def refused(call, *args):
                try:
                    call(*args)
                except Exception as e:
                    return str(e).split(':')[0]

            alice, bob, carol = deployer('alice'), deployer('bob'), deployer('carol')
            said['stages'] = [stage['id'] for stage in alice.list_stages()]
            said['infras'] = [infra.id for infra in alice.list_infras()]
            said['canDeploy'] = alice.list_infras(as_objects=False)[0]['canDeploy']
            said['hidden'] = carol.list_infras() + carol.list_projects() + carol.list_deployments()

            for bundle in 'v1', 'v2', 'v3':
                with open('%s/%s.zip' % (directory, bundle), 'rb') as fp:
                    alice.upload_bundle(fp)
            said['projects'] = [project.id for project in alice.list_projects()]
            churn = alice.get_project('CHURN')
            said['bundles'] = sorted(bundle['id'] for bundle in churn.get_status().get_bundles())
            churn.download_bundle_to_file('v1', directory + '/downloaded.zip')
            said['standards'] = churn.get_project_standards_report('v1')

            deployment = alice.create_deployment('CHURN-on-prod', 'CHURN', 'prod', 'v1')
            said['never'] = deployment.get_status().get_light()['neverEverDeployed']
            said['first'] = deployment.start_update().wait_for_result()['status']
            settings = deployment.get_settings()
            settings.bundle_id = 'v2'
            settings.get_raw()['localVariables']['region'] = 'eu'
            settings.save()
            said['changed'] = deployment.get_status().get_health()
            update = deployment.start_update()
            said['second'] = update.wait_for_result()['status']
            said['result'] = update.get_result()['bundleId']

            status = deployment.get_status()
            said['health'] = status.get_health()
            said['messages'] = status.get_health_messages()['messages']
            said['bundle'] = status.get_light()['deploymentBasicInfo']['bundleId']
            said['governance'] = deployment.get_governance_status()['messages']
            said['deployments'] = [each.id for each in alice.list_deployments()]
            said['on infra'] = [each.id for each in alice.get_infra('prod').get_status().get_deployments()]
            said['of project'] = [each.id for each in churn.get_status().get_deployments('prod')]
            said['infras of project'] = [each['id'] for each in churn.get_status().get_infras()]

            said['tests'] = deployment.get_testing_status('v2').nb_total_ran_scenarios
            monitored = dataikuapi.DSSClient(url, 'alice:token').get_unified_monitoring().list_monitored_project_deployments()[0]
            said['monitored'] = [monitored.deployment_id, monitored.stage, monitored.bundle_name, monitored.snapshot_timestamp > 0]

            updates = deployment.list_updates()
            said['updates'] = [each.status for each in updates]
            last = deployment.get_update()
            said['last'] = [last.requester, last.status, last.end_time >= last.start_time]
            said['log'] = last.logs
            said['same'] = updates[-1].get_full_update().start_time == deployment.get_update(updates[-1].start_time).start_time

            settings = churn.get_settings()
            settings.get_raw()['permissions'].append({'group': 'readers', 'read': True})
            settings.save()
            said['grants'] = churn.get_settings().get_raw()['permissions'][-1]
            settings = bob.get_infra('prod').get_settings()
            settings.get_raw()['permissions'].append({'group': 'readers', 'read': True})
            settings.save()
            said['not alice'] = refused(alice.get_infra('prod').get_settings)
            said['not carol'] = refused(carol.get_deployment('CHURN-on-prod').start_update)

            said['needed'] = refused(churn.delete_bundle, 'v2')
            churn.delete_bundle('v3')
            said['left'] = sorted(bundle['id'] for bundle in churn.get_status().get_bundles())
            deployment.delete()
            said['gone'] = refused(deployment.get_status)
            churn.delete()
            alice.create_project('EMPTY').delete()
            said['nothing'] = alice.list_deployments() + alice.list_projects()
            print(json.dumps(said))
            """;

    @TempDir
    private Path directory;

    private JsonNode said(ApiServer server) throws Exception {
        Path script = Files.writeString(directory.resolve("script.py"), SCRIPT);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(PYTHON, script.toString(), server.url(), directory.toString())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Json.MAPPER.readTree(out.toFile());
    }

    @Test
    void it_does_all_that_it_does_with_a_deployer() throws Exception {
        assumeTrue(PYTHON != null, "hook.dataiku.python names no interpreter with dataikuapi");
        for (String bundle : new String[] {"v1", "v2", "v3"}) {
            BundleZip.of("CHURN", bundle).writeTo(directory.resolve(bundle + ".zip"));
        }
        try (World world = new World(directory.resolve("home")).infrastructure("prod", "Production");
                ApiServer server = new ApiServer(
                        world.deployer(), key -> Optional.of(world.people().person(key.userId())), path -> Optional.empty())) {
            JsonNode said = said(server);

            assertThat(said.path("log")).extracting(JsonNode::asText).anyMatch(line -> line.contains("activate DONE"));
            ((com.fasterxml.jackson.databind.node.ObjectNode) said).remove("log");
            assertThat(said).isEqualTo(Json.MAPPER.readTree("""
                    {"stages": ["Development", "Test", "Production"], "infras": ["prod"], "canDeploy": true, "hidden": [],
                     "projects": ["CHURN"], "bundles": ["v1", "v2", "v3"], "standards": null,
                     "never": true, "first": "SUCCESS", "changed": "OUT_OF_SYNC", "second": "SUCCESS", "result": "v2",
                     "health": "HEALTHY", "messages": [], "bundle": "v2", "governance": [],
                     "deployments": ["CHURN-on-prod"], "on infra": ["CHURN-on-prod"], "of project": ["CHURN-on-prod"],
                     "infras of project": ["prod"],
                     "tests": 0, "monitored": ["CHURN-on-prod", "Production", "v2", true],
                     "updates": ["SUCCESS", "SUCCESS"], "last": ["alice", "SUCCESS", true], "same": true,
                     "grants": {"group": "readers", "read": true, "write": false, "deploy": false, "admin": false},
                     "not alice": "FORBIDDEN", "not carol": "NOT_FOUND",
                     "needed": "CONFLICT", "left": ["v1", "v2"], "gone": "NOT_FOUND", "nothing": []}
                    """));
            assertThat(directory.resolve("downloaded.zip")).hasSameBinaryContentAs(directory.resolve("v1.zip"));
            assertThat(world.configuration().infrastructure("prod").orElseThrow().grants())
                    .contains(Grant.toGroup("readers", InfrastructureRight.READ));
            assertThat(world.node("prod").state().project("CHURN").activeBundleId()).as("a project stays on its node").isEqualTo("v2");
        }
    }
}

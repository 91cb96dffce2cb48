package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookSecretsTest {
    private static final String TOKEN = "t0p-s3cret/\u00eb";
    private static final String KEY = "-----BEGIN KEY-----\nAAAAbbbbCCCC\nDDDDeeeeFFFF\n-----END KEY-----\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void secrets_arrive_and_are_masked_in_all_that_comes_back(String engine) throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(Hooks.hook(
                            Hooks.engine(engine),
                            Hooks.executing(
                                    "import base64, json, sys",
                                    "token, key = kwargs['secrets']['token'], kwargs['secrets']['key']",
                                    "print(token)",
                                    "print(key.split('\\n')[1])",
                                    "print(json.dumps(key))",
                                    "print(base64.b64encode((u'bob:' + token).encode('utf-8')).decode('ascii'))",
                                    "try: automation_client._perform_json('GET', '/x', params={'t': token})",
                                    "except Exception as e: pass",
                                    "raise ValueError(key)"))
                    .secrets(Map.of("token", TOKEN, "key", KEY)));
            String all = outcome.toString();
            assertThat(all).doesNotContain("t0p-s3cret", "AAAAbbbb", "DDDDeeee", "dDBwLXMz", "s3cret", "MHAtczNjcmV0");
            assertThat(outcome.output().lines().toList().subList(0, 2)).containsExactly("****", "****");
            assertThat(outcome.message()).startsWith("The hook raised ValueError: ****");
            assertThat(outcome.traceback()).contains("ValueError: ****");
            assertThat(outcome.calls()).extracting(HookCall::path).containsExactly("/x?t=****");
        }
    }

    @Test
    void secrets_are_in_no_environment_argument_or_file_of_the_worker() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(Hooks.hook(
                            Hooks.python3(),
                            Hooks.executing(
                                    "import os, sys",
                                    "token = kwargs['secrets']['token']",
                                    "places = [repr(os.environ), repr(sys.argv)]",
                                    "for name in ('environ', 'cmdline'):",
                                    "    try: places.append(open('/proc/self/' + name, 'rb').read().decode('latin-1'))",
                                    "    except IOError: pass",
                                    "for root, dirs, files in os.walk('..'):",
                                    "    for f in files: places.append(open(os.path.join(root, f)).read())",
                                    "return HookResult.success('%d %s' % (len(places) > 3, any(token in p for p in"
                                            + " places)))"))
                    .secrets(Map.of("token", "plain-t0ken")));
            assertThat(outcome.message()).isEqualTo("1 False");
        }
    }

    @Test
    void the_environment_is_the_short_list_and_nothing_of_the_controller() throws Exception {
        HookWorkerSettings settings =
                Hooks.settings(directory).withEnvironment(Map.of("HTTPS_PROXY", "http://proxy.example.com:3128"));
        try (Hooks hooks = new Hooks(settings, HookThrottle.Settings.DEFAULT, text -> {})) {
            HookOutcome outcome = hooks.run(
                    Hooks.python3(),
                    Hooks.executing("import os", "return HookResult.success(' '.join(sorted(os.environ)))"));
            assertThat(outcome.message().replace(" LC_CTYPE", ""))
                    .isEqualTo("HOME HTTPS_PROXY LANG PATH PROJECT_DEPLOYER_HOOK PYTHONDONTWRITEBYTECODE"
                            + " PYTHONIOENCODING TMPDIR");
        }
    }

    @Test
    void a_hook_without_kwargs_runs_when_it_takes_no_secrets() throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            HookOutcome outcome = hooks.run(
                    Hooks.python3(),
                    "def execute(requesting_user, deployment_id, deployment_report, deployer_client,"
                            + " automation_client, deploying_user, deployed_project_key):\n"
                            + "    return HookResult.success('ok')\n");
            assertThat(outcome.message()).isEqualTo("ok");
        }
    }

    @Test
    void a_run_shows_no_secret_of_its_own() {
        HookRun run = Hooks.hook(HookEngine.JYTHON, "").secrets(Map.of("token", "plain-t0ken")).toRun();
        assertThat(run.toString()).contains("[token]").doesNotContain("plain-t0ken");
    }
}

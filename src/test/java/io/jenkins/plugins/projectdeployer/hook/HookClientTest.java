package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled client over the pipe: the controller holds the key and sends, the hook sees answers. */
class HookClientTest {
    private static final String KEY = "Basic c2VjcmV0LWtleTo=";

    @TempDir
    Path directory;

    private final MockWebServer node = new MockWebServer();
    private final OkHttpClient ok = new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(20)).build();
    private Hooks hooks;
    private HookHttp automation;

    @BeforeEach
    void open() throws Exception {
        node.start();
        automation = new OkHookHttp(ok, node.url("/"), KEY);
        hooks = new Hooks(directory);
    }

    @AfterEach
    void close() {
        hooks.close();
        node.close();
        ok.dispatcher().executorService().shutdown();
    }

    private HookOutcome run(String engine, String... lines) throws Exception {
        return hooks.run(Hooks.hook(Hooks.engine(engine), Hooks.executing(lines)).automation(automation));
    }

    private void answer(Map<String, String> byRequest) {
        node.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String key = request.getMethod() + " " + request.getTarget().replace("/dip/publicapi", "");
                String body = byRequest.get(key);
                if (key.contains("/HTML/")) {
                    return new MockResponse.Builder().code(502).body("<html>bad gateway</html>").build();
                }
                return body == null
                        ? json(404, "{\"errorType\":\"NotFound\",\"message\":\"no " + key + "\"}")
                        : json(200, body);
            }
        });
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .addHeader("Set-Cookie", "session=private")
                .body(body)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void calls_errors_and_gaps_are_those_of_dataiku_s_client(String engine) throws Exception {
        answer(Map.of(
                "GET /projects/CHURN/permissions", "{\"owner\":\"alice\",\"permissions\":[]}",
                "PUT /projects/CHURN/permissions", "",
                "GET /admin/groups/r%26d%20%C3%A9%2Fx", "{\"name\":\"r&d\"}"));
        HookOutcome outcome = run(
                engine,
                "project = automation_client.get_project(deployed_project_key)",
                "permissions = project.get_permissions()",
                "permissions['permissions'].append({'group': u'op\u00e9rations', 'admin': True})",
                "project.set_permissions(permissions)",
                "found = [automation_client.get_group(u'r&d \u00e9/x').get_definition()['name']]",
                "for look in (lambda: automation_client.get_project('GONE').get_variables(),",
                "             lambda: automation_client.get_project('HTML').get_variables(),",
                "             lambda: project.get_recipe('r'), lambda: automation_client.get_default_project()):",
                "    try: look()",
                "    except Exception as e: found.append(u'%s: %s' % (type(e).__name__, e))",
                "return HookResult.success(u'\\n'.join(found))");
        assertThat(outcome.message().lines())
                .containsExactly(
                        "r&d",
                        "DataikuException: NotFound: no GET /projects/GONE/variables/",
                        "DataikuException: Unknown error: <html>bad gateway</html>",
                        "NotBundled: DSSProject.get_recipe is not in the bundled client; register a code env with"
                                + " dataikuapi",
                        "ValueError: A hook has no default project: use get_project(deployed_project_key)");
        assertThat(node.takeRequest(1, TimeUnit.SECONDS).getHeaders().get("Authorization")).isEqualTo(KEY);
        assertThat(HookJson.parse(node.takeRequest(1, TimeUnit.SECONDS).getBody().toByteArray()))
                .isEqualTo(HookJson.parse(("{\"owner\":\"alice\",\"permissions\":[{\"group\":\"op\u00e9rations\","
                                + "\"admin\":true}]}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(outcome.calls())
                .extracting(c -> c.client() + " " + c.method() + " " + c.path() + " " + c.status())
                .containsExactly(
                        "automation GET /projects/CHURN/permissions 200",
                        "automation PUT /projects/CHURN/permissions 200",
                        "automation GET /admin/groups/r%26d%20%C3%A9%2Fx 200",
                        "automation GET /projects/GONE/variables/ 404",
                        "automation GET /projects/HTML/variables/ 502");
    }

    @ParameterizedTest
    @CsvSource({"jython, 3", "python3, 40"})
    void big_bodies_travel_in_pieces_both_ways(String engine, int mebibytes) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        HookHttp echo = request -> {
            if (request.method().equals("POST")) {
                received.complete(digest(request.body()));
                return new Fixed(200, "{}");
            }
            return new Fixed(200, new Zeros(mebibytes * 1024L * 1024L + 7));
        };
        HookOutcome outcome = hooks.run(Hooks.hook(Hooks.engine(engine), Hooks.executing(
                        "import hashlib",
                        "sha = hashlib.sha256()",
                        "size = 0",
                        "folder = automation_client.get_project('P').get_managed_folder('F')",
                        "with folder.get_file('a b/c') as f, open('copy', 'wb') as copy:",
                        "    for piece in f.iter_content(100000):",
                        "        size += len(piece)",
                        "        copy.write(piece)",
                        "with open('copy', 'rb') as f: folder.put_file('x', f)",
                        "return HookResult.success(str(size))"))
                .automation(echo));
        assertThat(outcome.message()).isEqualTo(String.valueOf(mebibytes * 1024L * 1024L + 7));
        assertThat(received.get(1, TimeUnit.SECONDS)).isEqualTo(digest(form(new Zeros(mebibytes * 1024L * 1024L + 7))));
        assertThat(outcome.calls()).extracting(HookCall::path).containsExactly(
                "/projects/P/managedfolders/F/contents/a%20b/c", "/projects/P/managedfolders/F/contents/x");
    }

    private static InputStream form(InputStream file) {
        String boundary = "project-deployer-hook-5f1d0c6a7e2b4938";
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(("--" + boundary
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)),
                file,
                new ByteArrayInputStream(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII)))));
    }

    @Test
    void the_clients_can_be_told_apart_and_reach_nothing_else() throws Exception {
        HookHttp deployer = request -> new Fixed(200, "[{\"projectKey\":\"FROM_DEPLOYER\"}]");
        answer(Map.of("GET /projects/", "[{\"projectKey\":\"FROM_NODE\"}]"));
        HookOutcome outcome = hooks.run(Hooks.hook(Hooks.python3(), Hooks.executing(
                        "found = [automation_client.list_project_keys(), deployer_client.list_project_keys()]",
                        "for path in ('/../admin', '//evil/x', 'http://evil/', '/a/%2e%2e/b', '/x#y'):",
                        "    try: automation_client._pipe.send('GET', path)",
                        "    except Exception as e: found.append(e.kind)",
                        "try: automation_client._pipe.send('TRACE', '/')",
                        "except Exception as e: found.append(e.kind)",
                        "return HookResult.success(repr(found))"))
                .automation(automation)
                .deployer(deployer));
        assertThat(outcome.message())
                .isEqualTo("[['FROM_NODE'], ['FROM_DEPLOYER'], 'refused', 'refused', 'refused', 'refused', 'refused',"
                        + " 'refused']");
        assertThat(node.getRequestCount()).isEqualTo(1);
    }

    @Test
    void only_harmless_headers_pass_in_both_directions() throws Exception {
        answer(Map.of("GET /projects/", "[]"));
        HookOutcome outcome = run(
                "python3",
                "r = automation_client._perform_raw('GET', '/projects/', headers={'X-DKU-ProxyUser': 'admin',"
                        + " 'Authorization': 'x', 'Host': 'evil', 'Accept': 'a/b'})",
                "return HookResult.success(','.join(sorted(r.headers)))");
        assertThat(outcome.message()).isEqualTo("content-length,content-type");
        RecordedRequest request = node.takeRequest(1, TimeUnit.SECONDS);
        assertThat(request.getHeaders().get("X-DKU-ProxyUser")).isNull();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo(KEY);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("a/b");
        assertThat(request.getHeaders().get("Host")).doesNotContain("evil");
    }

    @Test
    void the_key_is_nowhere_in_the_worker() throws Exception {
        answer(Map.of("GET /projects/", "[]"));
        HookOutcome outcome = run(
                "python3",
                "automation_client.list_project_keys()",
                "import gc, os, sys",
                "seen = repr([o for o in gc.get_objects() if isinstance(o, (dict, list, tuple))]) + repr(os.environ)",
                "found = ''.join(reversed('WL0VmcjV2c')) in seen",
                "return HookResult.success('%s %s' % (found, 'deployed_project_key' in seen))");
        assertThat(outcome.message()).isEqualTo("False True");
    }

    @Test
    void a_call_under_way_is_cancelled_when_the_hook_is_killed() throws Exception {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        HookHttp hanging = request -> {
            request.cancellation().onCancel(() -> cancelled.complete(null));
            cancelled.join();
            throw new HookHttp.Failure(HookHttp.Failure.Kind.CONNECT, "cancelled");
        };
        HookOutcome outcome = hooks.run(Hooks.hook(
                        Hooks.python3(), Hooks.executing("automation_client.list_project_keys()"))
                .automation(hanging)
                .limit(Duration.ofSeconds(3)));
        assertThat(outcome.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(cancelled).isDone();
        assertThat(outcome.calls()).as("it may have been carried out").extracting(HookCall::path).containsExactly("/projects/");
    }

    @Test
    void an_upload_that_the_node_refuses_early_ends_early() throws Exception {
        HookHttp full = request -> {
            try {
                request.body().readNBytes(1000);
            } catch (IOException e) {
                throw new HookHttp.Failure(HookHttp.Failure.Kind.CONNECT, "broken", e);
            }
            return new Fixed(413, "too large");
        };
        HookOutcome outcome = hooks.run(Hooks.hook(Hooks.python3(), Hooks.executing(
                        "class Endless(object):",
                        "    def read(self, n): return b'x' * n",
                        "automation_client.get_project('P').import_bundle_from_stream(Endless())"))
                .automation(full));
        assertThat(outcome.message()).isEqualTo(
                "The hook raised dataikuapi.utils.DataikuException: Unknown error: too large (line 5)");
        assertThat(outcome.calls()).extracting(HookCall::status).containsExactly(413);
    }

    @Test
    void threads_of_a_hook_may_share_a_client() throws Exception {
        HookHttp slow = request -> new Fixed(200, "[{\"projectKey\":\"" + request.path().length() + "\"}]");
        HookOutcome outcome = hooks.run(Hooks.hook(Hooks.python3(), Hooks.executing(
                        "import threading",
                        "found = []",
                        "def look(n):",
                        "    for i in range(20):",
                        "        found.append(automation_client._perform_json('GET', '/' + 'x' * n)[0]['projectKey']"
                                + " == str(n + 1))",
                        "threads = [threading.Thread(target=look, args=(n,)) for n in range(1, 9)]",
                        "[t.start() for t in threads]",
                        "[t.join() for t in threads]",
                        "return HookResult.success('%d %s' % (len(found), all(found)))"))
                .automation(slow));
        assertThat(outcome.message()).isEqualTo("160 True");
    }

    @Test
    void a_node_that_cannot_be_reached_raises_in_the_hook() throws Exception {
        node.close();
        HookOutcome outcome = run("python3", "automation_client.list_project_keys()");
        assertThat(outcome.message()).contains("connect: The node cannot be reached");
        assertThat(outcome.calls()).extracting(HookCall::status).containsExactly(0);
    }

    private static String digest(InputStream in) throws HookHttp.Failure {
        try (in) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new HookHttp.Failure(HookHttp.Failure.Kind.CONNECT, "broken", e);
        }
    }

    /** An answer made up here. */
    record Fixed(int status, InputStream body) implements HookHttp.Response {
        Fixed(int status, String body) {
            this(status, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Content-Type", "application/json");
        }

        @Override
        public void close() {}
    }

    /** So many zero bytes. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(count, left);
            Arrays.fill(into, from, from + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}

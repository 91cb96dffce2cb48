package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.python.util.PythonInterpreter;

/** The worker program as a module under Jython in this JVM: for what does not depend on a process. */
final class JythonWorker {
    private static PythonInterpreter interpreter;

    private JythonWorker() {}

    /** What {@code run_hook} answers for this text, clients and secrets left out. */
    static synchronized JsonNode runHook(String source) throws IOException {
        ObjectNode job = HookJson.object().put("name", "notify").put("source", source);
        job.putObject("args")
                .put("requesting_user", "alice")
                .put("deployment_id", "d")
                .put("deploying_user", "bob")
                .put("deployed_project_key", "K")
                .putNull("deployment_report");
        job.putObject("secrets");
        return call("run_hook(json.loads(job), {'automation_client': None, 'deployer_client': None})", job);
    }

    /** What {@code check_hook} answers for this text. */
    static synchronized JsonNode checkHook(String source) throws IOException {
        return call("check_hook(json.loads(job))", HookJson.object().put("name", "notify").put("source", source));
    }

    private static JsonNode call(String expression, ObjectNode job) throws IOException {
        PythonInterpreter python = interpreter();
        python.set("job", new String(HookJson.line(job), StandardCharsets.US_ASCII));
        return HookJson.parse(python.eval("json.dumps(worker." + expression + ")")
                .toString()
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static PythonInterpreter interpreter() throws IOException {
        if (interpreter == null) {
            Properties properties = new Properties();
            properties.put("python.import.site", "false");
            properties.put("python.cachedir.skip", "true");
            PythonInterpreter.initialize(System.getProperties(), properties, new String[0]);
            Path program = WorkerProgram.install(Files.createTempDirectory("hook-worker"));
            PythonInterpreter made = new PythonInterpreter();
            made.set("place", program.getParent().toString());
            made.exec("import sys, json\nsys.path.insert(0, place)\nimport worker");
            Private.delete(program.getParent());
            interpreter = made;
        }
        return interpreter;
    }
}

package io.jenkins.plugins.projectdeployer.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Dataiku's own sample scripts, unchanged: {@code sample.scripts} names a directory with {@code import_bundle.py} and
 * {@code deploy_bundle.py} of github.com/dataiku/dss-code-samples, kb/cicd/cicd_jenkins_project_deployer, and
 * {@code hook.dataiku.python} an interpreter that has Dataiku's client.
 *
 * @param url of the deployer
 * @param key of whoever deploys
 */
public record SampleScripts(String url, String key) {

    public static final String ABSENT = "hook.dataiku.python and sample.scripts name an interpreter and the scripts";

    private static final String PYTHON = System.getProperty("hook.dataiku.python");
    private static final String SCRIPTS = System.getProperty("sample.scripts");

    /** @param said by the script */
    public record Ended(int code, String said) {}

    public static boolean areThere() {
        return PYTHON != null && SCRIPTS != null;
    }

    /** Takes a bundle of project CHURN to an infrastructure. */
    public Ended run(String script, String bundle, String infrastructure, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON, Path.of(SCRIPTS, script).toString(), url, key, "CHURN", bundle, infrastructure));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}

package io.jenkins.plugins.projectdeployer.hook;

/** The three results of {@code HookResult}, and of a deployment report. */
public enum HookStatus {
    SUCCESS,
    WARNING,
    ERROR
}

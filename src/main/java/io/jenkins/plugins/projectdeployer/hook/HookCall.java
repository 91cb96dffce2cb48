package io.jenkins.plugins.projectdeployer.hook;

/**
 * One call that a hook made through one of its clients.
 *
 * @param client {@code automation} or {@code deployer}
 * @param path path and query under the API root, secrets masked
 * @param status HTTP status; 0 when no answer came
 * @param millis until the answer's headers were there
 */
public record HookCall(String client, String method, String path, int status, long millis) {}
